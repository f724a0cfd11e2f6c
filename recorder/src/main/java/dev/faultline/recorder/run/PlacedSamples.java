package dev.faultline.recorder.run;

/** How often a counter counted, and how many of these accesses told which object they were of. */
final class PlacedSamples {

    /** What happens less often is no hazard. */
    private static final long FEWEST = 64;

    private volatile long count;
    private volatile int samples;

    /** Adds an access that told its object; {@code countNow} is how many accesses there were up to it. */
    void add(long countNow) {
        samples++;
        count = countNow;
    }

    boolean isSteady() {
        return count >= FEWEST;
    }

    /** {@return for how many accesses some of the samples stand} */
    long times(long sampleCount) {
        return Math.round((double) count * sampleCount / Math.max(1, samples));
    }
}

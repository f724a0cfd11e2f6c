package dev.faultline.measure;

import java.util.List;

/**
 * The times of one role, fork by fork.
 *
 * @param role the role: all threads alike, or one of two groups, or an operation
 * @param nanosPerOp for each fork, for each iteration, ns per operation of one thread; all above 0
 * @param resolutionNanos to how many ns they are known; 0 when no clock limits them
 */
public record Score(String role, List<List<Double>> nanosPerOp, double resolutionNanos) {

    /** A time below this many times its resolution is too short to be told. */
    private static final int LEAST_RESOLUTIONS = 3;

    /** Times that no clock limits. */
    public Score(String role, List<List<Double>> nanosPerOp) {
        this(role, nanosPerOp, 0);
    }

    public Score {
        MeasureChecks.name("role", role);
        nanosPerOp = MeasureChecks.forks(nanosPerOp);
        if (!(resolutionNanos >= 0 && resolutionNanos <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("resolution of " + resolutionNanos + " ns");
        }
    }

    /** {@return the median of each fork's iterations, which share the fork's memory and compiled code} */
    public double[] forkNanosPerOp() {
        return nanosPerOp.stream()
                .mapToDouble(fork -> RankInterval.median(
                        fork.stream().mapToDouble(one -> one).toArray()))
                .toArray();
    }

    /** {@return the median of the forks} */
    public RankInterval interval() {
        return RankInterval.ofMedian(forkNanosPerOp());
    }

    /** {@return the shortest time that can be told, in ns; 0 when all can} */
    public double shortestNanos() {
        return LEAST_RESOLUTIONS * resolutionNanos;
    }

    /** {@return whether an operation is too short to be timed: then its time is only known to be short} */
    public boolean isTooShort() {
        return interval().estimate() < shortestNanos();
    }
}

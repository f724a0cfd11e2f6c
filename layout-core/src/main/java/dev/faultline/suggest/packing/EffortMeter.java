package dev.faultline.suggest.packing;

/** Counts down a search effort. */
final class EffortMeter {

    private long left;

    EffortMeter(long nodes) {
        left = nodes;
    }

    /** {@return whether this many nodes were left; they are spent} */
    boolean spend(long nodes) {
        left -= nodes;
        return left >= 0;
    }

    boolean isSpent() {
        return left < 0;
    }

    long left() {
        return Math.max(0, left);
    }

    /** {@return a meter for a share of what is left; {@link #join} returns the rest of it} */
    EffortMeter part(double share) {
        long part = (long) (share * left());
        left -= part;
        return new EffortMeter(part);
    }

    void join(EffortMeter part) {
        left += part.left();
    }
}

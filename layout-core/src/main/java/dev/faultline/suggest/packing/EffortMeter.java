package dev.faultline.suggest.packing;

/** What is left of an effort. */
final class EffortMeter {

    private long left;

    EffortMeter(long nodes) {
        left = nodes;
    }

    /** {@return whether so many nodes were left; they are taken} */
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

    /** {@return a meter for a part of what is left; {@link #join} takes back what it leaves} */
    EffortMeter part(double share) {
        long part = (long) (share * left());
        left -= part;
        return new EffortMeter(part);
    }

    void join(EffortMeter part) {
        left += part.left();
    }
}

package dev.faultline.reorder;

/** What is left of an effort. */
final class Meter {

    private long left;

    Meter(long nodes) {
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
    Meter part(double share) {
        long part = (long) (share * left());
        left -= part;
        return new Meter(part);
    }

    void join(Meter part) {
        left += part.left();
    }
}

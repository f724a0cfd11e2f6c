package dev.faultline.suggest.packing;

import java.util.Arrays;

/**
 * A way to fill a bin.
 *
 * @param shape number of the bin's shape
 * @param counts how many items of each sort are added; not changed by anybody
 * @param nanos what the line costs then
 */
record LinePattern(int shape, int[] counts, double nanos) {

    @Override
    public boolean equals(Object object) {
        return object instanceof LinePattern other && shape == other.shape && Arrays.equals(counts, other.counts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(counts) + shape;
    }
}

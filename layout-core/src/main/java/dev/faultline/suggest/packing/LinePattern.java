package dev.faultline.suggest.packing;

import java.util.Arrays;

/**
 * The items added to a bin, by class. The array must not be changed.
 *
 * @param shape number of the shape of the bin
 * @param counts number of items of each class
 * @param nanos cost of the line, in ns per second
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

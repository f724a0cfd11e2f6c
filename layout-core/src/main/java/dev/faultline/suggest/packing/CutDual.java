package dev.faultline.suggest.packing;

import java.util.BitSet;

/**
 * The dual value of a cut: a set of items needs at least a known number of lines, and each line with one of them
 * counts this value.
 *
 * @param items indices of loose items
 * @param nanos value of each line with at least one of them, in ns per second; not negative
 */
public record CutDual(BitSet items, double nanos) {
    public CutDual {
        items = (BitSet) items.clone();
    }

    @Override
    public BitSet items() {
        return (BitSet) items.clone();
    }
}

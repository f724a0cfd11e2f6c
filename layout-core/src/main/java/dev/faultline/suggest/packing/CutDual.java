package dev.faultline.suggest.packing;

import java.util.BitSet;

/**
 * A price of lines: it is known how many lines some items need at least, and each line that has one of them is paid this much.
 *
 * @param items indices of loose items
 * @param nanos what each line with at least one of them is paid, not negative
 */
public record CutDual(BitSet items, double nanos) {
    /** Copies the set. */
    public CutDual {
        items = (BitSet) items.clone();
    }

    @Override
    public BitSet items() {
        return (BitSet) items.clone();
    }
}

package dev.faultline.suggest.packing;

import java.util.BitSet;

/**
 * The cost of a line as a function of the items on it. It is 0 without items, never falls when an item is added, and
 * depends on nothing else.
 */
@FunctionalInterface
public interface LineCost {

    /**
     * Computes the cost of a line.
     *
     * @param items indices of the items on it; neither changed nor kept
     * @return the cost to all roles that touch them, in ns per second; finite, not negative
     */
    double nanosPerSecond(BitSet items);

    /**
     * Identifies items that cost the same. If two items have equal signatures, a line with both costs as much as with
     * either of them.
     *
     * @param item index of an item
     * @return its signature; by default every item has its own
     */
    default Object signature(int item) {
        return item;
    }
}

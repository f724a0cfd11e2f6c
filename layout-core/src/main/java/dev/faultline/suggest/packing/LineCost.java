package dev.faultline.suggest.packing;

import java.util.BitSet;

/**
 * What a line costs as a function of the items on it: 0 with none, and never less with one more. Pure: the same items cost the
 * same.
 */
@FunctionalInterface
public interface LineCost {

    /**
     * The cost of a line.
     *
     * @param items indices of the items on it; not changed and not kept
     * @return what everybody who touches them pays, in ns a second; finite, not negative
     */
    double nanosPerSecond(BitSet items);

    /**
     * What the cost of an item depends on. Where two items have equal signatures, a line with both costs what it costs with
     * either of them alone.
     *
     * @param item index of an item
     * @return its signature; unless a cost knows better, every item is a signature of its own
     */
    default Object signature(int item) {
        return item;
    }
}

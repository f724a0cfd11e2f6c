package dev.faultline.suggest.packing;

import dev.faultline.layout.ByteRange;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A packing problem: assign items to lines so that the sum of the line costs is least. Each item that is not fixed
 * goes to exactly one bin.
 *
 * @param lineBytes size of a line, a power of two
 * @param items the items to be placed, and the fixed ones
 * @param bins the lines; equal bins are interchangeable
 * @param cost cost of a line
 */
public record Packing(int lineBytes, List<Item> items, List<Bin> bins, LineCost cost) {

    public Packing {
        items = List.copyOf(items);
        bins = List.copyOf(bins);
        Objects.requireNonNull(cost);
        if (lineBytes < 1 || Integer.bitCount(lineBytes) != 1) {
            throw new IllegalArgumentException("lineBytes=" + lineBytes + " is not a power of two");
        }
        BitSet fixed = new BitSet();
        for (Bin bin : bins) {
            fixed.or(bin.fixed());
            if (!bin.free().isEmpty() && bin.free().get(bin.free().size() - 1).end() > lineBytes) {
                throw new IllegalArgumentException(
                        "free bytes " + bin.free() + " on a line of " + lineBytes + " bytes");
            }
        }
        if (fixed.length() > items.size()) {
            throw new IllegalArgumentException(
                    "item " + (fixed.length() - 1) + " is fixed, but there are only " + items.size() + " items");
        }
        for (int i = fixed.nextClearBit(0); i < items.size(); i = fixed.nextClearBit(i + 1)) {
            Item item = items.get(i);
            if (item.byteSize() > lineBytes || item.byteAlignment() > lineBytes) {
                throw new IllegalArgumentException(item + " does not fit on a line of " + lineBytes + " bytes");
            }
        }
    }

    /** {@return the items that are not fixed and have to be placed} */
    public BitSet loose() {
        BitSet loose = new BitSet();
        loose.set(0, items.size());
        bins.forEach(bin -> loose.andNot(bin.fixed()));
        return loose;
    }

    /**
     * Places items in the free bytes of a line.
     *
     * @param bin index of the bin
     * @param added indices of the items
     * @return the bytes of each item, from the start of the line; empty when they do not fit
     */
    public Optional<Map<Integer, ByteRange>> places(int bin, BitSet added) {
        return Shelf.places(bins.get(bin).free(), items, added);
    }
}

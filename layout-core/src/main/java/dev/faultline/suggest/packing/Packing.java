package dev.faultline.suggest.packing;

import dev.faultline.layout.ByteRange;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A question: which items should share which lines, so that the lines cost least in sum? Each item that is not fixed goes to
 * exactly one bin.
 *
 * @param lineBytes size of a line, a power of two
 * @param items what is to be put on lines, and what is there for good
 * @param bins the lines; those with equal contents and room are interchangeable
 * @param cost what a line costs
 */
public record Packing(int lineBytes, List<Item> items, List<Bin> bins, LineCost cost) {

    /**
     * Copies the lists; refuses a fixed item that does not exist, room beyond the line and an item to be placed that no line
     * could hold: {@code IllegalArgumentException} naming it.
     */
    public Packing {
        items = List.copyOf(items);
        bins = List.copyOf(bins);
        Objects.requireNonNull(cost);
        if (lineBytes < 1 || Integer.bitCount(lineBytes) != 1) {
            throw new IllegalArgumentException("lineBytes=" + lineBytes + " is no power of two");
        }
        BitSet fixed = new BitSet();
        for (Bin bin : bins) {
            fixed.or(bin.fixed());
            if (!bin.free().isEmpty() && bin.free().get(bin.free().size() - 1).end() > lineBytes) {
                throw new IllegalArgumentException("free bytes " + bin.free() + " of a line of " + lineBytes);
            }
        }
        if (fixed.length() > items.size()) {
            throw new IllegalArgumentException(
                    "item " + (fixed.length() - 1) + " is fixed, but there are " + items.size());
        }
        for (int i = fixed.nextClearBit(0); i < items.size(); i = fixed.nextClearBit(i + 1)) {
            Item item = items.get(i);
            if (item.byteSize() > lineBytes || item.byteAlignment() > lineBytes) {
                throw new IllegalArgumentException(item + " on a line of " + lineBytes + " bytes");
            }
        }
    }

    /** {@return the items that are fixed on no line, and so have to be placed} */
    public BitSet loose() {
        BitSet loose = new BitSet();
        loose.set(0, items.size());
        bins.forEach(bin -> loose.andNot(bin.fixed()));
        return loose;
    }

    /**
     * Where items can stand on a line.
     *
     * @param bin index of the bin
     * @param added indices of the items to be placed in its free bytes
     * @return the bytes of each, counted from the start of the line; empty when they do not fit
     */
    public Optional<Map<Integer, ByteRange>> places(int bin, BitSet added) {
        return Shelf.places(bins.get(bin).free(), items, added);
    }
}

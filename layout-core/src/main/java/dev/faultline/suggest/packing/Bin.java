package dev.faultline.suggest.packing;

import dev.faultline.layout.ByteRange;
import java.util.BitSet;
import java.util.List;

/**
 * A line with room on it.
 *
 * @param fixed indices of the items that are there for good; an item that reaches over several lines is fixed on each
 * @param free bytes other items may take, counted from the start of the line, in order and not touching each other
 */
public record Bin(BitSet fixed, List<ByteRange> free) {
    /** Copies both; refuses ranges that are out of order, overlap or touch: {@code IllegalArgumentException}. */
    public Bin {
        fixed = (BitSet) fixed.clone();
        free = List.copyOf(free);
        for (int i = 1; i < free.size(); i++) {
            if (free.get(i).start() <= free.get(i - 1).end()) {
                throw new IllegalArgumentException(
                        "free bytes out of order or touching: " + free.get(i - 1) + ", " + free.get(i));
            }
        }
    }

    /** {@return a line on which nothing is yet} */
    public static Bin empty(int lineBytes) {
        return new Bin(new BitSet(), List.of(new ByteRange(0, lineBytes)));
    }

    @Override
    public BitSet fixed() {
        return (BitSet) fixed.clone();
    }

    /** {@return how many bytes are free} */
    public long freeBytes() {
        return free.stream().mapToLong(ByteRange::byteSize).sum();
    }
}

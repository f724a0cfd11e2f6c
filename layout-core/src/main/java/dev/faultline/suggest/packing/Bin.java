package dev.faultline.suggest.packing;

import dev.faultline.layout.ByteRange;
import java.util.BitSet;
import java.util.List;

/**
 * A line with free bytes.
 *
 * @param fixed indices of the items that are on it and stay; an item that straddles several lines is fixed on each
 * @param free byte ranges that other items may take, from the start of the line, in order, neither overlapping nor
 *     touching
 */
public record Bin(BitSet fixed, List<ByteRange> free) {
    public Bin {
        fixed = (BitSet) fixed.clone();
        free = List.copyOf(free);
        for (int i = 1; i < free.size(); i++) {
            if (free.get(i).start() <= free.get(i - 1).end()) {
                throw new IllegalArgumentException("free byte ranges out of order, overlapping or touching: "
                        + free.get(i - 1) + ", " + free.get(i));
            }
        }
    }

    public static Bin empty(int lineBytes) {
        return new Bin(new BitSet(), List.of(new ByteRange(0, lineBytes)));
    }

    @Override
    public BitSet fixed() {
        return (BitSet) fixed.clone();
    }

    public long freeBytes() {
        return free.stream().mapToLong(ByteRange::byteSize).sum();
    }
}

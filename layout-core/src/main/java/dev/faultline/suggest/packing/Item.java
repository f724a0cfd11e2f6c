package dev.faultline.suggest.packing;

import java.util.Objects;

/**
 * Something hot that is put on a line as a whole.
 *
 * @param name what messages call it
 * @param byteSize its size, at least 1
 * @param byteAlignment what its offset on the line is a multiple of, a power of two
 */
public record Item(String name, long byteSize, long byteAlignment) {
    /** Refuses a size below 1 and an alignment that is no power of two: {@code IllegalArgumentException}. */
    public Item {
        Objects.requireNonNull(name);
        if (byteSize < 1) {
            throw new IllegalArgumentException(name + ": byteSize=" + byteSize);
        }
        if (byteAlignment < 1 || Long.bitCount(byteAlignment) != 1) {
            throw new IllegalArgumentException(name + ": byteAlignment=" + byteAlignment + " is no power of two");
        }
    }
}

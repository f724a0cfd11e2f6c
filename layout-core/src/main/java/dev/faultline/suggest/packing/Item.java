package dev.faultline.suggest.packing;

import java.util.Objects;

/**
 * A unit that is put on one line as a whole.
 *
 * @param name its name in messages
 * @param byteSize its size in bytes, at least 1
 * @param byteAlignment its alignment on the line, a power of two
 */
public record Item(String name, long byteSize, long byteAlignment) {
    public Item {
        Objects.requireNonNull(name);
        if (byteSize < 1) {
            throw new IllegalArgumentException(name + ": byteSize=" + byteSize);
        }
        if (byteAlignment < 1 || Long.bitCount(byteAlignment) != 1) {
            throw new IllegalArgumentException(name + ": byteAlignment=" + byteAlignment + " is not a power of two");
        }
    }
}

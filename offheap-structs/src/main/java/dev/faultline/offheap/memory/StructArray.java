package dev.faultline.offheap.memory;

import dev.faultline.layout.StructLayout;
import java.util.Objects;

/**
 * Structs one after the other in a block: elements of an array, or one for each stripe. Bounds and alignment are checked
 * when it is bound.
 */
public final class StructArray {

    private final Block block;
    private final StructLayout layout;
    private final long byteOffset;
    private final int count;
    private final long strideBytes;

    private StructArray(Block block, StructLayout layout, long byteOffset, int count, long strideBytes) {
        this.block = block;
        this.layout = layout;
        this.byteOffset = byteOffset;
        this.count = count;
        this.strideBytes = strideBytes;
    }

    /**
     * Binds as many structs as asked for.
     *
     * @param layout of each
     * @param block where they live
     * @param byteOffset where the first one starts
     * @param count how many, at least 1
     * @param strideBytes bytes from the start of one to the next: a power of two, at least the struct's size
     * @return the structs
     * @throws IndexOutOfBoundsException when the last one does not fit
     * @throws IllegalArgumentException when the stride is no such number, or does not keep the struct's alignment
     */
    public static StructArray bind(StructLayout layout, Block block, long byteOffset, int count, long strideBytes) {
        boolean strided = Long.bitCount(strideBytes) == 1
                && strideBytes >= Math.max(layout.byteSize(), layout.byteAlignment())
                && strideBytes <= 1L << 32;
        if (!strided) {
            throw new IllegalArgumentException("strideBytes=" + strideBytes + ", expected a power of two that holds "
                    + layout.spelling() + ", " + layout.byteSize() + " bytes");
        }
        if (count < 1) {
            throw new IllegalArgumentException("count=" + count + ", expected at least 1");
        }
        StructView.bind(layout, block, byteOffset);
        StructView.bind(layout, block, byteOffset + (count - 1) * strideBytes);
        return new StructArray(block, layout, byteOffset, count, strideBytes);
    }

    /** {@return how many structs there are} */
    public int count() {
        return count;
    }

    /** {@return one of them; throws {@code IndexOutOfBoundsException} when it is not there} */
    public StructView at(int index) {
        return StructView.bind(layout, block, byteOffset + Objects.checkIndex(index, count) * strideBytes);
    }

    /**
     * A word of every struct.
     *
     * @param path the field's path
     * @return the words, by the struct's index
     * @throws IllegalArgumentException when there is no such field, or it is not four whole, aligned bytes
     */
    public IntWords int32s(String path) {
        return block.int32s(byteOffset + at(0).wordOffset(path, 4), count, strideBytes);
    }

    /** A word of every struct; as {@link #int32s}, with 8 for 4. */
    public LongWords int64s(String path) {
        return block.int64s(byteOffset + at(0).wordOffset(path, 8), count, strideBytes);
    }
}

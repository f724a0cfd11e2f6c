package dev.faultline.offheap.memory;

import dev.faultline.layout.StructLayout;
import java.util.Objects;

/**
 * Structs at equal distances in a block: the elements of an array, or one struct for each stripe. Bounds and alignment
 * are checked in {@link #bind}.
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
     * Binds a layout to several places in a block.
     *
     * @param layout the layout of each struct
     * @param block the block
     * @param byteOffset offset of the first struct in the block, in bytes
     * @param count number of structs, at least 1
     * @param strideBytes bytes from one struct to the next: a power of two up to 2^32, at least the struct's size and
     *     alignment
     * @return the structs
     * @throws IndexOutOfBoundsException when they are not all within the block
     * @throws IllegalArgumentException when a number is out of range, or the structs are not aligned
     */
    public static StructArray bind(StructLayout layout, Block block, long byteOffset, int count, long strideBytes) {
        boolean strided = Long.bitCount(strideBytes) == 1
                && strideBytes >= Math.max(layout.byteSize(), layout.byteAlignment())
                && strideBytes <= 1L << 32;
        if (!strided) {
            throw new IllegalArgumentException("strideBytes=" + strideBytes + ", expected a power of two, at least the "
                    + layout.byteSize() + " bytes of " + layout.spelling());
        }
        if (count < 1) {
            throw new IllegalArgumentException("count=" + count + ", expected at least 1");
        }
        StructView.bind(layout, block, byteOffset);
        StructView.bind(layout, block, byteOffset + (count - 1) * strideBytes);
        return new StructArray(block, layout, byteOffset, count, strideBytes);
    }

    /** {@return the number of structs} */
    public int count() {
        return count;
    }

    /**
     * The struct at an index.
     *
     * @param index from 0 to {@link #count} - 1
     * @return a view of it
     * @throws IndexOutOfBoundsException when there is no such index
     */
    public StructView at(int index) {
        return StructView.bind(layout, block, byteOffset + Objects.checkIndex(index, count) * strideBytes);
    }

    /**
     * A 32-bit word of every struct.
     *
     * @param path the field's path, as {@link StructLayout#resolve} takes it
     * @return the words, by the struct's index
     * @throws IllegalArgumentException when there is no such field, or it is not a whole, aligned unit of 4 bytes
     */
    public IntWords int32s(String path) {
        return block.int32s(byteOffset + at(0).wordOffset(path, 4), count, strideBytes);
    }

    /**
     * A 64-bit word of every struct.
     *
     * @param path the field's path, as {@link StructLayout#resolve} takes it
     * @return the words, by the struct's index
     * @throws IllegalArgumentException when there is no such field, or it is not a whole, aligned unit of 8 bytes
     */
    public LongWords int64s(String path) {
        return block.int64s(byteOffset + at(0).wordOffset(path, 8), count, strideBytes);
    }
}

package dev.faultline.offheap.memory;

import java.util.Objects;
import net.openhft.chronicle.core.Jvm;

/** The bytes of a field. Neither method is atomic, nor ordered with other accesses. */
public final class BytesField {

    private final Block block;
    private final long byteOffset;
    private final int byteSize;

    BytesField(Block block, long byteOffset, int byteSize) {
        Objects.checkFromIndexSize(byteOffset, byteSize, block.byteSize());
        this.block = block;
        this.byteOffset = byteOffset;
        this.byteSize = byteSize;
    }

    /** {@return a copy of the bytes} */
    public byte[] get() {
        byte[] bytes = new byte[byteSize];
        Block.MEMORY.copyMemory(block.address() + byteOffset, bytes, Jvm.arrayByteBaseOffset(), byteSize);
        return bytes;
    }

    /**
     * Overwrites the bytes.
     *
     * @param bytes the new bytes, exactly as many as the field has
     * @throws IllegalArgumentException when there are more or fewer
     */
    public void set(byte[] bytes) {
        if (bytes.length != byteSize) {
            throw new IllegalArgumentException("expected " + byteSize + " bytes, got " + bytes.length);
        }
        Block.MEMORY.copyMemory(bytes, 0, block.address() + byteOffset, byteSize);
    }
}

package dev.faultline.offheap.memory;

import dev.faultline.layout.BitField;
import java.util.Objects;
import java.util.Optional;
import net.openhft.chronicle.core.Memory;

/**
 * A number in off-heap memory: 1, 2, 4 or 8 bytes, or some bits of such a unit. Values below 8 bytes are unsigned.
 *
 * <p>{@code get} and {@code set} are plain, {@code getVolatile} and {@code setVolatile} are volatile, {@code
 * setOrdered} has release order, and {@code getAndAdd} is one atomic addition ({@code lock xadd} on x86). All but the
 * plain ones need 4 or 8 whole bytes at their natural alignment, so that no access crosses a cache line; otherwise they
 * throw {@link UnsupportedOperationException}. All throw {@link IllegalStateException} when the block is closed.
 */
public final class NumberField {

    private static final Memory MEMORY = Block.MEMORY;

    private final Block block;
    private final String path;
    private final long byteOffset;
    private final int byteSize;
    private final int bitOffset;
    private final long mask;
    private final boolean bits;
    private final boolean atomic;

    NumberField(Block block, String path, long byteOffset, int byteSize, Optional<BitField> bits) {
        Objects.checkFromIndexSize(byteOffset, byteSize, block.byteSize());
        this.block = block;
        this.path = path;
        this.byteOffset = byteOffset;
        this.byteSize = byteSize;
        this.bits = bits.isPresent();
        this.bitOffset = bits.map(BitField::bitOffset).orElse(0);
        int width = bits.map(BitField::bitSize).orElse(8 * byteSize);
        this.mask = width == 64 ? -1L : (1L << width) - 1;
        this.atomic = !this.bits && byteSize >= 4 && (block.address() + byteOffset) % byteSize == 0;
    }

    /** {@return the largest value that fits, as an unsigned number} */
    public long mask() {
        return mask;
    }

    /** {@return the value, read plainly} */
    public long get() {
        return unit() >>> bitOffset & mask;
    }

    /**
     * Writes plainly. For a bit-field the other bits of the unit are read and written back, without any atomicity.
     *
     * @param value the new value; bits that do not fit are dropped
     */
    public void set(long value) {
        if (!bits) {
            write(value);
            return;
        }
        long others = unit() & ~(mask << bitOffset);
        write(others | (value & mask) << bitOffset);
    }

    private long unit() {
        long at = block.address() + byteOffset;
        return switch (byteSize) {
            case 1 -> MEMORY.readByte(at) & 0xffL;
            case 2 -> MEMORY.readShort(at) & 0xffffL;
            case 4 -> MEMORY.readInt(at) & 0xffffffffL;
            default -> MEMORY.readLong(at);
        };
    }

    private void write(long value) {
        long at = block.address() + byteOffset;
        switch (byteSize) {
            case 1 -> MEMORY.writeByte(at, (byte) value);
            case 2 -> MEMORY.writeShort(at, (short) value);
            case 4 -> MEMORY.writeInt(at, (int) value);
            default -> MEMORY.writeLong(at, value);
        }
    }

    /** {@return the value, read as volatile} */
    public long getVolatile() {
        long at = atomicAddress("a volatile read");
        return byteSize == 4 ? MEMORY.readVolatileInt(at) & 0xffffffffL : MEMORY.readVolatileLong(at);
    }

    /**
     * Writes as volatile.
     *
     * @param value the new value
     */
    public void setVolatile(long value) {
        long at = atomicAddress("a volatile write");
        if (byteSize == 4) {
            MEMORY.writeVolatileInt(at, (int) value);
        } else {
            MEMORY.writeVolatileLong(at, value);
        }
    }

    /**
     * Writes with release order: a thread that reads this value as volatile also sees what was written before.
     *
     * @param value the new value
     */
    public void setOrdered(long value) {
        long at = atomicAddress("an ordered write");
        if (byteSize == 4) {
            MEMORY.writeOrderedInt(at, (int) value);
        } else {
            MEMORY.writeOrderedLong(at, value);
        }
    }

    /**
     * Adds atomically.
     *
     * @param delta the number to add; the sum wraps around
     * @return the value before the addition
     */
    public long getAndAdd(long delta) {
        long at = atomicAddress("an atomic add");
        return byteSize == 4
                ? (MEMORY.addInt(at, (int) delta) - (int) delta) & 0xffffffffL
                : MEMORY.addLong(at, delta) - delta;
    }

    /**
     * Replaces the value atomically if it is as expected.
     *
     * @param expected the value to be replaced
     * @param value the new value
     * @return whether it was replaced
     */
    public boolean compareAndSet(long expected, long value) {
        long at = atomicAddress("a compare-and-set");
        return byteSize == 4
                ? MEMORY.compareAndSwapInt(at, (int) expected, (int) value)
                : MEMORY.compareAndSwapLong(at, expected, value);
    }

    private long atomicAddress(String what) {
        if (!atomic) {
            throw new UnsupportedOperationException(what + " needs 4 or 8 whole bytes at their natural alignment; "
                    + path + " has " + (bits ? "bits of " : "") + byteSize + " bytes at byte " + byteOffset);
        }
        return block.address() + byteOffset;
    }
}

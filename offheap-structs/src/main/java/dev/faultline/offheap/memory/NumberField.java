package dev.faultline.offheap.memory;

import dev.faultline.layout.BitField;
import java.util.Objects;
import java.util.Optional;
import net.openhft.chronicle.core.Memory;

/**
 * A number off heap: 1, 2, 4 or 8 bytes, or some bits of such a unit. Values are unsigned below 8 bytes.
 *
 * <p>Access names say what is ordered: {@code get/set} are plain, {@code getVolatile/setVolatile} are volatile, {@code
 * setOrdered} is a release store; {@code getAndAdd} is one atomic add ({@code lock xadd} on x86), not a loop. Atomic
 * updates need 4 or 8 whole bytes at their natural alignment, so that they never straddle a line.
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

    /** {@return the largest value it holds, as unsigned bits} */
    public long mask() {
        return mask;
    }

    /** {@return the value, read plainly} */
    public long get() {
        return unit() >>> bitOffset & mask;
    }

    /** Writes plainly; of a bit-field the other bits of the unit are kept, without any atomicity. */
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

    /** Writes as volatile. */
    public void setVolatile(long value) {
        long at = atomicAddress("a volatile write");
        if (byteSize == 4) {
            MEMORY.writeVolatileInt(at, (int) value);
        } else {
            MEMORY.writeVolatileLong(at, value);
        }
    }

    /** Writes with release order: what was written before is seen by whoever sees this. */
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
     * @param delta what to add; it wraps around
     * @return the value before
     */
    public long getAndAdd(long delta) {
        long at = atomicAddress("an atomic add");
        return byteSize == 4
                ? (MEMORY.addInt(at, (int) delta) - (int) delta) & 0xffffffffL
                : MEMORY.addLong(at, delta) - delta;
    }

    /** {@return whether the value was {@code expected} and is now {@code value}} */
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

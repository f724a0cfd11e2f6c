package dev.faultline.offheap.memory;

import dev.faultline.api.Internal;

/**
 * Unchecked access by address, for benchmarks, which would otherwise measure the checks too. The address must lie in an
 * open block, and be aligned to the access; otherwise the VM may crash.
 *
 * <p>It is in this package because no other package may use Chronicle Bytes, or see a block's
 * address but through a {@link Window}.
 */
@Internal
public final class RawMemory {

    private RawMemory() {}

    /** {@return the address of the first byte of a block} */
    public static long address(Block block) {
        return block.address();
    }

    /** {@return a byte; the load is never optimised away} */
    public static byte readByte(long address) {
        return Block.MEMORY.readVolatileByte(address);
    }

    /** {@return two bytes; the load is never optimised away} */
    public static short readShort(long address) {
        return Block.MEMORY.readVolatileShort(address);
    }

    /** {@return four bytes; the load is never optimised away} */
    public static int readInt(long address) {
        return Block.MEMORY.readVolatileInt(address);
    }

    /** {@return eight bytes; the load is never optimised away} */
    public static long readLong(long address) {
        return Block.MEMORY.readVolatileLong(address);
    }

    /**
     * Stores a byte before later stores, and does not wait until other CPUs see it. The store is never optimised away.
     */
    public static void writeByte(long address, byte value) {
        Block.MEMORY.writeByte(address, value);
        Block.MEMORY.storeFence(); // there is no ordered store of a byte; on x86 the fence is no instruction
    }

    /** Stores two bytes; otherwise as {@link #writeByte}. */
    public static void writeShort(long address, short value) {
        Block.MEMORY.writeShort(address, value);
        Block.MEMORY.storeFence();
    }

    /** Stores four bytes after earlier reads and stores, and does not wait until other CPUs see it. */
    public static void writeInt(long address, int value) {
        Block.MEMORY.writeOrderedInt(address, value);
    }

    /** Stores eight bytes after earlier reads and stores, and does not wait until other CPUs see it. */
    public static void writeLong(long address, long value) {
        Block.MEMORY.writeOrderedLong(address, value);
    }

    /** {@return the four bytes before one was added atomically} */
    public static int getAndAddOne(long address) {
        return Block.MEMORY.addInt(address, 1) - 1;
    }

    /** {@return the eight bytes before one was added atomically} */
    public static long getAndAddOneLong(long address) {
        return Block.MEMORY.addLong(address, 1) - 1;
    }

    /** {@return the four bytes before one was added by a compare-and-set, repeated until it succeeds} */
    public static int incrementByCas(long address) {
        while (true) {
            int seen = readInt(address);
            if (Block.MEMORY.compareAndSwapInt(address, seen, seen + 1)) {
                return seen;
            }
        }
    }

    /** {@return the eight bytes before one was added by a compare-and-set, repeated until it succeeds} */
    public static long incrementByCasLong(long address) {
        while (true) {
            long seen = readLong(address);
            if (Block.MEMORY.compareAndSwapLong(address, seen, seen + 1)) {
                return seen;
            }
        }
    }
}

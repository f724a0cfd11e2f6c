package dev.faultline.offheap.memory;

/**
 * Unchecked access by address, for benchmarks: what a view checks at every access would be measured too.
 *
 * <p>It stands in this package because a block shows its address to nobody else, and no other package knows Chronicle.
 * An address must lie in an open block.
 */
public final class RawMemory {

    private RawMemory() {}

    /** {@return the address of the first byte of a block} */
    public static long address(Block block) {
        return block.address();
    }

    /** {@return a byte, really loaded} */
    public static byte readByte(long address) {
        return Block.MEMORY.readVolatileByte(address);
    }

    /** {@return two bytes, really loaded} */
    public static short readShort(long address) {
        return Block.MEMORY.readVolatileShort(address);
    }

    /** {@return four bytes, really loaded} */
    public static int readInt(long address) {
        return Block.MEMORY.readVolatileInt(address);
    }

    /** {@return eight bytes, really loaded} */
    public static long readLong(long address) {
        return Block.MEMORY.readVolatileLong(address);
    }

    /** Stores a byte, really and before later stores, without waiting for it to be seen. */
    public static void writeByte(long address, byte value) {
        Block.MEMORY.writeByte(address, value);
        Block.MEMORY.storeFence(); // there is no ordered store of a byte; this is no instruction on x86
    }

    /** Stores two bytes, as {@link #writeByte} one. */
    public static void writeShort(long address, short value) {
        Block.MEMORY.writeShort(address, value);
        Block.MEMORY.storeFence();
    }

    /** Stores four bytes, really and in order, without waiting for the store to be seen. */
    public static void writeInt(long address, int value) {
        Block.MEMORY.writeOrderedInt(address, value);
    }

    /** Stores eight bytes, really and in order, without waiting for the store to be seen. */
    public static void writeLong(long address, long value) {
        Block.MEMORY.writeOrderedLong(address, value);
    }

    /** {@return what was there before one was added, in one atomic step} */
    public static int getAndAddOne(long address) {
        return Block.MEMORY.addInt(address, 1) - 1;
    }

    /** {@return what was there before one was added, in one atomic step} */
    public static long getAndAddOneLong(long address) {
        return Block.MEMORY.addLong(address, 1) - 1;
    }

    /** {@return what was there before one was added by a compare-and-set that was tried until it succeeded} */
    public static int incrementByCas(long address) {
        while (true) {
            int seen = readInt(address);
            if (Block.MEMORY.compareAndSwapInt(address, seen, seen + 1)) {
                return seen;
            }
        }
    }

    /** {@return what was there before one was added by a compare-and-set that was tried until it succeeded} */
    public static long incrementByCasLong(long address) {
        while (true) {
            long seen = readLong(address);
            if (Block.MEMORY.compareAndSwapLong(address, seen, seen + 1)) {
                return seen;
            }
        }
    }
}

package dev.faultline.bench.layout.loop;

import dev.faultline.offheap.memory.RawMemory;

/**
 * All kinds of access. Generated code finds a method by the kind and size in its name. Nothing is checked, as in {@link
 * RawMemory}: an address must lie in an open block.
 */
public final class MemoryAccesses {

    private MemoryAccesses() {}

    /** {@return a byte} */
    public static long read1(long address) {
        return RawMemory.readByte(address);
    }

    /** {@return two bytes} */
    public static long read2(long address) {
        return RawMemory.readShort(address);
    }

    /** {@return four bytes} */
    public static long read4(long address) {
        return RawMemory.readInt(address);
    }

    /** {@return eight bytes} */
    public static long read8(long address) {
        return RawMemory.readLong(address);
    }

    /** Stores a byte. */
    public static void write1(long address, long value) {
        RawMemory.writeByte(address, (byte) value);
    }

    /** Stores two bytes. */
    public static void write2(long address, long value) {
        RawMemory.writeShort(address, (short) value);
    }

    /** Stores four bytes. */
    public static void write4(long address, long value) {
        RawMemory.writeInt(address, (int) value);
    }

    /** Stores eight bytes. */
    public static void write8(long address, long value) {
        RawMemory.writeLong(address, value);
    }

    /** {@return the value before one was added} */
    public static long rmw4(long address) {
        return RawMemory.getAndAddOne(address);
    }

    /** {@return the value before one was added} */
    public static long rmw8(long address) {
        return RawMemory.getAndAddOneLong(address);
    }

    /** {@return the value before one was added, by a compare-and-set loop} */
    public static long loop4(long address) {
        return RawMemory.incrementByCas(address);
    }

    /** {@return the value before one was added, by a compare-and-set loop} */
    public static long loop8(long address) {
        return RawMemory.incrementByCasLong(address);
    }
}

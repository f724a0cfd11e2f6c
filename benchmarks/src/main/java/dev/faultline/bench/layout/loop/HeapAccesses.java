package dev.faultline.bench.layout.loop;

import dev.faultline.offheap.memory.ObjectMemory;

/**
 * All kinds of access to fields of an object, as {@link MemoryAccesses} are to a block. A reference is only ever null:
 * the collector would follow any other number. Writing it takes its line as any other store does.
 */
public final class HeapAccesses {

    private HeapAccesses() {}

    /** {@return a byte} */
    public static long read1(Object object, long byteOffset) {
        return ObjectMemory.readByte(object, byteOffset);
    }

    /** {@return two bytes} */
    public static long read2(Object object, long byteOffset) {
        return ObjectMemory.readShort(object, byteOffset);
    }

    /** {@return four bytes} */
    public static long read4(Object object, long byteOffset) {
        return ObjectMemory.readInt(object, byteOffset);
    }

    /** {@return eight bytes} */
    public static long read8(Object object, long byteOffset) {
        return ObjectMemory.readLong(object, byteOffset);
    }

    /** Stores a byte. */
    public static void write1(Object object, long byteOffset, long value) {
        ObjectMemory.writeByte(object, byteOffset, (byte) value);
    }

    /** Stores two bytes. */
    public static void write2(Object object, long byteOffset, long value) {
        ObjectMemory.writeShort(object, byteOffset, (short) value);
    }

    /** Stores four bytes. */
    public static void write4(Object object, long byteOffset, long value) {
        ObjectMemory.writeInt(object, byteOffset, (int) value);
    }

    /** Stores eight bytes. */
    public static void write8(Object object, long byteOffset, long value) {
        ObjectMemory.writeLong(object, byteOffset, value);
    }

    /** {@return the value before one was added} */
    public static long rmw4(Object object, long byteOffset) {
        return ObjectMemory.getAndAddInt(object, byteOffset, 1);
    }

    /** {@return the value before one was added, by a compare-and-set loop} */
    public static long loop4(Object object, long byteOffset) {
        return ObjectMemory.addByCas(object, byteOffset, 1);
    }

    /** Stores null, which a reference of that size is already. */
    public static void writeNull4(Object object, long byteOffset, long value) {
        ObjectMemory.writeInt(object, byteOffset, 0);
    }

    /** {@return the null that was replaced by null atomically} */
    public static long rmwNull4(Object object, long byteOffset) {
        return ObjectMemory.getAndAddInt(object, byteOffset, 0);
    }

    /** {@return the null that was replaced by null, by a compare-and-set loop} */
    public static long loopNull4(Object object, long byteOffset) {
        return ObjectMemory.addByCas(object, byteOffset, 0);
    }

    /** {@return the value before one was added} */
    public static long rmw8(Object object, long byteOffset) {
        return ObjectMemory.getAndAddLong(object, byteOffset, 1);
    }

    /** {@return the value before one was added, by a compare-and-set loop} */
    public static long loop8(Object object, long byteOffset) {
        return ObjectMemory.addByCasLong(object, byteOffset, 1);
    }

    /** Stores null, which a reference of that size is already. */
    public static void writeNull8(Object object, long byteOffset, long value) {
        ObjectMemory.writeLong(object, byteOffset, 0);
    }

    /** {@return the null that was replaced by null atomically} */
    public static long rmwNull8(Object object, long byteOffset) {
        return ObjectMemory.getAndAddLong(object, byteOffset, 0);
    }

    /** {@return the null that was replaced by null, by a compare-and-set loop} */
    public static long loopNull8(Object object, long byteOffset) {
        return ObjectMemory.addByCasLong(object, byteOffset, 0);
    }
}

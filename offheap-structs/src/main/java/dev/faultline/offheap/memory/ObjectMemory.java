package dev.faultline.offheap.memory;

import dev.faultline.api.Internal;
import java.lang.reflect.Field;

/**
 * Unchecked access to an object's fields by their offset, for benchmarks, as {@link RawMemory} is to blocks. A field
 * with that offset and size must exist; otherwise the VM may crash.
 */
@Internal
public final class ObjectMemory {

    private ObjectMemory() {}

    /** {@return the offset of a field in the objects of its class, which may not be a hidden class} */
    public static long byteOffset(Field field) {
        return Block.MEMORY.objectFieldOffset(field);
    }

    /** {@return a byte; the load is never optimised away} */
    public static byte readByte(Object object, long byteOffset) {
        return Block.MEMORY.readVolatileByte(object, byteOffset);
    }

    /** {@return two bytes; the load is never optimised away} */
    public static short readShort(Object object, long byteOffset) {
        return Block.MEMORY.readVolatileShort(object, byteOffset);
    }

    /** {@return four bytes; the load is never optimised away} */
    public static int readInt(Object object, long byteOffset) {
        return Block.MEMORY.readVolatileInt(object, byteOffset);
    }

    /** {@return eight bytes; the load is never optimised away} */
    public static long readLong(Object object, long byteOffset) {
        return Block.MEMORY.readVolatileLong(object, byteOffset);
    }

    /** Stores a byte; otherwise as {@link RawMemory#writeByte}. */
    public static void writeByte(Object object, long byteOffset, byte value) {
        Block.MEMORY.writeByte(object, byteOffset, value);
        Block.MEMORY.storeFence();
    }

    /** Stores two bytes; otherwise as {@link RawMemory#writeByte}. */
    public static void writeShort(Object object, long byteOffset, short value) {
        Block.MEMORY.writeShort(object, byteOffset, value);
        Block.MEMORY.storeFence();
    }

    /** Stores four bytes after earlier reads and stores, and does not wait until other CPUs see it. */
    public static void writeInt(Object object, long byteOffset, int value) {
        Block.MEMORY.writeOrderedInt(object, byteOffset, value);
    }

    /** Stores eight bytes after earlier reads and stores, and does not wait until other CPUs see it. */
    public static void writeLong(Object object, long byteOffset, long value) {
        Block.MEMORY.writeOrderedLong(object, byteOffset, value);
    }

    /** {@return the four bytes before a number was added atomically} */
    public static int getAndAddInt(Object object, long byteOffset, int added) {
        return Block.MEMORY.addInt(object, byteOffset, added) - added;
    }

    /** {@return the eight bytes before a number was added atomically} */
    public static long getAndAddLong(Object object, long byteOffset, long added) {
        return Block.MEMORY.addLong(object, byteOffset, added) - added;
    }

    /** {@return the four bytes before a number was added by a compare-and-set, repeated until it succeeds} */
    public static int addByCas(Object object, long byteOffset, int added) {
        while (true) {
            int seen = readInt(object, byteOffset);
            if (Block.MEMORY.compareAndSwapInt(object, byteOffset, seen, seen + added)) {
                return seen;
            }
        }
    }

    /** {@return the eight bytes before a number was added by a compare-and-set, repeated until it succeeds} */
    public static long addByCasLong(Object object, long byteOffset, long added) {
        while (true) {
            long seen = readLong(object, byteOffset);
            if (Block.MEMORY.compareAndSwapLong(object, byteOffset, seen, seen + added)) {
                return seen;
            }
        }
    }
}

package dev.faultline.offheap.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import net.openhft.chronicle.core.Memory;

/**
 * A stack in off-heap memory. Each method asks its block for the address once, for all its accesses; {@link Reclaimer}
 * says why it may. The size is checked wherever it becomes part of an address, so that a program that overwrites it
 * does not make the VM access other memory.
 */
final class OffHeapLongStack extends LongStack implements Block.Holder {

    private static final Memory MEMORY = Block.MEMORY;

    private static final VarHandle ADDRESS = Block.addressOf(MethodHandles.lookup(), OffHeapLongStack.class);

    private final Block block;
    private final long byteOffset;
    private final int limit;

    private long address; // of the first byte of the stack; only accessed through ADDRESS, 0 when closed

    OffHeapLongStack(Block block, long byteOffset, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit=" + limit + ", expected at least 1");
        }
        this.block = block;
        this.byteOffset = byteOffset;
        this.limit = limit;
        block.checkPlaces(byteOffset, Math.addExact(limit, HEADER_BYTES / Long.BYTES), Long.BYTES, Long.BYTES);
        block.hold(this);
    }

    /** {@return the address of the first byte} As {@link Block#address}. */
    private long start() {
        long first = (long) ADDRESS.getOpaque(this);
        if (first == 0) {
            throw block.closed();
        }
        return first;
    }

    @Override
    public void keep(long first) {
        ADDRESS.setVolatile(this, first == 0 ? 0 : first + byteOffset);
    }

    /** {@return the address of the element above some elements} */
    private static long above(long start, int size) {
        return start + HEADER_BYTES + ((long) size << 3);
    }

    private int checked(int size) {
        if (size < 0 || size > limit) {
            throw new IllegalStateException("the stack's size was overwritten: " + size + " of " + limit);
        }
        return size;
    }

    @Override
    public int limit() {
        return limit;
    }

    @Override
    public int size() {
        return checked(MEMORY.readVolatileInt(start() + SIZE));
    }

    @Override
    public long popped() {
        return MEMORY.readVolatileLong(start() + POPPED);
    }

    @Override
    public long pushed() {
        return MEMORY.readVolatileLong(start() + PUSHED);
    }

    @Override
    public long pop(long ifEmpty) {
        long start = start();
        int left = MEMORY.readInt(start + SIZE) - 1;
        if (Integer.compareUnsigned(left, limit) >= 0) {
            checked(left + 1);
            return ifEmpty;
        }
        MEMORY.writeInt(start + SIZE, left);
        MEMORY.writeLong(start + POPPED, MEMORY.readLong(start + POPPED) + 1);
        return MEMORY.readLong(above(start, left));
    }

    @Override
    public boolean push(long element) {
        long start = start();
        int size = MEMORY.readInt(start + SIZE);
        if (Integer.compareUnsigned(size, limit) >= 0) {
            checked(size);
            return false;
        }
        MEMORY.writeLong(above(start, size), element);
        MEMORY.writeLong(start + PUSHED, MEMORY.readLong(start + PUSHED) + 1);
        MEMORY.writeInt(start + SIZE, size + 1);
        return true;
    }

    @Override
    public int addAll(long[] from, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, from.length);
        long start = start();
        int size = checked(MEMORY.readInt(start + SIZE));
        int added = Math.min(count, limit - size);
        for (int i = 0; i < added; i++) {
            MEMORY.writeLong(above(start, size + i), from[offset + i]);
        }
        MEMORY.writeInt(start + SIZE, size + added);
        return added;
    }

    @Override
    public int takeOldest(long[] to, int offset, int most) {
        Objects.checkFromIndexSize(offset, most, to.length);
        long start = start();
        int size = checked(MEMORY.readInt(start + SIZE));
        int taken = Math.min(most, size);
        for (int i = 0; i < taken; i++) {
            to[offset + i] = MEMORY.readLong(above(start, i));
        }
        for (int i = taken; i < size; i++) {
            MEMORY.writeLong(above(start, i - taken), MEMORY.readLong(above(start, i)));
        }
        MEMORY.writeInt(start + SIZE, size - taken);
        return taken;
    }
}

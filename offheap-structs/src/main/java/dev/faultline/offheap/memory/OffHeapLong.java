package dev.faultline.offheap.memory;

import net.openhft.chronicle.core.Memory;

/** A word in off-heap memory. It asks its block for the address at each access; {@link Reclaimer} says why. */
final class OffHeapLong extends LongWord {

    private static final Memory MEMORY = Block.MEMORY;

    private final long byteOffset;
    private Block block;

    OffHeapLong(Block block, long byteOffset) {
        this.block = block;
        this.byteOffset = byteOffset;
        block.checkPlace(byteOffset, 8, 8);
    }

    private long at() {
        return block.address() + byteOffset;
    }

    @Override
    public void detach() {
        block = Block.DETACHED;
    }

    @Override
    public long get() {
        return MEMORY.readLong(at());
    }

    @Override
    public void set(long value) {
        MEMORY.writeLong(at(), value);
    }

    @Override
    public long getVolatile() {
        return MEMORY.readVolatileLong(at());
    }

    @Override
    public void setVolatile(long value) {
        MEMORY.writeVolatileLong(at(), value);
    }

    @Override
    public void setOrdered(long value) {
        MEMORY.writeOrderedLong(at(), value);
    }

    @Override
    public long getAndAdd(long delta) {
        return MEMORY.addLong(at(), delta) - delta;
    }

    @Override
    public boolean compareAndSet(long expected, long value) {
        return MEMORY.compareAndSwapLong(at(), expected, value);
    }
}

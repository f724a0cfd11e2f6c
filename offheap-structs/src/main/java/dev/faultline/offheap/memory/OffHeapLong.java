package dev.faultline.offheap.memory;

import net.openhft.chronicle.core.Memory;

/** A word off heap. Its address is taken away when the block closes: an access looks at nothing but the address it needs. */
final class OffHeapLong extends LongWord implements Bound {

    private static final Memory MEMORY = Block.MEMORY;

    private final Block block;
    private long address;

    OffHeapLong(Block block, long byteOffset) {
        this.block = block;
        address = block.bind(this, byteOffset, 8, 8);
    }

    private long at() {
        long at = address;
        if (at == 0) {
            throw block.closed();
        }
        return at;
    }

    @Override
    public void unbind() {
        address = 0;
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

package dev.faultline.offheap.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import net.openhft.chronicle.core.Memory;

/**
 * A word off heap. Its address is taken away when the block closes: an access looks at nothing but the address it needs.
 * {@link Reclaimer} says why the address is read the way it is.
 */
final class OffHeapLong extends LongWord implements Bound {

    private static final Memory MEMORY = Block.MEMORY;
    private static final VarHandle ADDRESS = Reclaimer.address(MethodHandles.lookup());

    private final Block block;
    private long address; // read and written through ADDRESS alone

    OffHeapLong(Block block, long byteOffset) {
        this.block = block;
        block.bind(this, byteOffset, 8, 8);
    }

    private long at() {
        long at = (long) ADDRESS.getOpaque(this);
        if (at == 0) {
            throw block.closed();
        }
        return at;
    }

    @Override
    public void setAddress(long place) {
        ADDRESS.setVolatile(this, place);
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

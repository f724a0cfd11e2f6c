package dev.faultline.offheap.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import net.openhft.chronicle.core.Memory;

/**
 * A word off heap. Its address is taken away when the block closes: an access looks at nothing but the address it needs.
 * {@link Reclaimer} says why the address is read the way it is.
 */
final class OffHeapInt extends IntWord implements Bound {

    private static final Memory MEMORY = Block.MEMORY;
    private static final VarHandle ADDRESS = Reclaimer.address(MethodHandles.lookup());

    private final Block block;
    private long address; // read and written through ADDRESS alone

    OffHeapInt(Block block, long byteOffset) {
        this.block = block;
        block.bind(this, byteOffset, 4, 4);
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
    public int get() {
        return MEMORY.readInt(at());
    }

    @Override
    public void set(int value) {
        MEMORY.writeInt(at(), value);
    }

    @Override
    public int getVolatile() {
        return MEMORY.readVolatileInt(at());
    }

    @Override
    public void setVolatile(int value) {
        MEMORY.writeVolatileInt(at(), value);
    }

    @Override
    public void setOrdered(int value) {
        MEMORY.writeOrderedInt(at(), value);
    }

    @Override
    public int getAndAdd(int delta) {
        return MEMORY.addInt(at(), delta) - delta;
    }

    @Override
    public boolean compareAndSet(int expected, int value) {
        return MEMORY.compareAndSwapInt(at(), expected, value);
    }
}

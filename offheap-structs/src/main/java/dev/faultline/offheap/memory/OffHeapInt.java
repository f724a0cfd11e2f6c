package dev.faultline.offheap.memory;

import net.openhft.chronicle.core.Memory;

/** A word in off-heap memory. It asks its block for the address at each access; {@link Reclaimer} says why. */
final class OffHeapInt extends IntWord {

    private static final Memory MEMORY = Block.MEMORY;

    private final long byteOffset;
    private Block block;

    OffHeapInt(Block block, long byteOffset) {
        this.block = block;
        this.byteOffset = byteOffset;
        block.checkPlace(byteOffset, 4, 4);
    }

    private long at() {
        return block.address() + byteOffset;
    }

    @Override
    public void detach() {
        block = Block.DETACHED;
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

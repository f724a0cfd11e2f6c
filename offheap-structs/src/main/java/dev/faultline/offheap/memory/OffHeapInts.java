package dev.faultline.offheap.memory;

import java.util.Objects;
import net.openhft.chronicle.core.Memory;

/** Words in off-heap memory at equal distances; see {@link OffHeapInt}. */
final class OffHeapInts extends IntWords {

    private static final Memory MEMORY = Block.MEMORY;

    private final long byteOffset;
    private final int count;
    private final int shift;
    private final Block block;

    OffHeapInts(Block block, long byteOffset, int count, long strideBytes) {
        this.block = block;
        this.byteOffset = byteOffset;
        this.count = count;
        this.shift = block.checkPlaces(byteOffset, count, strideBytes, 4);
    }

    private long start() {
        return block.address() + byteOffset;
    }

    private long at(int index) {
        return start() + ((long) Objects.checkIndex(index, count) << shift);
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int get(int index) {
        return MEMORY.readInt(at(index));
    }

    @Override
    public void set(int index, int value) {
        MEMORY.writeInt(at(index), value);
    }

    @Override
    public int getVolatile(int index) {
        return MEMORY.readVolatileInt(at(index));
    }

    @Override
    public void setVolatile(int index, int value) {
        MEMORY.writeVolatileInt(at(index), value);
    }

    @Override
    public void setOrdered(int index, int value) {
        MEMORY.writeOrderedInt(at(index), value);
    }

    @Override
    public int getAndAdd(int index, int delta) {
        return MEMORY.addInt(at(index), delta) - delta;
    }

    @Override
    public boolean compareAndSet(int index, int expected, int value) {
        return MEMORY.compareAndSwapInt(at(index), expected, value);
    }
}

package dev.faultline.offheap.memory;

import java.util.Objects;
import net.openhft.chronicle.core.Memory;

/** Words off heap, each a stride after the one before it; see {@link OffHeapLong}. */
final class OffHeapInts extends IntWords {

    private static final Memory MEMORY = Block.MEMORY;

    private final long byteOffset;
    private final int count;
    private final int shift;
    private final Block block;

    OffHeapInts(Block block, long byteOffset, int count, long strideBytes) {
        if (Long.bitCount(strideBytes) != 1 || strideBytes < 4) {
            throw new IllegalArgumentException("strideBytes=" + strideBytes + ", expected a power of two, at least 4");
        }
        if (count < 1) {
            throw new IllegalArgumentException("count=" + count + ", expected at least 1");
        }
        this.block = block;
        this.byteOffset = byteOffset;
        this.count = count;
        this.shift = Long.numberOfTrailingZeros(strideBytes);
        if (shift > 32) {
            throw new IllegalArgumentException("strideBytes=" + strideBytes + ", expected 4294967296 at most");
        }
        block.checkPlace(byteOffset, ((long) (count - 1) << shift) + 4, 4);
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

package dev.faultline.offheap.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import net.openhft.chronicle.core.Memory;

/** A window on off-heap memory. */
final class OffHeapWindow extends Window implements Block.Holder {

    private static final Memory MEMORY = Block.MEMORY;
    private static final VarHandle ADDRESS = Block.addressOf(MethodHandles.lookup(), OffHeapWindow.class);

    private final Block block;

    private long address; // only accessed through ADDRESS; 0 when closed

    OffHeapWindow(Block block, Class<?> user) {
        Reclaimer.keepFor(user);
        this.block = block;
        block.hold(this);
    }

    @Override
    public long open() {
        long first = (long) ADDRESS.getOpaque(this); // opaque as in Block.address
        if (first == 0) {
            throw block.closed();
        }
        return first;
    }

    @Override
    public void keep(long first) {
        ADDRESS.setVolatile(this, first);
    }

    @Override
    public int getInt(long at) {
        return MEMORY.readInt(at);
    }

    @Override
    public void setInt(long at, int value) {
        MEMORY.writeInt(at, value);
    }

    /** A plain read and a fence: the library's volatile read asks first whether the word crosses a cache line. */
    @Override
    public int getIntAcquire(long at) {
        int value = MEMORY.readInt(at);
        MEMORY.loadFence();
        return value;
    }

    @Override
    public void setIntRelease(long at, int value) {
        MEMORY.writeOrderedInt(at, value);
    }

    @Override
    public boolean compareAndSetInt(long at, int expected, int value) {
        return MEMORY.compareAndSwapInt(at, expected, value);
    }

    @Override
    public long getLong(long at) {
        return MEMORY.readLong(at);
    }

    @Override
    public void setLong(long at, long value) {
        MEMORY.writeLong(at, value);
    }

    @Override
    public void setLongs(long at, long[] from, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, from.length);
        for (int i = 0; i < count; i++) {
            MEMORY.writeLong(at + ((long) i << 3), from[offset + i]);
        }
    }

    @Override
    public void getLongs(long at, long[] to, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, to.length);
        for (int i = 0; i < count; i++) {
            to[offset + i] = MEMORY.readLong(at + ((long) i << 3));
        }
    }
}

package dev.faultline.offheap.memory;

import java.util.concurrent.atomic.AtomicInteger;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.core.Memory;
import net.openhft.chronicle.core.OS;

/**
 * A zeroed piece of off-heap memory that starts at a multiple of the alignment asked for.
 *
 * <p>Views and accessors throw {@link IllegalStateException} once it is closed. Closing while another thread is inside an
 * access is the caller's race to avoid, as with any manual memory.
 */
public final class Block implements AutoCloseable {

    static final Memory MEMORY = OS.memory();

    private static final long LARGEST_BYTES = 1L << 40;
    private static final long LARGEST_ALIGNMENT = 1L << 20;
    private static final AtomicInteger LIVE = new AtomicInteger();

    private final BytesStore<?, Void> store;
    private final long address;
    private final long byteSize;
    private final long byteAlignment;
    private volatile boolean open = true;

    private Block(BytesStore<?, Void> store, long address, long byteSize, long byteAlignment) {
        this.store = store;
        this.address = address;
        this.byteSize = byteSize;
        this.byteAlignment = byteAlignment;
    }

    /**
     * Allocates a block.
     *
     * @param byteSize size in bytes, from 1 to 2^40
     * @param byteAlignment alignment of its first byte, a power of two up to 2^20
     * @return the block, zeroed; to be closed
     * @throws IllegalArgumentException when size or alignment is out of range
     */
    public static Block allocate(long byteSize, long byteAlignment) {
        if (byteSize < 1 || byteSize > LARGEST_BYTES) {
            throw new IllegalArgumentException("byteSize=" + byteSize + ", expected 1 to " + LARGEST_BYTES);
        }
        if (Long.bitCount(byteAlignment) != 1 || byteAlignment < 1 || byteAlignment > LARGEST_ALIGNMENT) {
            throw new IllegalArgumentException(
                    "byteAlignment=" + byteAlignment + ", expected a power of two up to " + LARGEST_ALIGNMENT);
        }
        BytesStore<?, Void> store = BytesStore.nativeStoreWithFixedCapacity(byteSize + byteAlignment - 1);
        long address = (store.addressForRead(0) + byteAlignment - 1) & -byteAlignment;
        MEMORY.setMemory(address, byteSize, (byte) 0);
        LIVE.incrementAndGet();
        return new Block(store, address, byteSize, byteAlignment);
    }

    /** {@return how many blocks are open in this VM; a test that ends with more than it began with leaks} */
    public static int live() {
        return LIVE.get();
    }

    /** {@return the size in bytes} */
    public long byteSize() {
        return byteSize;
    }

    /** {@return the alignment of the first byte} */
    public long byteAlignment() {
        return byteAlignment;
    }

    /** {@return the address of the first byte; throws once the block is closed} */
    long address() {
        if (!open) {
            throw new IllegalStateException("the block of " + byteSize + " bytes is closed");
        }
        return address;
    }

    /** {@return a copy of all bytes, for tests and dumps} */
    public byte[] toByteArray() {
        byte[] bytes = new byte[Math.toIntExact(byteSize)];
        MEMORY.copyMemory(address(), bytes, net.openhft.chronicle.core.Jvm.arrayByteBaseOffset(), bytes.length);
        return bytes;
    }

    /** Frees the memory; closing again does nothing. */
    @Override
    public synchronized void close() {
        if (open) {
            open = false;
            LIVE.decrementAndGet();
            store.releaseLast();
        }
    }
}

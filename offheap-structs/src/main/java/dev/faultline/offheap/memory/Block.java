package dev.faultline.offheap.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.core.Memory;
import net.openhft.chronicle.core.OS;

/**
 * A zeroed piece of off-heap memory that starts at a multiple of the alignment asked for.
 *
 * <p>Any thread may close it at any time. Views and accessors throw {@link IllegalStateException} from then on. An
 * access that
 * another thread has begun ends in memory that is still there: the memory is given back when no thread can be inside
 * an access
 * any more, most often some 10 ms later ({@link #pendingBytes}). What such a late access wrote is lost.
 */
public final class Block implements AutoCloseable {

    static final Memory MEMORY = OS.memory();

    private static final long LARGEST_BYTES = 1L << 40;
    private static final long LARGEST_ALIGNMENT = 1L << 20;
    private static final AtomicInteger LIVE = new AtomicInteger();
    private static final VarHandle ADDRESS = address(MethodHandles.lookup());

    /** A block that was never open: whatever asks it for an address is told that its place is closed. */
    static final Block DETACHED = new Block(null, 0, 0, 1);

    private final BytesStore<?, Void> store;
    private final long byteSize;
    private final long byteAlignment;
    /** Where claimed places begin, and how many bytes they have. */
    private final TreeMap<Long, Long> claimed = new TreeMap<>();

    private long address; // read and written through ADDRESS alone; 0 once closed

    /** The one retired before; the reclaimer's. A list without nodes, so that closing needs no memory. */
    Block retiredBefore;

    private Block(BytesStore<?, Void> store, long address, long byteSize, long byteAlignment) {
        this.store = store;
        this.byteSize = byteSize;
        this.byteAlignment = byteAlignment;
        ADDRESS.setVolatile(this, address);
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
        BytesStore<?, Void> store = Reclaimer.allocate(byteSize + byteAlignment - 1);
        long address = (store.addressForRead(0) + byteAlignment - 1) & -byteAlignment;
        MEMORY.setMemory(address, byteSize, (byte) 0);
        LIVE.incrementAndGet();
        return new Block(store, address, byteSize, byteAlignment);
    }

    /** {@return how many blocks are open in this VM; a test that ends with more than it began with leaks} */
    public static int live() {
        return LIVE.get();
    }

    /**
     * {@return bytes of closed blocks that are not given back yet, over all blocks of this VM} A thread that was
     * inside an access
     * when its block closed keeps them, or a virtual thread that has been on its carrier ever since.
     */
    public static long pendingBytes() {
        return Reclaimer.pendingBytes();
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
        long first = (long) ADDRESS.getOpaque(this);
        if (first == 0) {
            throw closed();
        }
        return first;
    }

    private static VarHandle address(MethodHandles.Lookup lookup) {
        try {
            return lookup.findVarHandle(Block.class, "address", long.class);
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** {@return the bytes it takes, with those for its alignment} */
    long storeBytes() {
        return store.capacity();
    }

    /** Gives the memory back. The reclaimer's: nobody can be inside an access. */
    void releaseStore() {
        store.releaseLast();
    }

    /** {@return what is thrown when a closed block is used} */
    IllegalStateException closed() {
        if (this == DETACHED) {
            return new IllegalStateException("what was at this place is closed");
        }
        return new IllegalStateException("the block of " + byteSize + " bytes is closed");
    }

    /** Checks a place once and for all: that it is inside, and aligned for units of so many bytes. */
    void checkPlace(long byteOffset, long byteCount, int unitBytes) {
        Objects.checkFromIndexSize(byteOffset, byteCount, byteSize);
        if ((address() + byteOffset) % unitBytes != 0) {
            throw new IllegalArgumentException("byte " + byteOffset + " of a block aligned to " + byteAlignment
                    + " is no multiple of " + unitBytes + "; atomic access could straddle a line");
        }
    }

    /**
     * A 32-bit word of this block.
     *
     * @param byteOffset where it is, a multiple of 4
     * @return the word; the same bytes may have several
     * @throws IndexOutOfBoundsException when it is not within the block
     * @throws IllegalArgumentException when it is not aligned
     */
    public IntWord int32(long byteOffset) {
        return new OffHeapInt(this, byteOffset);
    }

    /** A 64-bit word of this block; as {@link #int32}, with 8 for 4. */
    public LongWord int64(long byteOffset) {
        return new OffHeapLong(this, byteOffset);
    }

    /**
     * 32-bit words of this block, each a stride after the one before it.
     *
     * @param byteOffset where the first is, a multiple of 4
     * @param count how many, at least 1
     * @param strideBytes bytes from one to the next, a power of two from 4 to 2^32
     * @return the words
     * @throws IndexOutOfBoundsException when they are not all within the block
     * @throws IllegalArgumentException when they are not aligned, or a number is out of range
     */
    public IntWords int32s(long byteOffset, int count, long strideBytes) {
        return new OffHeapInts(this, byteOffset, count, strideBytes);
    }

    /** 64-bit words of this block; as {@link #int32s}, with 8 for 4. */
    public LongWords int64s(long byteOffset, int count, long strideBytes) {
        return new OffHeapLongs(this, byteOffset, count, strideBytes);
    }

    /**
     * Takes a place for one user alone, so that nobody else takes any of its bytes before {@link #release}. What does not
     * claim is not hindered.
     *
     * @param byteOffset where the place begins
     * @param byteCount how many bytes it has, at least 1
     * @throws IllegalStateException when any of its bytes are claimed, or the block is closed
     * @throws IndexOutOfBoundsException when the place is not within the block
     */
    public synchronized void claim(long byteOffset, long byteCount) {
        if (byteCount < 1) {
            throw new IllegalArgumentException("byteCount=" + byteCount + ", expected at least 1");
        }
        Objects.checkFromIndexSize(byteOffset, byteCount, byteSize);
        address();
        Map.Entry<Long, Long> before = claimed.lowerEntry(byteOffset + byteCount);
        if (before != null && before.getKey() + before.getValue() > byteOffset) {
            throw new IllegalStateException("bytes " + byteOffset + " to " + (byteOffset + byteCount - 1)
                    + " of the block are in use: something is open at byte " + before.getKey());
        }
        claimed.put(byteOffset, byteCount);
    }

    /** Gives up the place that was claimed from a byte on; nothing when there is none. */
    public synchronized void release(long byteOffset) {
        claimed.remove(byteOffset);
    }

    /** {@return a copy of all bytes, for tests and dumps} */
    public byte[] toByteArray() {
        return new BytesField(this, 0, Math.toIntExact(byteSize)).get();
    }

    /** Closes it: its memory is given back as soon as no thread can be inside an access. Closing again does nothing. */
    @Override
    public synchronized void close() {
        if ((long) ADDRESS.getOpaque(this) != 0) {
            ADDRESS.setVolatile(this, 0L);
            claimed.clear();
            LIVE.decrementAndGet();
            Reclaimer.retire(this);
        }
    }
}

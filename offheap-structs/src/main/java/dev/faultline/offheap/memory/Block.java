package dev.faultline.offheap.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.core.Memory;
import net.openhft.chronicle.core.OS;

/**
 * A zeroed block of off-heap memory whose first byte has a given alignment.
 *
 * <p>Thread-safe. Any thread may close a block at any time; from then on its views and accessors throw {@link
 * IllegalStateException}. An access that another thread began before still finds the memory there, but what it writes
 * is lost. The memory is freed when no thread can be inside such an access any more, usually some 10 ms after the close
 * ({@link #pendingBytes}).
 */
public final class Block implements AutoCloseable {

    static final Memory MEMORY = OS.memory();

    private static final long LARGEST_BYTES = 1L << 40;
    private static final long LARGEST_ALIGNMENT = 1L << 20;
    private static final long LARGEST_STRIDE = 1L << 32;
    private static final AtomicInteger LIVE = new AtomicInteger();
    private static final VarHandle ADDRESS = addressOf(MethodHandles.lookup(), Block.class);

    /** Stands in for the block of a detached word: asking it for an address throws. */
    static final Block DETACHED = new Block(null, 0, 0, 1);

    private final BytesStore<?, Void> store;
    private final long byteSize;
    private final long byteAlignment;
    /** Length in bytes of each claimed range, by its first byte. */
    private final TreeMap<Long, Long> claimed = new TreeMap<>();

    private final List<Holder> holders = new ArrayList<>(); // guarded by this

    private long address; // only accessed through ADDRESS; 0 when closed

    /**
     * The block retired before this one, for {@link Reclaimer}: a linked list without nodes, so that closing allocates
     * nothing.
     */
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
     * @param byteAlignment alignment of the first byte, a power of two from 1 to 2^20
     * @return the block, zeroed; close it
     * @throws IllegalArgumentException when size or alignment is out of range
     * @throws OutOfMemoryError when the system has not enough memory
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

    /** {@return the number of open blocks in this VM; tests compare it before and after to find leaks} */
    public static int live() {
        return LIVE.get();
    }

    /**
     * {@return bytes of closed blocks that are not freed yet, over all blocks of this VM} A block is not freed while a
     * thread that was inside one of its accesses at the close is still there, or while a virtual thread mounted at the
     * close has not been unmounted since.
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

    /** {@return the address of the first byte; throws when the block is closed} */
    long address() {
        long first = (long) ADDRESS.getOpaque(this);
        if (first == 0) {
            throw closed();
        }
        return first;
    }

    static VarHandle addressOf(MethodHandles.Lookup lookup, Class<?> holder) {
        try {
            return lookup.findVarHandle(holder, "address", long.class);
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /**
     * What keeps the address itself, so that its accesses follow one reference less. It reads the address in opaque mode
     * as {@link #address} does, and throws {@link #closed} when that is 0. A block holds on to its holders until it is
     * closed, so there may only be few.
     */
    interface Holder {

        /** Sets the address as volatile; 0 when the block is closed. */
        void keep(long address);
    }

    /** Gives a holder the address, until the block is closed. */
    synchronized void hold(Holder holder) {
        holder.keep(address());
        holders.add(holder);
    }

    /** {@return the allocated bytes, including those added for the alignment} */
    long storeBytes() {
        return store.capacity();
    }

    /** Frees the memory. Only {@link Reclaimer} calls this, when no thread can be inside an access. */
    void releaseStore() {
        store.releaseLast();
    }

    /** {@return the exception that a use of the closed block throws} */
    IllegalStateException closed() {
        if (this == DETACHED) {
            return new IllegalStateException("the structure that used this word is closed");
        }
        return new IllegalStateException("the block of " + byteSize + " bytes is closed");
    }

    /** Checks once that a range is within the block, and aligned to a unit of {@code unitBytes}. */
    void checkPlace(long byteOffset, long byteCount, int unitBytes) {
        Objects.checkFromIndexSize(byteOffset, byteCount, byteSize);
        if ((address() + byteOffset) % unitBytes != 0) {
            throw new IllegalArgumentException("byte " + byteOffset + " of a block aligned to " + byteAlignment
                    + " is no multiple of " + unitBytes + "; an atomic access could cross a cache line");
        }
    }

    /** Checks once that words at equal distances are within the block and aligned. Returns the stride as a shift. */
    int checkPlaces(long byteOffset, int count, long strideBytes, int wordBytes) {
        if (Long.bitCount(strideBytes) != 1 || strideBytes < wordBytes || strideBytes > LARGEST_STRIDE) {
            throw new IllegalArgumentException("strideBytes=" + strideBytes + ", expected a power of two from "
                    + wordBytes + " to " + LARGEST_STRIDE);
        }
        if (count < 1) {
            throw new IllegalArgumentException("count=" + count + ", expected at least 1");
        }
        checkPlace(byteOffset, (count - 1) * strideBytes + wordBytes, wordBytes);
        return Long.numberOfTrailingZeros(strideBytes);
    }

    /**
     * A 32-bit word of this block.
     *
     * @param byteOffset its offset in the block, a multiple of 4
     * @return the word; several words may share the same bytes
     * @throws IndexOutOfBoundsException when it is not within the block
     * @throws IllegalArgumentException when it is not aligned
     */
    public IntWord int32(long byteOffset) {
        return new OffHeapInt(this, byteOffset);
    }

    /**
     * A 64-bit word of this block.
     *
     * @param byteOffset its offset in the block, a multiple of 8
     * @return the word; several words may share the same bytes
     * @throws IndexOutOfBoundsException when it is not within the block
     * @throws IllegalArgumentException when it is not aligned
     */
    public LongWord int64(long byteOffset) {
        return new OffHeapLong(this, byteOffset);
    }

    /**
     * 32-bit words of this block at equal distances.
     *
     * @param byteOffset offset of the first word, a multiple of 4
     * @param count number of words, at least 1
     * @param strideBytes bytes from one word to the next, a power of two from 4 to 2^32
     * @return the words
     * @throws IndexOutOfBoundsException when they are not all within the block
     * @throws IllegalArgumentException when they are not aligned, or a number is out of range
     */
    public IntWords int32s(long byteOffset, int count, long strideBytes) {
        return new OffHeapInts(this, byteOffset, count, strideBytes);
    }

    /**
     * 64-bit words of this block at equal distances.
     *
     * @param byteOffset offset of the first word, a multiple of 8
     * @param count number of words, at least 1
     * @param strideBytes bytes from one word to the next, a power of two from 8 to 2^32
     * @return the words
     * @throws IndexOutOfBoundsException when they are not all within the block
     * @throws IllegalArgumentException when they are not aligned, or a number is out of range
     */
    public LongWords int64s(long byteOffset, int count, long strideBytes) {
        return new OffHeapLongs(this, byteOffset, count, strideBytes);
    }

    /**
     * Reserves a range for one user: claiming any of its bytes again fails until {@link #release}. Words and views are
     * not affected; the claim only keeps two structures from being opened at the same place.
     *
     * @param byteOffset offset of the first byte
     * @param byteCount length in bytes, at least 1
     * @throws IllegalStateException when any of the bytes is claimed, or the block is closed
     * @throws IndexOutOfBoundsException when the range is not within the block
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
                    + " of the block are in use: another structure is open at byte " + before.getKey());
        }
        claimed.put(byteOffset, byteCount);
    }

    /**
     * Ends a claim; does nothing if there is none.
     *
     * @param byteOffset first byte of the claimed range
     */
    public synchronized void release(long byteOffset) {
        claimed.remove(byteOffset);
    }

    /** {@return a copy of all bytes, for tests and dumps} */
    public byte[] toByteArray() {
        return new BytesField(this, 0, Math.toIntExact(byteSize)).get();
    }

    /** Closes the block. Its memory is freed when no thread can be inside an access. Closing again does nothing. */
    @Override
    public synchronized void close() {
        if ((long) ADDRESS.getOpaque(this) != 0) {
            ADDRESS.setVolatile(this, 0L);
            holders.forEach(holder -> holder.keep(0));
            holders.clear();
            claimed.clear();
            LIVE.decrementAndGet();
            Reclaimer.retire(this);
        }
    }
}

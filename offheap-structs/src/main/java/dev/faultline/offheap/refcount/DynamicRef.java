package dev.faultline.offheap.refcount;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.IntWords;
import dev.faultline.offheap.memory.LongWord;
import dev.faultline.offheap.memory.StripeAreas;
import dev.faultline.offheap.rcu.GracePeriods;
import dev.faultline.offheap.rcu.Reader;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A reference count that starts as one 64-bit word, and changes by itself to one counter per stripe when it is used
 * much: the form in which per-CPU references were first proposed for Linux, in 2012. The low bits of the word count
 * references, the high bits count gets, so one addition counts both. When the high bits wrap around within a second, a
 * counter for each stripe is allocated.
 *
 * <p>The two low bits of a second word hold the state: counted per stripe; counted in the one word; killed and waiting
 * for the grace period; or killed and counted in the one word. The counters of the stripes have 32 bits and wrap
 * around; while they are used, at most 2^31 - 1 references may be held.
 *
 * <p>In the proposal, a put that found the object alive did not check whether it was the last one. If the kill and the
 * put of the initial reference overtook it, the release was lost. Here the word has a bias, half of what its low bits
 * hold, until the object is killed and its stripes are added up, so every put can check.
 *
 * <p>The number of gets decides, not contention: a single thread that gets often enough also changes the count to
 * stripes.
 *
 * <p>Thread-safe, except that no thread should use the count while it is closed.
 */
public final class DynamicRef implements AutoCloseable {

    /** Number of gets within one second after which the count changes to stripes, as proposed. */
    public static final int DEFAULT_THRESHOLD = 4096;

    static final int PTR = 0;
    static final int NONE = 1;
    static final int DYING = 2;
    static final int DEAD = 3;

    private static final int LARGEST_THRESHOLD = 1 << 20;
    private static final long STATES = 3;
    private static final long MARK = 4;
    private static final int STAMP_SHIFT = 3;
    private static final long CLOSED = MARK | DEAD;
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongWord count;
    private final LongWord state; // the state; above it the number of a slot, or a mark and a time stamp
    private final Dependencies dependencies;
    private final Runnable release;
    private final int countBits;
    private final long countMask;
    private final long bias;
    private final long oneGet;
    // written by the thread that marked the state, before it sets PTR; read after PTR was read, and by the fold
    private Counters counters;
    private IntWords words;
    private Runnable releasePlace = () -> {};
    private volatile boolean closed;

    /** The counters of the stripes; {@code number} identifies them in the state word and is a multiple of 4. */
    record Counters(IntWords words, long number, Runnable free) {}

    /**
     * What the count needs from outside; tests replace it.
     *
     * @param allocate makes counters, all 0, or returns null when there are none left
     */
    record Dependencies(Supplier<Counters> allocate, RcuCallbacks callbacks, LongSupplier clock) {}

    DynamicRef(LongWord count, LongWord state, int threshold, Dependencies dependencies, Runnable release) {
        if (Integer.bitCount(threshold) != 1 || threshold < 2 || threshold > LARGEST_THRESHOLD) {
            throw new IllegalArgumentException(
                    "threshold=" + threshold + ", expected a power of two from 2 to " + LARGEST_THRESHOLD);
        }
        this.count = count;
        this.state = state;
        this.dependencies = dependencies;
        this.release = Objects.requireNonNull(release, "release");
        countBits = Long.SIZE - Integer.numberOfTrailingZeros(threshold);
        countMask = -1L >>> -countBits;
        bias = 1L << countBits - 1;
        oneGet = 1L << countBits | 1;
        count.set(bias + 1);
        state.setVolatile(stamped(dependencies.clock().getAsLong()));
    }

    /**
     * Opens a reference count with one reference.
     *
     * @param block the block that the counted object is in
     * @param byteOffset offset of the count's 16 bytes in the block, a multiple of 8
     * @param areas where the stripes are allocated; at least as many stripes as {@code periods} has readers. While they
     *     are full the count stays one word
     * @param periods the grace periods that the counting readers are registered with
     * @param clock the time in nanoseconds, as {@link System#nanoTime}
     * @param threshold number of gets within one second after which the count changes to stripes, a power of two from 2
     *     to 2^20
     * @param release called when the count becomes zero after a kill, by the thread that put last or that polls
     * @return the count; close it
     * @throws IllegalArgumentException when a number is out of range, the offset is not aligned, or there are fewer
     *     stripes than readers
     * @throws IllegalStateException when another count is open at this offset
     * @throws IndexOutOfBoundsException when the 16 bytes are not within the block
     */
    public static DynamicRef open(
            Block block,
            long byteOffset,
            StripeAreas areas,
            GracePeriods periods,
            LongSupplier clock,
            int threshold,
            Runnable release) {
        RcuCallbacks callbacks = RcuCallbacks.of(periods, areas);
        Objects.requireNonNull(clock, "clock");
        block.claim(byteOffset, 2 * Long.BYTES);
        try {
            DynamicRef ref = new DynamicRef(
                    block.int64(byteOffset),
                    block.int64(byteOffset + Long.BYTES),
                    threshold,
                    new Dependencies(() -> allocate(areas), callbacks, clock),
                    release);
            ref.releasePlace = () -> block.release(byteOffset);
            return ref;
        } catch (RuntimeException refused) {
            block.release(byteOffset);
            throw refused;
        }
    }

    private static Counters allocate(StripeAreas areas) {
        try {
            StripeAreas.Slot slot = areas.allocate(Integer.BYTES);
            return new Counters(slot.int32s(), slot.number(), () -> areas.free(slot));
        } catch (StripeAreas.Exhausted full) {
            return null;
        }
    }

    /**
     * Takes a reference. The caller must have one already, or know that the initial one is held.
     *
     * @param reader the calling thread's reader, inside
     * @throws IllegalStateException when the reader is not inside, the count is found to be zero, or it is closed
     */
    public void get(Reader reader) {
        reader.expectInside();
        long seen = state.getVolatile();
        if ((seen & STATES) == PTR) {
            add(reader.slot(), 1);
        } else {
            getShared(seen);
        }
    }

    /** Changes a stripe. Only its owner writes it until the grace period is over; see {@link PercpuRef}. */
    private void add(int stripe, int references) {
        IntWords mine = words;
        if (mine == null) { // closed after the state was read
            throw closed();
        }
        mine.setOrdered(stripe, mine.get(stripe) + references);
    }

    private void getShared(long seen) {
        expectOpen(seen);
        long before = count.getAndAdd(oneGet);
        if (isGone(before)) {
            count.getAndAdd(-1);
            throw new IllegalStateException("the count is zero; its object may be freed already");
        }
        if (before + oneGet >>> countBits == 0 && (seen & STATES) == NONE) {
            wrapped(seen);
        }
    }

    /**
     * Whether the low bits, as a signed number, are zero or a little below. While there is a bias they are far from
     * both.
     */
    private boolean isGone(long word) {
        long references = word << Long.SIZE - countBits >> Long.SIZE - countBits;
        return references <= 0 && references > -(bias >> 1);
    }

    /** The high bits have wrapped around. The thread that marks the state first checks the time; others go on. */
    private void wrapped(long seen) {
        long marked = seen | MARK;
        if (seen == marked || !state.compareAndSet(seen, marked)) {
            return;
        }
        long now = dependencies.clock().getAsLong();
        boolean soon = (stamped(now) - seen >> STAMP_SHIFT) <= WINDOW_NANOS;
        if (!soon || !turnPercpu(marked)) {
            state.compareAndSet(marked, stamped(now));
        }
    }

    private static long stamped(long nanos) {
        return nanos << STAMP_SHIFT | NONE;
    }

    /** Changes to stripes; returns false when there are no counters left. */
    private boolean turnPercpu(long marked) {
        Counters made = dependencies.allocate().get();
        if (made == null) {
            return false;
        }
        counters = made;
        words = made.words();
        boolean turned = false;
        try {
            turned = state.compareAndSet(marked, made.number() | PTR);
        } finally {
            if (!turned) { // killed or closed meanwhile
                freeCounters();
            }
        }
        return true;
    }

    /**
     * Gives a reference back. The last put of a killed object calls {@code release}.
     *
     * @param reader the calling thread's reader, inside; another thread may have taken the reference
     * @throws IllegalStateException when the reader is not inside, more references were put than got, or it is closed
     */
    public void put(Reader reader) {
        reader.expectInside();
        long seen = state.getVolatile();
        if ((seen & STATES) == PTR) {
            add(reader.slot(), -1);
        } else {
            expectOpen(seen);
            shift(-1);
        }
    }

    /** Adds to the one word, and releases the object if no reference is left. */
    private void shift(long references) {
        long left = count.getAndAdd(references) + references;
        if ((left & countMask) == 0) {
            release.run();
        } else if (isGone(left)) {
            count.getAndAdd(-references); // the object then leaks, which does less harm than freeing it twice
            throw new IllegalStateException("more references were put than got");
        }
    }

    /**
     * Kills the object: it is released when all references are put. A caller that gets {@code true} must put the
     * initial reference, at any later time. If the count is kept per stripe, the stripes are added up after a grace
     * period, when a thread polls, and the object is not released before.
     *
     * @return true the first time, false afterwards
     * @throws IllegalStateException when the count is closed
     */
    public boolean kill() {
        while (true) {
            long seen = state.getVolatile();
            expectOpen(seen);
            int now = (int) (seen & STATES);
            if (now == DYING || now == DEAD) {
                return false;
            }
            if (now == PTR && state.compareAndSet(seen, DYING)) {
                dependencies.callbacks().defer(this::fold);
                return true;
            }
            if (now == NONE && state.compareAndSet(seen, DEAD)) {
                count.getAndAdd(-bias); // cannot become zero: the caller has a reference
                return true;
            }
        }
    }

    /** Ends a kill. Sum and bias are added last and in one step: after it any put may release the object. */
    private void fold() {
        IntWords mine = words;
        if (mine == null) {
            return; // closed meanwhile, after its block
        }
        int sum = 0;
        for (int stripe = 0; stripe < mine.count(); stripe++) {
            sum += mine.getVolatile(stripe);
        }
        freeCounters();
        state.setVolatile(DEAD);
        shift(sum - bias);
    }

    /** Frees the counters once; called by the fold, by close, and when counters were made too late. */
    private void freeCounters() {
        Counters mine;
        synchronized (this) {
            mine = counters;
            counters = null;
            words = null;
        }
        if (mine != null) {
            mine.free().run();
        }
    }

    /** {@return whether the object is killed} */
    public boolean isKilled() {
        return state() >= DYING;
    }

    /** {@return whether counting is per stripe} */
    public boolean isPercpu() {
        return state() == PTR;
    }

    int state() {
        return (int) (state.getVolatile() & STATES);
    }

    private static void expectOpen(long seen) {
        if (seen == CLOSED) {
            throw closed();
        }
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("the reference count is closed");
    }

    /**
     * Frees the counters, if there are any. A get or put under way ends as with {@link PercpuRef}. Closing again does
     * nothing.
     *
     * @throws IllegalStateException when the object is killed and the grace period is not over; {@link
     *     GracePeriods#barrier} ends it
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (isFolding()) {
            throw new IllegalStateException("killed but not folded yet; that happens after the grace period");
        }
        closed = true;
        try {
            state.setVolatile(CLOSED);
        } catch (IllegalStateException blockClosed) {
            // the block of the 16 bytes was closed first; there is nothing to write
        }
        state.detach(); // a late call must not change another count at the same place
        count.detach();
        freeCounters();
        releasePlace.run();
    }

    private boolean isFolding() {
        try {
            return state() == DYING;
        } catch (IllegalStateException blockClosed) {
            return false;
        }
    }
}

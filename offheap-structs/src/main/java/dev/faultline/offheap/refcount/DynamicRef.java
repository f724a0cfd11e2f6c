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
 * A reference count that begins as one 64-bit word and turns per stripe by itself once it is used much: the form in which
 * per-CPU references were first proposed (2012). The low bits of the word count references, the high bits gets, so that one add
 * counts both; when the high bits wrap around within a second, counters for the stripes are allocated.
 *
 * <p>A second word has in its two low bits which of four states it is in: counted per stripe, or in the one word, or killed and
 * waiting for the grace period, or killed and counted in the one word. Counters per stripe have 32 bits, modular; while it is per
 * stripe up to 2^31 - 1 references may be held.
 *
 * <p>As proposed, a put that found it alive did not look whether it was the last; one that was overtaken by the kill and by the
 * initial reference's put lost the release. Here the word has a bias, half of what its low bits hold, until it is killed and
 * folded, so that every put may look.
 *
 * <p>What it goes by is gets, not contention: it turns per stripe also when a single thread uses it much.
 */
public final class DynamicRef implements AutoCloseable {

    /** Gets within one second after which it turns per stripe, as proposed. */
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
    private final LongWord state; // the state, and above it a slot's number, or a mark and a time stamp
    private final Dependencies dependencies;
    private final Runnable release;
    private final int countBits;
    private final long countMask;
    private final long bias;
    private final long oneGet;
    // written by who has marked the state, before it says PTR; read only by who has seen that it does, and by the fold
    private Counters counters;
    private IntWords words;
    private Runnable releasePlace = () -> {};
    private volatile boolean closed;

    /** Counters of the stripes; number is what the state word says of them, a multiple of 4. */
    record Counters(IntWords words, long number, Runnable free) {}

    /**
     * What it needs of others.
     *
     * @param allocate makes counters, all 0, or gives null when there are none left
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
     * Makes a reference count, with one reference.
     *
     * @param block where the object is that is counted for
     * @param byteOffset where in the block its 16 bytes are, a multiple of 8
     * @param areas where counters come from; at least as many stripes as there may be readers. While they are full it stays
     *     one word
     * @param periods of the readers that count
     * @param clock nanoseconds, as {@link System#nanoTime}
     * @param threshold gets within one second after which it turns per stripe, a power of two from 2 to 2^20
     * @param release what is run when the count comes to zero after it is killed, by whoever put last or by whoever polls
     * @return the count; to be closed
     * @throws IllegalArgumentException when a number is out of range or the place is not aligned
     * @throws IllegalStateException when another such count is open at the place
     * @throws IndexOutOfBoundsException when the place is not within the block
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
     * Takes a reference; the caller has one already, or knows that the initial one is held.
     *
     * @param reader the calling thread's, inside
     * @throws IllegalStateException when the reader is not inside, when the count is found to be zero, or after close
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

    /** The stripe has one owner, and nobody else writes it until the grace period is over: see {@link PercpuRef}. */
    private void add(int stripe, int references) {
        IntWords mine = words;
        if (mine == null) { // closed since the state was read
            throw closed();
        }
        mine.setOrdered(stripe, mine.get(stripe) + references);
    }

    private void getShared(long seen) {
        expectOpen(seen);
        long before = count.getAndAdd(oneGet);
        if (isGone(before)) {
            count.getAndAdd(-1);
            throw new IllegalStateException("the count is zero and what it counted for may be gone");
        }
        if (before + oneGet >>> countBits == 0 && (seen & STATES) == NONE) {
            wrapped(seen);
        }
    }

    /** Zero, or a little below it: the low bits as a signed number. While there is a bias they are far from both. */
    private boolean isGone(long word) {
        long references = word << Long.SIZE - countBits >> Long.SIZE - countBits;
        return references <= 0 && references > -(bias >> 1);
    }

    /** The high bits have wrapped around. Who marks the state looks at the time; who comes too late goes on. */
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

    /** Returns false when there are no counters left. */
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
            if (!turned) { // killed or closed since
                freeCounters();
            }
        }
        return true;
    }

    /**
     * Gives a reference back. The last one, of one that is killed, runs {@code release}.
     *
     * @param reader the calling thread's, inside; need not be the one that got it
     * @throws IllegalStateException when the reader is not inside, when it is found that more was put than got, or after
     *     close
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

    /** Adds to the one word, and looks what is left. */
    private void shift(long references) {
        long left = count.getAndAdd(references) + references;
        if ((left & countMask) == 0) {
            release.run();
        } else if (isGone(left)) {
            count.getAndAdd(-references); // rather never released than twice
            throw new IllegalStateException("more references were put than got");
        }
    }

    /**
     * Kills it: it will be released when all references are put. Whoever is told {@code true} has to put the initial reference,
     * any time after. If it is counted per stripe the counters are folded after a grace period, when somebody polls, and it is
     * not released before.
     *
     * @return true the first time, false ever after
     * @throws IllegalStateException after close
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
                count.getAndAdd(-bias); // the caller has a reference: not zero yet
                return true;
            }
        }
    }

    /** The second stage. The sum and the bias are added last and at once: from then on anybody may be the one to release. */
    private void fold() {
        IntWords mine = words;
        if (mine == null) {
            return; // its block and it were closed since
        }
        int sum = 0;
        for (int stripe = 0; stripe < mine.count(); stripe++) {
            sum += mine.getVolatile(stripe);
        }
        freeCounters();
        state.setVolatile(DEAD);
        shift(sum - bias);
    }

    /** Frees them once, whoever comes first: the fold, who closes, or who made them too late. */
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

    /** {@return whether it is killed} */
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
     * Frees its counters, if it has any. A get or put that is under way ends as {@link PercpuRef} says. Closing again
     * does
     * nothing.
     *
     * @throws IllegalStateException when it waits for a grace period: {@link GracePeriods#barrier} ends it
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (isFolding()) {
            throw new IllegalStateException("it is killed but not folded; it is when the grace period is over");
        }
        closed = true;
        try {
            state.setVolatile(CLOSED);
        } catch (IllegalStateException blockClosed) {
            // the 16 bytes went with their block
        }
        state.detach(); // who comes late must not count in what another makes of the place
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

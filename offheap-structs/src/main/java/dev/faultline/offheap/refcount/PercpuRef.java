package dev.faultline.offheap.refcount;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.LongWord;
import dev.faultline.offheap.memory.LongWords;
import dev.faultline.offheap.memory.StripeAreas;
import dev.faultline.offheap.rcu.Callbacks;
import dev.faultline.offheap.rcu.GracePeriods;
import dev.faultline.offheap.rcu.Reader;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A reference count that is kept per stripe while the object lives and in one shared word once it is to die: the kernel's
 * {@code percpu_ref} in its final form. While it is per stripe nobody can tell whether it is zero, and nobody needs to,
 * because the initial reference is held until {@link #kill}.
 *
 * <p><b>Counting.</b> Every thread brings its {@link Reader}, inside; the reader's slot is the stripe. One thread owns a slot at
 * a time and nobody else writes its counter while counting is per stripe, so the counter is read, added to and stored with
 * release order: no atomic step, and no update is lost. When a slot passes to another thread, it does so under the lock of the
 * grace periods, so that the new owner reads what the old one stored. Counters wrap around and may be negative; only their
 * sum has a meaning.
 *
 * <p><b>Switching.</b> The shared count has a bias of 2^63 while it is not the whole truth. To switch, a flag is set in the word
 * that all read first; who enters from then on uses the shared count. Who was inside may still use its counter, until the
 * grace period is over: leaving stores with release order, and the fold has read that before it reads the counters, so it sees
 * every store. It adds sum and bias in one step. A put that goes to the shared count before that cannot see zero, because of
 * the bias.
 *
 * <p>Grace periods end when somebody polls; the end of a switch, and with it perhaps {@code release}, runs on the thread
 * that does. Between the last put and the moment when nobody looks at the object any more there is no implied grace period.
 *
 * <p>Methods that kill, revive or switch may be called by any thread, inside or outside unless said otherwise. Who closes
 * should know that nobody uses it any more: a get or put that is under way then throws {@link IllegalStateException},
 * or, with
 * areas that are packed, may count in a slot that has been given to another count meanwhile. The VM does not crash.
 */
public final class PercpuRef implements AutoCloseable {

    /** How a reference begins. */
    public enum Init {
        /** Counts in the shared word, and keeps to it; may be switched and revived. */
        ATOMIC,
        /** Begins at zero and dead, in the shared word; may be switched and revived. */
        DEAD,
        /** May be switched back to counting per stripe, and revived; else the stripes are freed with the first switch. */
        ALLOW_REINIT
    }

    static final long BIAS = 1L << 63;
    static final long ATOMIC = 1;
    static final long DEAD = 2;
    private static final long FLAGS = ATOMIC | DEAD;
    private static final int FLAG_BITS = 2;
    private static final long LEAST_UNBIASED = -(1L << 62);
    private static final Runnable NOTHING = () -> {};

    private final LongWord pointer; // the two flags, and which stripes
    private final LongWord count;
    private final LongWords stripes;
    private final PercpuRefMemory memory;
    private final Grace grace;
    private final Runnable release;
    private final Lock switching; // guards all writes of the pointer, and what follows
    private final List<Runnable> confirms = new ArrayList<>();
    private boolean zeroWhenClosed; // written before closed
    private volatile boolean closed;

    PercpuRef(PercpuRefMemory memory, Grace grace, Lock switching, Runnable release, Set<Init> init) {
        this.memory = memory;
        this.pointer = memory.pointer;
        this.count = memory.count;
        this.stripes = memory.stripes;
        this.grace = grace;
        this.switching = switching;
        this.release = Objects.requireNonNull(release, "release");
        start(init);
    }

    private void start(Set<Init> init) {
        boolean dead = init.contains(Init.DEAD);
        boolean atomic = dead || init.contains(Init.ATOMIC);
        memory.forceAtomic.set(init.contains(Init.ATOMIC) ? 1 : 0);
        memory.allowReinit.set(atomic || init.contains(Init.ALLOW_REINIT) ? 1 : 0);
        memory.confirmSwitch.set(0);
        memory.data.set(1);
        count.set((atomic ? 0 : BIAS) + (dead ? 0 : 1));
        pointer.setVolatile(memory.stripesNumber | (atomic ? ATOMIC : 0) | (dead ? DEAD : 0));
    }

    /**
     * Makes a reference count. It takes 16 bytes of the object it counts for, laid out as {@code struct percpu_ref}; the rest
     * it allocates. Where the kernel's words hold addresses they hold numbers that are 0 when there is nothing.
     *
     * @param block where the object is
     * @param byteOffset where in the block the 16 bytes are, a multiple of 8
     * @param areas where counters come from; at least as many stripes as there may be readers
     * @param periods of the readers that count
     * @param release what is run when the count comes to zero, by whoever put last: exactly once for each life
     * @param init how it begins; nothing means per stripe, alive with one reference, killed once and for all
     * @return the count; to be closed
     * @throws StripeAreas.Exhausted when the areas are full
     * @throws IllegalArgumentException when there may be more readers than stripes, or the place is not aligned
     * @throws IllegalStateException when another such count is open at the place
     * @throws IndexOutOfBoundsException when the place is not within the block
     */
    public static PercpuRef open(
            Block block, long byteOffset, StripeAreas areas, GracePeriods periods, Runnable release, Init... init) {
        Stripes.expectEnough(areas, periods);
        Objects.requireNonNull(release, "release");
        Set<Init> begin = EnumSet.noneOf(Init.class);
        for (Init one : init) {
            begin.add(Objects.requireNonNull(one, "init"));
        }
        PercpuRefMemory memory = PercpuRefMemory.allocate(block, byteOffset, areas);
        return new PercpuRef(memory, Grace.of(periods), new ReentrantLock(), release, begin);
    }

    /**
     * Takes a reference; the caller has one already, or knows that the initial one is held.
     *
     * @param reader the calling thread's, inside
     * @throws IllegalStateException when the reader is not inside, when the count is found to be zero, or after close
     */
    public void get(Reader reader) {
        getMany(reader, 1);
    }

    /**
     * Takes some references; as {@link #get}.
     *
     * @param reader the calling thread's, inside
     * @param references how many, at least 1
     */
    public void getMany(Reader reader, int references) {
        expectSome(references);
        reader.expectInside();
        if ((pointer.getVolatile() & FLAGS) == 0) {
            add(reader.slot(), references);
        } else {
            getShared(references);
        }
    }

    /** Only the owner of the stripe gets here, and only while the fold of this stripe cannot have begun. */
    private void add(int stripe, long references) {
        stripes.setOrdered(stripe, stripes.get(stripe) + references);
    }

    private void getShared(long references) {
        long before = count.getAndAdd(references);
        if (isGone(before)) {
            count.getAndAdd(-references);
            throw new IllegalStateException("the count is zero and what it counted for may be gone; tryGet tells");
        }
    }

    /** Zero, or below it because too much was put; the bias makes it a lot less than that. */
    private static boolean isGone(long shared) {
        return shared <= 0 && shared > LEAST_UNBIASED;
    }

    /**
     * Takes a reference unless the count is known to be zero. Of a killed object it still gives references, until the last is
     * put.
     *
     * @param reader the calling thread's, inside
     * @return whether it took one
     * @throws IllegalStateException when the reader is not inside, or after close
     */
    public boolean tryGet(Reader reader) {
        reader.expectInside();
        if ((pointer.getVolatile() & FLAGS) == 0) {
            add(reader.slot(), 1);
            return true;
        }
        return tryGetShared();
    }

    /**
     * Takes a reference unless it is killed. One that is killed at the same time may still give one, until it is confirmed.
     *
     * @param reader the calling thread's, inside
     * @return whether it took one
     * @throws IllegalStateException when the reader is not inside, or after close
     */
    public boolean tryGetLive(Reader reader) {
        reader.expectInside();
        long flags = pointer.getVolatile() & FLAGS;
        if (flags == 0) {
            add(reader.slot(), 1);
            return true;
        }
        if ((flags & DEAD) == 0) {
            return tryGetShared();
        }
        return false;
    }

    private boolean tryGetShared() {
        long seen = count.getVolatile();
        while (!isGone(seen)) {
            if (count.compareAndSet(seen, seen + 1)) {
                return true;
            }
            seen = count.getVolatile();
        }
        return false;
    }

    /**
     * Gives a reference back. The last one, of one that is killed, runs {@code release}.
     *
     * @param reader the calling thread's, inside; need not be the one that got it
     * @throws IllegalStateException when the reader is not inside, when it is found that more was put than got, or after
     *     close
     */
    public void put(Reader reader) {
        putMany(reader, 1);
    }

    /**
     * Gives some references back; as {@link #put}.
     *
     * @param reader the calling thread's, inside
     * @param references how many, at least 1
     */
    public void putMany(Reader reader, int references) {
        expectSome(references);
        reader.expectInside();
        if ((pointer.getVolatile() & FLAGS) == 0) {
            add(reader.slot(), -references);
        } else {
            putShared(references);
        }
    }

    private void putShared(long references) {
        long left = count.getAndAdd(-references) - references;
        if (left == 0) {
            release.run();
        } else if (isGone(left)) {
            count.getAndAdd(references); // rather never released than twice
            throw new IllegalStateException("more references were put than got");
        }
    }

    private static void expectSome(int references) {
        if (references < 1) {
            throw new IllegalArgumentException("references=" + references + ", expected at least 1");
        }
    }

    /** Marks it dead, switches to the shared count and puts the initial reference; as {@link #killAndConfirm}. */
    public void kill() {
        killAndConfirm(NOTHING);
    }

    /**
     * Marks it dead, switches to the shared count and puts the initial reference.
     *
     * @param confirm what is run when everybody has seen that it is dead and {@link #tryGetLive} fails for good: at once if the
     *     count is in the shared word already, else after a grace period
     * @throws IllegalStateException when it is dead already, or closed; nothing is changed then
     */
    public void killAndConfirm(Runnable confirm) {
        Objects.requireNonNull(confirm, "confirm");
        boolean later;
        switching.lock();
        try {
            expectOpen();
            if (isDying()) {
                throw new IllegalStateException("it is killed already");
            }
            pointer.setVolatile(pointer.get() | DEAD);
            later = beAtomic(confirm);
        } finally {
            switching.unlock();
        }
        try {
            if (!later) {
                confirm.run();
            }
        } finally {
            putShared(1);
        }
    }

    /**
     * Switches to the shared count and keeps to it until {@link #switchToPercpu}; the end of the switch runs after a grace
     * period.
     *
     * @param confirm what is run when everybody uses the shared count; at once if so already
     * @throws IllegalStateException when it is closed
     */
    public void switchToAtomic(Runnable confirm) {
        Objects.requireNonNull(confirm, "confirm");
        boolean later;
        switching.lock();
        try {
            expectOpen();
            memory.forceAtomic.set(1);
            later = beAtomic(confirm);
        } finally {
            switching.unlock();
        }
        if (!later) {
            confirm.run();
        }
    }

    /**
     * Switches to the shared count and waits until everybody uses it.
     *
     * @throws IllegalStateException when the calling thread is inside or in a callback, so that it cannot wait; the switch goes
     *     on nevertheless
     */
    public void switchToAtomicSync() {
        switchToAtomic(NOTHING);
        grace.barrier();
    }

    /** Sets off a switch unless one is under way or over. Returns whether {@code confirm} is run later. */
    private boolean beAtomic(Runnable confirm) {
        if (isSwitching()) {
            confirms.add(confirm);
            return true;
        }
        if ((pointer.get() & ATOMIC) != 0) {
            return false;
        }
        pointer.setVolatile(pointer.get() | ATOMIC);
        memory.confirmSwitch.set(1);
        confirms.add(confirm);
        count.getAndAdd(1); // the fold's own, so that it is not released before
        grace.defer(this::fold);
        return true;
    }

    private boolean isSwitching() {
        return memory.confirmSwitch.get() != 0;
    }

    /** The end of a switch, when the grace period is over: nobody writes the counters of the stripes any more. */
    private void fold() {
        long sum = 0;
        for (int stripe = 0; stripe < stripes.count(); stripe++) {
            sum += stripes.getVolatile(stripe);
        }
        count.getAndAdd(sum - BIAS); // in one step: between two the count could be zero
        try {
            confirmAll();
        } finally {
            putShared(1);
        }
    }

    /** Confirms, also what is asked for meanwhile; then goes on to what was asked for while the switch was under way. */
    private void confirmAll() {
        Callbacks callbacks = new Callbacks();
        for (Runnable confirm = nextConfirm(); confirm != null; confirm = nextConfirm()) {
            callbacks.run(confirm);
        }
        callbacks.throwFirst();
    }

    private Runnable nextConfirm() {
        switching.lock();
        try {
            if (!confirms.isEmpty()) {
                return confirms.remove(0);
            }
            memory.confirmSwitch.set(0);
            if (memory.allowReinit.get() == 0) {
                pointer.setVolatile(pointer.get() & FLAGS);
                memory.freeStripes();
            } else {
                bePercpuIfWanted();
            }
            return null;
        } finally {
            switching.unlock();
        }
    }

    /**
     * Allows counting per stripe again, after {@link #switchToAtomic}: at once, or when a switch that is under way has ended,
     * or when a dead one is revived.
     *
     * @throws IllegalStateException when it was not made with {@link Init#ALLOW_REINIT}, or is closed
     */
    public void switchToPercpu() {
        switching.lock();
        try {
            expectOpen();
            expectReinitAllowed();
            memory.forceAtomic.set(0);
            bePercpuIfWanted();
        } finally {
            switching.unlock();
        }
    }

    private void bePercpuIfWanted() {
        boolean wanted = memory.forceAtomic.get() == 0 && !isDying() && !isSwitching();
        if (!wanted || (pointer.get() & ATOMIC) == 0) {
            return;
        }
        count.getAndAdd(BIAS);
        for (int stripe = 0; stripe < stripes.count(); stripe++) {
            stripes.set(stripe, 0);
        }
        pointer.setVolatile(pointer.get() & ~ATOMIC); // who sees this sees the counters at zero
    }

    /**
     * Begins a new life of one that is released: alive with one reference, counted as before.
     *
     * @throws IllegalStateException when its count is not zero, it was not made for it, or it is closed
     */
    public void reinit() {
        switching.lock();
        try {
            expectOpen();
            if (!isZero()) {
                throw new IllegalStateException("its count is not zero; only what is released begins anew");
            }
            revive();
        } finally {
            switching.unlock();
        }
    }

    /**
     * Takes back a kill: gives it an initial reference again, whatever its count is.
     *
     * @throws IllegalStateException when it is not killed, it was not made for it, or it is closed
     */
    public void resurrect() {
        switching.lock();
        try {
            expectOpen();
            revive();
        } finally {
            switching.unlock();
        }
    }

    private void revive() {
        expectReinitAllowed();
        if (!isDying()) {
            throw new IllegalStateException("it is not killed");
        }
        count.getAndAdd(1);
        pointer.setVolatile(pointer.get() & ~DEAD);
        bePercpuIfWanted();
    }

    private void expectReinitAllowed() {
        if (memory.allowReinit.get() == 0) {
            throw new IllegalStateException("it was not made with ALLOW_REINIT; its stripes go with the first switch");
        }
    }

    private void expectOpen() {
        if (closed) {
            throw closed();
        }
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("the reference count is closed");
    }

    /** {@return whether the count is zero; false while it is per stripe, when nobody knows. Still answers after close} */
    public boolean isZero() {
        if (closed) {
            return zeroWhenClosed;
        }
        try {
            return (pointer.getVolatile() & ATOMIC) != 0 && count.getVolatile() == 0;
        } catch (IllegalStateException closedMeanwhile) {
            return answerWhenClosed(closedMeanwhile, zeroWhenClosed);
        }
    }

    /** {@return whether it is killed. Still answers after close: true} */
    public boolean isDying() {
        if (closed) {
            return true;
        }
        try {
            return (pointer.getVolatile() & DEAD) != 0;
        } catch (IllegalStateException closedMeanwhile) {
            return answerWhenClosed(closedMeanwhile, true);
        }
    }

    private boolean answerWhenClosed(IllegalStateException refused, boolean answer) {
        if (!closed) {
            throw refused; // its block was closed, and not it
        }
        return answer;
    }

    /** {@return whether counting is per stripe; false after close} */
    public boolean isPercpu() {
        return !closed && (pointer.getVolatile() & ATOMIC) == 0;
    }

    /**
     * Frees its memory, except for the 16 bytes in the object; those keep the shared count until another uses the place. {@link
     * #isZero} and {@link #isDying} still answer; all else throws. Closing again does nothing.
     *
     * @throws IllegalStateException when a switch is under way: {@link GracePeriods#barrier} ends it
     */
    @Override
    public void close() {
        switching.lock();
        try {
            if (closed) {
                return;
            }
            if (isSwitching()) {
                throw new IllegalStateException("a switch is under way; it ends with the grace period");
            }
            try {
                zeroWhenClosed = count.getVolatile() == 0;
                pointer.setVolatile(count.getVolatile() << FLAG_BITS | FLAGS);
                memory.data.setVolatile(0);
            } catch (IllegalStateException blockClosed) {
                // the 16 bytes went with their block
            } finally {
                closed = true;
                memory.free();
            }
        } finally {
            switching.unlock();
        }
    }
}

package dev.faultline.offheap.refcount;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.LongWord;
import dev.faultline.offheap.memory.LongWords;
import dev.faultline.offheap.memory.StripeAreas;
import dev.faultline.offheap.rcu.GracePeriods;
import dev.faultline.offheap.rcu.Reader;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A reference count that is kept per stripe while the object lives, and in one shared word once the object is to be
 * freed: the kernel's {@code percpu_ref}, as in Linux 5.10 to 7.2. While it is kept per stripe its sum is not known; it
 * need not be, because the initial reference is held until {@link #kill}.
 *
 * <p><b>Counting.</b> Each thread passes its {@link Reader}, which must be inside; the reader's slot is its stripe.
 * Only the slot's owner writes the stripe while counting is per stripe, so a get is a plain read, an addition and a
 * store with release order: no atomic instruction, and no update is lost. A slot passes from one thread to another
 * under the lock of the grace periods, so the new owner reads what the old one stored. Stripes wrap around and may be
 * negative; only their sum has a meaning. Get and put take constant time; a switch takes time in proportion to the
 * number of stripes.
 *
 * <p><b>Switching.</b> A switch between the two modes ends after a grace period. Until then gets and puts may count
 * either in a stripe or in the shared word, which has a bias of 2^63 so that it cannot become zero.
 *
 * <p>A grace period ends when a thread calls {@link GracePeriods#poll}, {@link GracePeriods#barrier} or {@link
 * GracePeriods#close}. That thread ends the switch, and runs {@code release} if no reference is left. After the last
 * put {@code release} runs at once; no further grace period is waited for.
 *
 * <p>Methods that kill, revive or switch may be called by any thread, inside or outside a reader unless said otherwise.
 * No thread should use the count while it is closed: a get or put under way then throws {@link IllegalStateException}
 * or, with {@link StripeAreas#packed packed} areas, may change a slot that another count has been given. The VM does
 * not crash.
 */
public final class PercpuRef implements AutoCloseable {

    /** How a reference count begins. */
    public enum Init {
        /** Begins in the shared word and stays there until {@link #switchToPercpu}; implies {@link #ALLOW_REINIT}. */
        ATOMIC,
        /** Begins dead, at zero, in the shared word; implies {@link #ALLOW_REINIT}. */
        DEAD,
        /** Can be switched back to counting per stripe, and revived. Without it the first switch frees the stripes. */
        ALLOW_REINIT
    }

    private static final Runnable NOTHING = () -> {};

    private final LongWord pointer;
    private final LongWords stripes;
    private final BiasedCount count;
    private final PercpuRefSwitch mode;

    PercpuRef(PercpuRefMemory memory, RcuCallbacks callbacks, Lock switching, Runnable release, Set<Init> init) {
        this.pointer = memory.pointer;
        this.stripes = memory.stripes;
        this.count = new BiasedCount(memory.count, release);
        this.mode = new PercpuRefSwitch(memory, count, callbacks, switching, init);
    }

    /**
     * Opens a reference count. It takes 16 bytes of the object it counts for, laid out as {@code struct percpu_ref},
     * and allocates the rest. Where the kernel's words hold addresses they hold numbers, which are 0 for null.
     *
     * @param block the block that the object is in
     * @param byteOffset offset of the 16 bytes in the block, a multiple of 8
     * @param areas where the stripes are allocated; at least as many stripes as {@code periods} has readers
     * @param periods the grace periods that the counting readers are registered with
     * @param release called when the count becomes zero, by the thread that put last; once for each life
     * @param init how the count begins; none of them means per stripe, with one reference, and not revivable
     * @return the count; close it
     * @throws StripeAreas.Exhausted when the areas are full
     * @throws IllegalArgumentException when there are fewer stripes than readers, or the offset is not aligned
     * @throws IllegalStateException when another count is open at this offset
     * @throws IndexOutOfBoundsException when the 16 bytes are not within the block
     */
    public static PercpuRef open(
            Block block, long byteOffset, StripeAreas areas, GracePeriods periods, Runnable release, Init... init) {
        RcuCallbacks callbacks = RcuCallbacks.of(periods, areas);
        Objects.requireNonNull(release, "release");
        Set<Init> begin = EnumSet.noneOf(Init.class);
        for (Init one : init) {
            begin.add(Objects.requireNonNull(one, "init"));
        }
        PercpuRefMemory memory = PercpuRefMemory.allocate(block, byteOffset, areas);
        return new PercpuRef(memory, callbacks, new ReentrantLock(), release, begin);
    }

    /**
     * Takes a reference. The caller must have one already, or know that the initial one is held.
     *
     * @param reader the calling thread's reader, inside
     * @throws IllegalStateException when the reader is not inside, the count is found to be zero, or it is closed
     */
    public void get(Reader reader) {
        getMany(reader, 1);
    }

    /**
     * Takes several references; otherwise as {@link #get}.
     *
     * @param reader the calling thread's reader, inside
     * @param references how many, at least 1
     * @throws IllegalArgumentException when {@code references} is less than 1
     * @throws IllegalStateException when the reader is not inside, the count is found to be zero, or it is closed
     */
    public void getMany(Reader reader, int references) {
        expectPositive(references);
        if (flags(reader) == 0) {
            add(reader.slot(), references);
        } else {
            count.get(references);
        }
    }

    private static void expectPositive(int references) {
        if (references < 1) {
            throw new IllegalArgumentException("references=" + references + ", expected at least 1");
        }
    }

    /** {@return the flags of the pointer word: 0 while counting is per stripe} */
    private long flags(Reader reader) {
        reader.expectInside();
        return pointer.getVolatile() & PercpuRefSwitch.FLAGS;
    }

    /** Changes a stripe. Only its owner calls this, and only while the fold cannot have begun. */
    private void add(int stripe, long references) {
        stripes.setOrdered(stripe, stripes.get(stripe) + references);
    }

    /**
     * Takes a reference unless the count is known to be zero. A killed object still gives references until the last one
     * is put.
     *
     * @param reader the calling thread's reader, inside
     * @return whether a reference was taken
     * @throws IllegalStateException when the reader is not inside, or the count is closed
     */
    public boolean tryGet(Reader reader) {
        return tryGet(reader, PercpuRefSwitch.ATOMIC | PercpuRefSwitch.DEAD);
    }

    /**
     * Takes a reference unless the object is killed. While a kill is under way on another thread it may still take one,
     * until the kill is confirmed.
     *
     * @param reader the calling thread's reader, inside
     * @return whether a reference was taken
     * @throws IllegalStateException when the reader is not inside, or the count is closed
     */
    public boolean tryGetLive(Reader reader) {
        return tryGet(reader, PercpuRefSwitch.ATOMIC);
    }

    private boolean tryGet(Reader reader, long allowedFlags) {
        long flags = flags(reader);
        if (flags == 0) {
            add(reader.slot(), 1);
            return true;
        }
        return (flags & ~allowedFlags) == 0 && count.tryGet();
    }

    /**
     * Gives a reference back. The last put of a killed object calls {@code release}.
     *
     * @param reader the calling thread's reader, inside; another thread may have taken the reference
     * @throws IllegalStateException when the reader is not inside, more references were put than got, or it is closed
     */
    public void put(Reader reader) {
        putMany(reader, 1);
    }

    /**
     * Gives several references back; otherwise as {@link #put}.
     *
     * @param reader the calling thread's reader, inside
     * @param references how many, at least 1
     * @throws IllegalArgumentException when {@code references} is less than 1
     * @throws IllegalStateException when the reader is not inside, more references were put than got, or it is closed
     */
    public void putMany(Reader reader, int references) {
        expectPositive(references);
        if (flags(reader) == 0) {
            add(reader.slot(), -references);
        } else {
            count.put(references);
        }
    }

    /**
     * Marks the object dead, switches to the shared word and puts the initial reference; see {@link #killAndConfirm}.
     */
    public void kill() {
        killAndConfirm(NOTHING);
    }

    /**
     * Marks the object dead, switches to the shared word and puts the initial reference.
     *
     * @param confirm called when every thread sees the object dead, so that {@link #tryGetLive} fails from then on: at
     *     once if the count is in the shared word already, otherwise after a grace period
     * @throws IllegalStateException when it is dead already, or closed; nothing is changed then
     */
    public void killAndConfirm(Runnable confirm) {
        mode.kill(Objects.requireNonNull(confirm, "confirm"));
    }

    /**
     * Switches to the shared word, and stays there until {@link #switchToPercpu}. The switch ends after a grace period.
     *
     * @param confirm called when every thread uses the shared word: at once if that is so already
     * @throws IllegalStateException when it is closed
     */
    public void switchToAtomic(Runnable confirm) {
        mode.toAtomic(Objects.requireNonNull(confirm, "confirm"));
    }

    /**
     * Switches to the shared word and waits until every thread uses it.
     *
     * @throws IllegalStateException when it is closed, or the calling thread cannot wait because it is inside a reader
     *     or in a callback; in the latter two cases the switch has been started
     */
    public void switchToAtomicSync() {
        mode.toAtomic(NOTHING);
        mode.await();
    }

    /**
     * Allows counting per stripe again after {@link #switchToAtomic}. The mode changes at once; or, if a switch is
     * under way, when that ends; or, if the object is dead, when it is revived.
     *
     * @throws IllegalStateException when it was opened without {@link Init#ALLOW_REINIT}, or is closed
     */
    public void switchToPercpu() {
        mode.toPercpu();
    }

    /**
     * Revives a released object: it is alive with one reference, and counted as before.
     *
     * @throws IllegalStateException when the count is not zero, it was opened without {@link Init#ALLOW_REINIT}, or is
     *     closed
     */
    public void reinit() {
        mode.reinit();
    }

    /**
     * Undoes a kill: the object has an initial reference again, whatever its count is.
     *
     * @throws IllegalStateException when it is not killed, it was opened without {@link Init#ALLOW_REINIT}, or is
     *     closed
     */
    public void resurrect() {
        mode.resurrect();
    }

    /** {@return whether the count is zero; false while it is kept per stripe. After close: whether it was zero then} */
    public boolean isZero() {
        return mode.isZero();
    }

    /** {@return whether the object is killed; true after close} */
    public boolean isDying() {
        return mode.isDying();
    }

    /** {@return whether counting is per stripe; false after close} */
    public boolean isPercpu() {
        return mode.isPercpu();
    }

    /**
     * Frees the memory of the count, except for the 16 bytes in the object, which keep the value of the shared word.
     * Only {@link #isZero} and {@link #isDying} can be called afterwards. Closing again does nothing.
     *
     * @throws IllegalStateException when a switch is under way; {@link GracePeriods#barrier} ends it
     */
    @Override
    public void close() {
        mode.close();
    }
}

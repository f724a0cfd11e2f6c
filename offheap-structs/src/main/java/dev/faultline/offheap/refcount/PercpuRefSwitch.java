package dev.faultline.offheap.refcount;

import dev.faultline.offheap.memory.LongWord;
import dev.faultline.offheap.memory.LongWords;
import dev.faultline.offheap.rcu.Callbacks;
import dev.faultline.offheap.refcount.PercpuRef.Init;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

/**
 * The mode of a {@link PercpuRef}: alive or dead, counted per stripe or in the shared word. All writes of the pointer
 * word, which holds the mode, happen here and under one lock.
 *
 * <p>A switch to the shared word begins with {@link #startSwitch}, which sets the flag that every get and put reads
 * first. Readers that were inside before may still write their stripes. The switch ends with {@link #fold}, which runs
 * after a grace period: a reader stores with release order when it exits, and the grace period has read that store
 * before {@code fold} reads the stripes, so it sees every count.
 */
final class PercpuRefSwitch {

    static final long ATOMIC = 1;
    static final long DEAD = 2;
    static final long FLAGS = ATOMIC | DEAD;

    private static final int FLAG_BITS = 2;

    private final PercpuRefMemory memory;
    private final LongWord pointer; // the two flags, and above them the number of the stripes' slot
    private final LongWords stripes;
    private final BiasedCount count;
    private final RcuCallbacks callbacks;
    private final Lock lock;
    private final List<Runnable> confirms = new ArrayList<>(); // guarded by lock
    private boolean zeroWhenClosed; // written before closed
    private volatile boolean closed;

    PercpuRefSwitch(PercpuRefMemory memory, BiasedCount count, RcuCallbacks callbacks, Lock lock, Set<Init> init) {
        this.memory = memory;
        this.pointer = memory.pointer;
        this.stripes = memory.stripes;
        this.count = count;
        this.callbacks = callbacks;
        this.lock = lock;
        boolean dead = init.contains(Init.DEAD);
        boolean atomic = dead || init.contains(Init.ATOMIC);
        memory.forceAtomic.set(init.contains(Init.ATOMIC) ? 1 : 0);
        memory.allowReinit.set(atomic || init.contains(Init.ALLOW_REINIT) ? 1 : 0);
        memory.confirmSwitch.set(0);
        memory.data.set(1);
        count.set((atomic ? 0 : BiasedCount.BIAS) + (dead ? 0 : 1));
        pointer.setVolatile(memory.stripesNumber | (atomic ? ATOMIC : 0) | (dead ? DEAD : 0));
    }

    /** Runs a change of the mode under the lock; throws when the count is closed. */
    private <T> T locked(Supplier<T> change) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the reference count is closed");
            }
            return change.get();
        } finally {
            lock.unlock();
        }
    }

    void kill(Runnable confirm) {
        boolean later = locked(() -> {
            if (isDying()) {
                throw new IllegalStateException("the reference count is killed already");
            }
            pointer.setVolatile(pointer.get() | DEAD);
            return startSwitch(confirm);
        });
        try {
            if (!later) {
                confirm.run();
            }
        } finally {
            count.put(1);
        }
    }

    void toAtomic(Runnable confirm) {
        boolean later = locked(() -> {
            memory.forceAtomic.set(1);
            return startSwitch(confirm);
        });
        if (!later) {
            confirm.run();
        }
    }

    /** Waits for the end of a switch. */
    void await() {
        callbacks.barrier();
    }

    /** Starts a switch unless one is under way or has ended. Returns whether {@code confirm} runs later. */
    private boolean startSwitch(Runnable confirm) {
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
        count.add(1); // held until fold ends, so that the object is not released before
        callbacks.defer(this::fold);
        return true;
    }

    private boolean isSwitching() {
        return memory.confirmSwitch.get() != 0;
    }

    /** Ends a switch: the grace period is over and no thread writes the stripes any more. */
    private void fold() {
        long sum = 0;
        for (int stripe = 0; stripe < stripes.count(); stripe++) {
            sum += stripes.getVolatile(stripe);
        }
        count.add(sum - BiasedCount.BIAS); // in one step: between two steps the count could be zero
        try {
            Callbacks all = new Callbacks();
            for (Runnable confirm = nextConfirm(); confirm != null; confirm = nextConfirm()) {
                all.run(confirm);
            }
            all.throwFirst();
        } finally {
            count.put(1);
        }
    }

    /**
     * {@return the next confirmation to run, also one requested meanwhile; after the last the switch ends, and null}
     */
    private Runnable nextConfirm() {
        return locked(() -> {
            if (!confirms.isEmpty()) {
                return confirms.remove(0);
            }
            memory.confirmSwitch.set(0);
            if (memory.allowReinit.get() == 0) {
                pointer.setVolatile(pointer.get() & FLAGS);
                memory.freeStripes();
            } else {
                toPercpuIfWanted();
            }
            return null;
        });
    }

    void toPercpu() {
        locked(() -> {
            expectReinitAllowed();
            memory.forceAtomic.set(0);
            toPercpuIfWanted();
            return null;
        });
    }

    private void toPercpuIfWanted() {
        boolean wanted = memory.forceAtomic.get() == 0 && !isDying() && !isSwitching();
        if (!wanted || (pointer.get() & ATOMIC) == 0) {
            return;
        }
        count.add(BiasedCount.BIAS);
        for (int stripe = 0; stripe < stripes.count(); stripe++) {
            stripes.set(stripe, 0);
        }
        pointer.setVolatile(pointer.get() & ~ATOMIC); // a thread that sees this sees the stripes at zero
    }

    void reinit() {
        locked(() -> {
            if (!isZero()) {
                throw new IllegalStateException("the count is not zero; only a released object can be reinitialised");
            }
            revive();
            return null;
        });
    }

    void resurrect() {
        locked(() -> {
            revive();
            return null;
        });
    }

    private void revive() {
        expectReinitAllowed();
        if (!isDying()) {
            throw new IllegalStateException("the reference count is not killed");
        }
        count.add(1);
        pointer.setVolatile(pointer.get() & ~DEAD);
        toPercpuIfWanted();
    }

    private void expectReinitAllowed() {
        if (memory.allowReinit.get() == 0) {
            throw new IllegalStateException(
                    "the reference count was opened without ALLOW_REINIT; its stripes are freed by the first switch");
        }
    }

    boolean isZero() {
        try {
            if (!closed) {
                return (pointer.getVolatile() & ATOMIC) != 0 && count.value() == 0;
            }
        } catch (IllegalStateException closedMeanwhile) {
            expectClosed(closedMeanwhile);
        }
        return zeroWhenClosed;
    }

    boolean isDying() {
        try {
            return closed || (pointer.getVolatile() & DEAD) != 0;
        } catch (IllegalStateException closedMeanwhile) {
            expectClosed(closedMeanwhile);
            return true;
        }
    }

    /** Throws what an access threw, if only the block of the 16 bytes is closed and not this count. */
    private void expectClosed(IllegalStateException thrown) {
        if (!closed) {
            throw thrown;
        }
    }

    boolean isPercpu() {
        return !closed && (pointer.getVolatile() & ATOMIC) == 0;
    }

    void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (isSwitching()) {
                throw new IllegalStateException("a switch is under way; it ends after the grace period");
            }
            try {
                zeroWhenClosed = count.value() == 0;
                pointer.setVolatile(count.value() << FLAG_BITS | FLAGS);
                memory.data.setVolatile(0);
            } catch (IllegalStateException blockClosed) {
                // the block of the 16 bytes was closed first; there is nothing to write
            } finally {
                closed = true;
                memory.free();
            }
        } finally {
            lock.unlock();
        }
    }
}

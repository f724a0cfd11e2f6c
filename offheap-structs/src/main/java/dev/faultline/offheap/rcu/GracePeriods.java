package dev.faultline.offheap.rcu;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.LongWord;
import dev.faultline.offheap.memory.LongWords;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Waits until every reader has let go of what it saw. A quiescent-state scheme: the epoch grows, each reader keeps on a line
 * of its own the epoch it last announced, and what was unlinked before the epoch became {@code e} may be freed when every
 * reader inside has announced {@code e} or more.
 *
 * <p>A reader that reads epoch {@code e} also sees all that was written before the epoch became {@code e}; that is why it
 * needs no fence, except when it enters, where its store must be seen before it looks at anything.
 *
 * <p>Callbacks run on threads that ask for it ({@link #poll}, {@link #barrier}, {@link #close}); there is no thread behind.
 *
 * <p>All but the readers' own methods may be called by any thread. {@link #close} refuses while readers are
 * registered; a thread that is
 * in another method meanwhile gets an {@link IllegalStateException}.
 */
public final class GracePeriods implements AutoCloseable {

    private static final int LINE_BYTES = 128; // two lines: some processors fetch pairs
    private static final int MOST_READERS = 4096;
    private static final long OUTSIDE = 0;
    private static final int SPINS = 200;
    private static final int YIELDS = 1000;
    private static final long NAP_NANOS = 50_000;
    private static final int MOST_ROUNDS = 100;

    private record Deferred(long epoch, Runnable callback) {}

    private final LongWord epoch;
    private final LongWords announced;
    private final Runnable free;
    private final Reader[] readers;
    private boolean closed; // guarded by readers
    private final Deque<Deferred> deferred = new ArrayDeque<>(); // guarded by itself
    private boolean freed; // guarded by deferred
    private final ReentrantLock running = new ReentrantLock();

    /** On words that are given: an epoch, and for each reader what it announced, all 0; {@code free} gives them back. */
    GracePeriods(LongWord epoch, LongWords announced, Runnable free) {
        this.epoch = epoch;
        this.announced = announced;
        this.free = free;
        readers = new Reader[announced.count()];
        epoch.setVolatile(1);
    }

    /**
     * Makes grace periods for some threads.
     *
     * @param mostReaders how many may be registered at a time, from 1 to 4096
     * @return the grace periods; to be closed
     */
    public static GracePeriods forReaders(int mostReaders) {
        if (mostReaders < 1 || mostReaders > MOST_READERS) {
            throw new IllegalArgumentException("mostReaders=" + mostReaders + ", expected 1 to " + MOST_READERS);
        }
        Block block = Block.allocate((1L + mostReaders) * LINE_BYTES, LINE_BYTES);
        return new GracePeriods(block.int64(0), block.int64s(LINE_BYTES, mostReaders, LINE_BYTES), block::close);
    }

    /** {@return how many readers there may be; their numbers are below} */
    public int mostReaders() {
        return readers.length;
    }

    /**
     * Registers the calling thread.
     *
     * @return its reader, not inside yet; to be closed by the same thread
     * @throws IllegalStateException when all numbers are taken, or it is closed
     */
    public Reader register() {
        synchronized (readers) {
            if (closed) {
                throw new IllegalStateException("the grace periods are closed");
            }
            for (int slot = 0; slot < readers.length; slot++) {
                if (readers[slot] == null) {
                    readers[slot] = new Reader(this, slot, Thread.currentThread());
                    return readers[slot];
                }
            }
        }
        throw new IllegalStateException("all " + readers.length + " readers are registered");
    }

    void release(int slot) {
        synchronized (readers) {
            readers[slot] = null;
        }
    }

    void online(int slot) {
        announced.setVolatile(slot, epoch.getVolatile());
        // Whoever starts a grace period from here on finds us inside, or we find what it did before. The fence is
        // for plain reads that follow; on weak machines a volatile store alone holds back only volatile ones.
        VarHandle.fullFence();
    }

    void announce(int slot) {
        announced.setOrdered(slot, epoch.getVolatile());
    }

    void offline(int slot) {
        announced.setOrdered(slot, OUTSIDE);
    }

    /**
     * Waits until every reader that is inside now has left or said that it is quiescent. An interrupt does not end the
     * wait;
     * the thread is still interrupted when it is over. So it is with {@link #barrier} and {@link #close}.
     *
     * @throws IllegalStateException when the calling thread is inside itself: it would wait for itself
     */
    public void synchronize() {
        expectOutside();
        awaitAnnounced(begin());
    }

    private void expectOutside() {
        synchronized (readers) {
            for (Reader reader : readers) {
                if (reader != null && reader.owner() == Thread.currentThread() && reader.isInside()) {
                    throw new IllegalStateException(
                            "reader " + reader.slot() + " is inside; waiting for all readers it would wait for itself");
                }
            }
        }
    }

    /** {@return the epoch with which the grace period ends that begins now} */
    long begin() {
        long target = epoch.getAndAdd(1) + 1;
        VarHandle.fullFence(); // the other half of online()
        return target;
    }

    /**
     * An interrupt does not end the wait; it is kept from the naps, which it would cut short, and told again at the
     * end.
     */
    private void awaitAnnounced(long target) {
        boolean interrupted = false;
        try {
            for (int slot = 0; slot < readers.length; slot++) {
                int waits = 0;
                while (holdsUp(slot, target)) {
                    interrupted |= waitAgain(slot, ++waits);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Returns whether the thread was interrupted; it is not any more. */
    private boolean waitAgain(int slot, int waits) {
        if (waits < SPINS) {
            Thread.onSpinWait();
            return false;
        }
        if (waits < SPINS + YIELDS) {
            Thread.yield();
            return false;
        }
        expectAlive(slot);
        LockSupport.parkNanos(this, NAP_NANOS);
        return Thread.interrupted();
    }

    private void expectAlive(int slot) {
        synchronized (readers) {
            Reader reader = readers[slot];
            if (reader != null && !reader.owner().isAlive()) {
                throw new IllegalStateException("thread " + reader.owner().getName() + " has ended inside; reader "
                        + slot + " will never leave, close it");
            }
        }
    }

    boolean holdsUp(int slot, long target) {
        long seen = announced.getVolatile(slot);
        return seen != OUTSIDE && seen < target;
    }

    /** {@return the newest epoch whose grace period is over} */
    private long leastAnnounced() {
        // Not newer than now: who was found outside may enter, and hold what is deferred while others are looked at.
        long least = epoch.getVolatile();
        VarHandle.fullFence();
        for (int slot = 0; slot < readers.length; slot++) {
            long seen = announced.getVolatile(slot);
            if (seen != OUTSIDE) {
                least = Math.min(least, seen);
            }
        }
        return least;
    }

    /**
     * Runs something after a grace period: once every reader that is inside now has left or was quiescent, and somebody
     * polls. May be called from inside, and from a callback.
     *
     * @param callback what to run; callbacks run one at a time, in the order in which one thread deferred them
     * @throws IllegalStateException when it is closed
     */
    public void defer(Runnable callback) {
        Deferred last = new Deferred(begin(), Objects.requireNonNull(callback, "callback"));
        synchronized (deferred) {
            if (freed) { // closed since the epoch was drawn: nobody would run it
                throw new IllegalStateException("the grace periods are closed");
            }
            deferred.add(last);
        }
    }

    /** {@return how many callbacks have not begun} */
    public int pending() {
        synchronized (deferred) {
            return deferred.size();
        }
    }

    /**
     * Runs the callbacks whose grace period is over, without waiting; nothing while another thread runs them. All are run, even if one
     * throws; what the first threw is thrown at the end.
     *
     * @return how many were run
     */
    public int poll() {
        if (running.isHeldByCurrentThread() || !running.tryLock()) {
            return 0;
        }
        try {
            return runUpTo(leastAnnounced());
        } finally {
            running.unlock();
        }
    }

    /**
     * Waits until all callbacks that were deferred before have been run, and runs them; what one of them throws as {@link #poll}.
     *
     * @throws IllegalStateException when the calling thread is inside, or in a callback
     */
    public void barrier() {
        expectNoCallback();
        expectOutside();
        long target = begin();
        awaitAnnounced(target);
        running.lock();
        try {
            runUpTo(target);
        } finally {
            running.unlock();
        }
    }

    private void expectNoCallback() {
        if (running.isHeldByCurrentThread()) {
            throw new IllegalStateException("a callback cannot wait for callbacks");
        }
    }

    private int runUpTo(long least) {
        int run = 0;
        Callbacks callbacks = new Callbacks();
        for (Deferred next = next(least); next != null; next = next(least)) {
            run++;
            callbacks.run(next.callback());
        }
        callbacks.throwFirst();
        return run;
    }

    private Deferred next(long least) {
        synchronized (deferred) {
            Deferred oldest = deferred.peek();
            return oldest != null && oldest.epoch() <= least ? deferred.poll() : null;
        }
    }

    /**
     * Runs what was deferred, and what that defers, and frees the memory; closing again does nothing. What a callback throws is
     * thrown at the end.
     *
     * @throws IllegalStateException when a reader is registered, when called from a callback, or when callbacks defer callbacks
     *     without end; nothing is freed then
     */
    @Override
    public void close() {
        expectNoCallback();
        Callbacks callbacks = new Callbacks();
        synchronized (readers) {
            if (closed) {
                return;
            }
            expectNobody();
            closed = true; // nobody registers any more
        }
        for (int round = 0; !noneLeft(); round++) {
            if (round == MOST_ROUNDS) {
                reopen();
                throw new IllegalStateException(
                        "after " + MOST_ROUNDS + " grace periods callbacks still defer callbacks");
            }
            callbacks.run(this::barrier);
        }
        free.run();
        callbacks.throwFirst();
    }

    /** Returns whether no callback is left; none is accepted from then on. */
    private boolean noneLeft() {
        synchronized (deferred) {
            freed = deferred.isEmpty();
            return freed;
        }
    }

    private void expectNobody() {
        for (Reader reader : readers) {
            if (reader != null) {
                throw new IllegalStateException(
                        "reader " + reader.slot() + " of " + reader.owner().getName() + " is still registered");
            }
        }
    }

    private void reopen() {
        synchronized (readers) {
            closed = false;
        }
    }
}

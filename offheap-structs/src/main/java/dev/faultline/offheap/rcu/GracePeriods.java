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
 * Grace periods as in RCU: waits until every reader has dropped its references to what it read. Quiescent states are
 * announced: there is a global epoch, which grows; each reader writes the epoch it last saw to a cache line of its own;
 * and memory that was unlinked before the epoch became {@code e} may be freed when every reader that is inside has
 * announced {@code e} or more.
 *
 * <p>A reader that reads epoch {@code e} also sees everything written before the epoch became {@code e}, so announcing
 * needs no fence. Only entering does: its store must be visible before the reader reads anything else.
 *
 * <p>Callbacks run on the threads that call {@link #poll}, {@link #barrier} or {@link #close}; there is no background
 * thread. Waiting and polling take time in proportion to {@link #mostReaders}.
 *
 * <p>Thread-safe, except for the methods of a {@link Reader}. {@link #close} fails while readers are registered;
 * another thread that is in a method of this class at that time gets an {@link IllegalStateException}.
 */
public final class GracePeriods implements AutoCloseable {

    private static final int LINE_BYTES = 128; // two cache lines: some processors fetch pairs
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

    /** On given words, all 0: the epoch and each reader's announcement. {@code free} frees them. */
    GracePeriods(LongWord epoch, LongWords announced, Runnable free) {
        this.epoch = epoch;
        this.announced = announced;
        this.free = free;
        readers = new Reader[announced.count()];
        epoch.setVolatile(1);
    }

    /**
     * Makes grace periods.
     *
     * @param mostReaders how many readers can be registered at the same time, from 1 to 4096
     * @return the grace periods; close them
     * @throws IllegalArgumentException when the number is out of range
     */
    public static GracePeriods forReaders(int mostReaders) {
        if (mostReaders < 1 || mostReaders > MOST_READERS) {
            throw new IllegalArgumentException("mostReaders=" + mostReaders + ", expected 1 to " + MOST_READERS);
        }
        Block block = Block.allocate((1L + mostReaders) * LINE_BYTES, LINE_BYTES);
        return new GracePeriods(block.int64(0), block.int64s(LINE_BYTES, mostReaders, LINE_BYTES), block::close);
    }

    /** {@return how many readers can be registered at the same time; their slots are 0 to this less one} */
    public int mostReaders() {
        return readers.length;
    }

    /**
     * Registers the calling thread.
     *
     * @return its reader, not inside yet; the same thread must close it
     * @throws IllegalStateException when all slots are taken, or the grace periods are closed
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
        // A thread that starts a grace period later sees this reader inside, or this reader sees what that thread
        // wrote before. The fence is for plain reads: on weak machines a volatile store orders only volatile reads.
        VarHandle.fullFence();
    }

    void announce(int slot) {
        announced.setOrdered(slot, epoch.getVolatile());
    }

    void offline(int slot) {
        announced.setOrdered(slot, OUTSIDE);
    }

    /**
     * Waits until every reader that is inside now has left or was quiescent. An interrupt does not end the wait; the
     * thread is still interrupted afterwards. The same holds for {@link #barrier} and {@link #close}.
     *
     * @throws IllegalStateException when the calling thread is inside itself and would wait for itself, or a reader's
     *     thread has ended inside
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
                            "reader " + reader.slot() + " of this thread is inside; it would wait for itself");
                }
            }
        }
    }

    /** Starts a grace period; returns the epoch that ends it when all readers inside have announced it. */
    long begin() {
        long target = epoch.getAndAdd(1) + 1;
        VarHandle.fullFence(); // pairs with the fence in online()
        return target;
    }

    /** Remembers interrupts until the wait is over, since an interrupted thread cannot sleep. */
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

    /** Returns whether the thread was interrupted, and clears its interrupt status. */
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
                        + slot + " will never exit. Close it");
            }
        }
    }

    boolean holdsUp(int slot, long target) {
        long seen = announced.getVolatile(slot);
        return seen != OUTSIDE && seen < target;
    }

    /** {@return the newest epoch whose grace period is over} */
    private long leastAnnounced() {
        // Read before the loop: a reader found outside may enter, and hold what is deferred, during the loop.
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
     * Runs a callback after a grace period: when every reader that is inside now has left or was quiescent, and a
     * thread polls. May be called inside a reader and from a callback.
     *
     * @param callback the callback; one runs at a time, and those of one thread in the order in which it deferred them
     * @throws IllegalStateException when the grace periods are closed
     */
    public void defer(Runnable callback) {
        Deferred last = new Deferred(begin(), Objects.requireNonNull(callback, "callback"));
        synchronized (deferred) {
            if (freed) { // closed after begin(): no thread would run the callback
                throw new IllegalStateException("the grace periods are closed");
            }
            deferred.add(last);
        }
    }

    /** {@return the number of callbacks that have not started} */
    public int pending() {
        synchronized (deferred) {
            return deferred.size();
        }
    }

    /**
     * Runs the callbacks whose grace period is over, without waiting. Does nothing while another thread runs them. All
     * of them run, even if one throws; the first exception is thrown at the end.
     *
     * @return how many ran
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
     * Waits for a grace period and runs all callbacks that were deferred before the call. Exceptions are thrown as by
     * {@link #poll}.
     *
     * @throws IllegalStateException when the calling thread is inside a reader, or in a callback
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
     * Runs the deferred callbacks, and those that they defer, and frees the memory; closing again does nothing. The
     * first exception that a callback throws is thrown at the end.
     *
     * @throws IllegalStateException when a reader is registered, when called from a callback, or when callbacks keep
     *     deferring callbacks; nothing is freed then
     */
    @Override
    public void close() {
        expectNoCallback();
        Callbacks callbacks = new Callbacks();
        synchronized (readers) {
            if (closed) {
                return;
            }
            expectNoReader();
            closed = true; // no reader can register from here on
        }
        for (int round = 0; !noneLeft(); round++) {
            if (round == MOST_ROUNDS) {
                reopen();
                throw new IllegalStateException(
                        "callbacks still defer callbacks after " + MOST_ROUNDS + " grace periods");
            }
            callbacks.run(this::barrier);
        }
        free.run();
        callbacks.throwFirst();
    }

    /** Returns whether no callback is left; if so, none is accepted any more. */
    private boolean noneLeft() {
        synchronized (deferred) {
            freed = deferred.isEmpty();
            return freed;
        }
    }

    private void expectNoReader() {
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

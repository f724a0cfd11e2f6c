package dev.faultline.offheap.rcu;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.LongWord;
import dev.faultline.offheap.memory.LongWords;
import java.util.ArrayDeque;
import java.util.Deque;
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
 */
public final class GracePeriods implements AutoCloseable {

    private static final int LINE_BYTES = 128; // two lines: some processors fetch pairs
    private static final int MOST_READERS = 4096;
    private static final long OUTSIDE = 0;
    private static final int SPINS = 200;

    private record Deferred(long epoch, Runnable callback) {}

    private final Block block;
    private final LongWord epoch;
    private final LongWords announced;
    private final Reader[] readers;
    private final Deque<Deferred> deferred = new ArrayDeque<>(); // guarded by itself
    private final ReentrantLock running = new ReentrantLock();

    private GracePeriods(int mostReaders) {
        block = Block.allocate((1L + mostReaders) * LINE_BYTES, LINE_BYTES);
        epoch = block.int64(0);
        epoch.setVolatile(1);
        announced = block.int64s(LINE_BYTES, mostReaders, LINE_BYTES);
        readers = new Reader[mostReaders];
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
        return new GracePeriods(mostReaders);
    }

    /** {@return how many readers there may be; their numbers are below} */
    public int mostReaders() {
        return readers.length;
    }

    /**
     * Registers the calling thread.
     *
     * @return its reader, not inside yet; to be closed by the same thread
     * @throws IllegalStateException when all numbers are taken
     */
    public Reader register() {
        synchronized (readers) {
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
        // volatile: whoever starts a grace period from here on finds us inside, or we find what it did before
        announced.setVolatile(slot, epoch.getVolatile());
    }

    void announce(int slot) {
        announced.setOrdered(slot, epoch.getVolatile());
    }

    void offline(int slot) {
        announced.setOrdered(slot, OUTSIDE);
    }

    /**
     * Waits until every reader that is inside now has left or said that it is quiescent.
     *
     * @throws IllegalStateException when the calling thread is inside itself: it would wait for itself
     */
    public void synchronize() {
        expectOutside();
        awaitAnnounced(epoch.getAndAdd(1) + 1);
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

    private void awaitAnnounced(long target) {
        for (int slot = 0; slot < readers.length; slot++) {
            int spins = 0;
            while (holdsUp(slot, target)) {
                if (++spins < SPINS) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
            }
        }
    }

    private boolean holdsUp(int slot, long target) {
        long seen = announced.getVolatile(slot);
        return seen != OUTSIDE && seen < target;
    }

    private long leastAnnounced() {
        long least = Long.MAX_VALUE;
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
     * @param callback what to run; callbacks run one at a time, oldest first
     */
    public void defer(Runnable callback) {
        synchronized (deferred) {
            deferred.add(new Deferred(epoch.getAndAdd(1) + 1, callback));
        }
    }

    /** {@return how many callbacks have not begun} */
    public int pending() {
        synchronized (deferred) {
            return deferred.size();
        }
    }

    /**
     * Runs the callbacks whose grace period is over, without waiting; nothing while another thread runs them.
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
     * Waits until all callbacks that were deferred before have been run, and runs them.
     *
     * @throws IllegalStateException when the calling thread is inside, or in a callback
     */
    public void barrier() {
        if (running.isHeldByCurrentThread()) {
            throw new IllegalStateException("a callback cannot wait for callbacks");
        }
        expectOutside();
        long target = epoch.getAndAdd(1) + 1;
        awaitAnnounced(target);
        running.lock();
        try {
            runUpTo(target);
        } finally {
            running.unlock();
        }
    }

    /** A callback that throws does not keep the others from running; the first one's exception is thrown at the end. */
    private int runUpTo(long least) {
        int run = 0;
        RuntimeException failure = null;
        for (Deferred next = next(least); next != null; next = next(least)) {
            run++;
            try {
                next.callback().run();
            } catch (RuntimeException failed) {
                if (failure == null) {
                    failure = failed;
                } else {
                    failure.addSuppressed(failed);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        return run;
    }

    private Deferred next(long least) {
        synchronized (deferred) {
            Deferred oldest = deferred.peek();
            return oldest != null && oldest.epoch() <= least ? deferred.poll() : null;
        }
    }

    /**
     * Runs what was deferred and frees the memory.
     *
     * @throws IllegalStateException when a reader is still registered, or a callback deferred more than once over
     */
    @Override
    public void close() {
        synchronized (readers) {
            for (Reader reader : readers) {
                if (reader != null) {
                    throw new IllegalStateException(
                            "reader " + reader.slot() + " of " + reader.owner().getName() + " is still registered");
                }
            }
        }
        while (pending() > 0) {
            barrier();
        }
        block.close();
    }
}

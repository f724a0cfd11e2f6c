package dev.faultline.offheap.rcu;

/**
 * A thread's registration with {@link GracePeriods}. Between {@link #enter} and {@link #exit} no memory is freed that
 * was reachable when the reader entered, or when it last called {@link #quiescent}. Only the thread that registered it
 * may use it.
 *
 * <p>A thread can enter and exit around each use, which costs two stores, one of them with a fence; or enter once and
 * call {@code quiescent} between uses, which costs a load and a store. A thread that blocks must not be inside: every
 * grace period would wait for it.
 */
public final class Reader implements AutoCloseable {

    private final GracePeriods periods;
    private final int slot;
    private final Thread owner;
    private int depth;
    private boolean closed;

    /** Without an owner any thread may use the reader, one at a time; for tests. */
    Reader(GracePeriods periods, int slot, Thread owner) {
        this.periods = periods;
        this.slot = slot;
        this.owner = owner;
    }

    /** {@return its slot, from 0 to {@link GracePeriods#mostReaders} - 1; free again when the reader is closed} */
    public int slot() {
        return slot;
    }

    /** {@return whether it is inside} */
    public boolean isInside() {
        return depth > 0;
    }

    /**
     * Enters. A reader may enter several times, and must exit as often.
     *
     * @throws IllegalStateException when it is closed, or registered by another thread
     */
    public void enter() {
        if (depth == 0) {
            expectUsable();
            periods.online(slot);
        }
        depth++;
    }

    private void expectUsable() {
        if (closed) {
            throw new IllegalStateException("reader " + slot + " is closed");
        }
        if (owner != null && owner != Thread.currentThread()) {
            throw new IllegalStateException(
                    "reader " + slot + " belongs to " + owner.getName() + "; register one for each thread");
        }
    }

    /**
     * Exits once.
     *
     * @throws IllegalStateException when it is not inside
     */
    public void exit() {
        expectInside();
        if (--depth == 0) {
            periods.offline(slot);
        }
    }

    /**
     * Announces that the thread holds no reference to what it has read so far. Costs a load and a store.
     *
     * @throws IllegalStateException when the reader is not inside, or inside more than once, since a caller may hold a
     *     reference
     */
    public void quiescent() {
        if (depth != 1) {
            expectInside();
            throw new IllegalStateException(
                    "reader " + slot + " entered " + depth + " times; an outer caller may hold references");
        }
        periods.announce(slot);
    }

    /** Throws {@link IllegalStateException} when the reader is not inside. */
    public void expectInside() {
        if (depth == 0) {
            throw new IllegalStateException("reader " + slot + " is not inside; enter() first");
        }
    }

    Thread owner() {
        return owner;
    }

    /**
     * Exits if inside, and frees the slot. Closing again does nothing.
     *
     * @throws IllegalStateException when it was registered by another thread that is alive
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (owner != null && owner != Thread.currentThread() && owner.isAlive()) {
            throw new IllegalStateException("reader " + slot + " belongs to " + owner.getName() + ", which is alive");
        }
        closed = true;
        depth = 0;
        periods.offline(slot);
        periods.release(slot);
    }
}

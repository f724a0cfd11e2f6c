package dev.faultline.offheap.rcu;

/**
 * A thread that looks at what others may free. Between {@link #enter} and {@link #exit} nothing is freed that could be
 * reached when it entered, or when it last was {@link #quiescent}. For the thread that registered it, and nobody else.
 *
 * <p>Either enter and exit around each use (two stores, one of them with a fence), or enter once and say {@code quiescent}
 * between uses (a load and a store). A thread that waits for something else must not be inside: it holds up everybody.
 */
public final class Reader implements AutoCloseable {

    private final GracePeriods periods;
    private final int slot;
    private final Thread owner;
    private int depth;
    private boolean closed;

    /** With no owner, any thread may use it, one after the other; for tests whose threads are not known beforehand. */
    Reader(GracePeriods periods, int slot, Thread owner) {
        this.periods = periods;
        this.slot = slot;
        this.owner = owner;
    }

    /** {@return its number, from 0 to the most readers less one; free again once it is closed} */
    public int slot() {
        return slot;
    }

    /** {@return whether it is inside} */
    public boolean isInside() {
        return depth > 0;
    }

    /**
     * Enters; entering again while inside is counted.
     *
     * @throws IllegalStateException when it is closed, or the calling thread is not the one that registered it
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
     * Leaves, once for each time it entered.
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
     * Says that it holds nothing of what it saw until now. Costs a load and a store.
     *
     * @throws IllegalStateException when it is not inside, or inside more than once: who called may hold something
     */
    public void quiescent() {
        if (depth != 1) {
            expectInside();
            throw new IllegalStateException(
                    "reader " + slot + " entered " + depth + " times; whoever called holds what it saw");
        }
        periods.announce(slot);
    }

    /** Throws {@link IllegalStateException} unless it is inside. */
    public void expectInside() {
        if (depth == 0) {
            throw new IllegalStateException("reader " + slot + " is not inside; enter() first");
        }
    }

    Thread owner() {
        return owner;
    }

    /**
     * Gives its number back; leaves if it is inside. Closing again does nothing.
     *
     * @throws IllegalStateException when it belongs to another thread that has not ended
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

package dev.faultline.offheap.queue;

import dev.faultline.offheap.memory.Window;

/**
 * One side of a queue: the producers or the consumers, which work alike. Threads of a side claim slots by moving its
 * head, use them, and hand them over to the other side. The head counts slots since the beginning and wraps around at
 * 2^32.
 *
 * <p>A claim is two numbers in one, so that nothing is allocated. {@code base} is the address of the queue's words, from
 * {@link Window#open} in the same call of the queue; what waits asks for it again in each turn.
 */
abstract class QueueSide {

    private static final int SPINS = 200;

    final long head;
    final int ahead;
    final boolean many;

    /**
     * @param head where the number is that is moved to claim slots, in bytes from the first word
     * @param ahead how far the head may be ahead of what the other side has done: all slots for producers, 0 for
     *     consumers
     * @param many whether several threads are on this side
     */
    QueueSide(long head, int ahead, boolean many) {
        this.head = head;
        this.ahead = ahead;
        this.many = many;
    }

    /**
     * Claims slots without waiting. It may find none although some are only claimed by other threads and not filled or
     * emptied yet.
     *
     * @param most how many to claim, at least 0
     * @param exactly whether to claim all of {@code most} or nothing
     * @return the claim
     */
    abstract long claimRelaxed(Window window, long base, int most, boolean exactly);

    /** Claims slots as {@link #claimRelaxed}; if it finds none, that is true at some moment of the call. */
    abstract long claim(Window window, long base, int most, boolean exactly);

    /**
     * Hands the slots of a claim over to the other side, with release order: a thread that sees it sees what was
     * written to the slots, and what was read from them was read before a producer can overwrite it.
     *
     * @param first the first index of a claim
     * @param slots the number of its slots, at least one
     */
    abstract void handOver(Window window, long base, int first, int slots);

    /** {@return how many slots the other side has left to this one beyond an index; unsigned} */
    abstract int beyond(Window window, long base, int first);

    /** {@return the first index of a claim; undefined for a claim of no slots} */
    static int first(long claim) {
        return (int) claim;
    }

    /** {@return the number of slots of a claim} */
    static int slots(long claim) {
        return (int) (claim >>> 32);
    }

    static long claim(int first, int slots) {
        return ((long) slots << 32) + (first & 0xffff_ffffL);
    }

    /** {@return how many slots to claim} With an old head, {@code there} can be more than all slots; it is unsigned. */
    static int grant(int most, int there, boolean exactly) {
        if (most + Integer.MIN_VALUE <= there + Integer.MIN_VALUE) {
            return most;
        }
        return exactly ? 0 : there;
    }

    static void pause(int spins) {
        if (spins < SPINS) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }
}

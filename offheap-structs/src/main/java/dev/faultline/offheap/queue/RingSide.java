package dev.faultline.offheap.queue;

import dev.faultline.offheap.memory.IntWord;

/**
 * One side of the ring: the producers or the consumers, which work alike. Threads of a side claim slots by moving its
 * head, use them, and publish them by moving its tail, in the order in which they claimed. How many slots can be
 * claimed follows from the tail of the opposite side.
 *
 * <p>Head and tail count slots since the beginning and wrap around at 2^32.
 */
class RingSide {

    private static final int SPINS = 200;

    final IntWord head;
    final IntWord tail;
    final IntWord oppositeTail;
    final int ahead;
    final boolean many;

    /**
     * @param head moved to claim slots
     * @param tail moved to publish slots
     * @param oppositeTail the tail of the other side
     * @param ahead how far the head may be ahead of the opposite tail: all slots for producers, 0 for consumers
     * @param many whether several threads are on this side
     */
    RingSide(IntWord head, IntWord tail, IntWord oppositeTail, int ahead, boolean many) {
        this.head = head;
        this.tail = tail;
        this.oppositeTail = oppositeTail;
        this.ahead = ahead;
        this.many = many;
    }

    /** {@return the first index of a claim; undefined for a claim of no slots} */
    static int first(long claim) {
        return (int) claim;
    }

    /** {@return the number of slots of a claim} */
    static int slots(long claim) {
        return (int) (claim >>> 32);
    }

    /**
     * Claims slots without waiting. With several threads on this side it may find none although some are only claimed
     * by other threads and not filled or emptied yet.
     *
     * @param most how many to claim, at least 0
     * @param exactly whether to claim all of {@code most} or nothing
     * @return the claim: two numbers in one, so that nothing is allocated
     */
    long claimRelaxed(int most, boolean exactly) {
        return many ? claimFromMany(most, exactly) : claimAlone(most, exactly);
    }

    /**
     * Claims slots. If it finds none, that is true at some moment of the call. Only tails count: published slots are
     * filled or emptied. Before it returns no slots, it waits for threads of its own side that claimed earlier, and
     * reads the opposite tail again: if nothing is left beyond their tail, there was nothing when the opposite tail was
     * read. It never waits for the other side.
     */
    long claim(int most, boolean exactly) {
        long claim = claimRelaxed(most, exactly);
        int spins = 0;
        while (many && slots(claim) == 0 && most > 0) {
            int first = first(claim);
            boolean earlierHandedOver = tail.getVolatile() - first >= 0;
            if (earlierHandedOver && grant(most, ahead + oppositeTail.getVolatile() - first, exactly) == 0) {
                return claim;
            }
            pause(++spins);
            claim = claimRelaxed(most, exactly);
        }
        return claim;
    }

    /**
     * Reads the head before the opposite tail. If the head is old by the time the tail is read, there seem to be too
     * many slots, and the compare-and-set fails. In the opposite order the tail could be older than the head: {@code
     * ahead + tail - head} would be below zero, a large unsigned number, and the compare-and-set would succeed.
     */
    long claimFromMany(int most, boolean exactly) {
        while (true) {
            int first = head.getVolatile();
            int slots = grant(most, ahead + oppositeTail.getVolatile() - first, exactly);
            if (slots == 0 || head.compareAndSet(first, first + slots)) {
                return claim(first, slots);
            }
        }
    }

    /** A single thread on its side reads its own head plainly. */
    private long claimAlone(int most, boolean exactly) {
        int first = head.get();
        int slots = grant(most, ahead + oppositeTail.getVolatile() - first, exactly);
        if (slots != 0) {
            head.set(first + slots);
        }
        return claim(first, slots);
    }

    /** {@return how many slots to claim} With an old head, {@code there} can be more than all slots; it is unsigned. */
    static int grant(int most, int there, boolean exactly) {
        if (Integer.compareUnsigned(most, there) <= 0) {
            return most;
        }
        return exactly ? 0 : there;
    }

    static long claim(int first, int slots) {
        return (long) slots << 32 | first & 0xffff_ffffL;
    }

    /**
     * Publishes a claim to the other side, with release order: a thread that sees the tail sees what was written to the
     * slots, and what was read from them was read before a producer can overwrite it. A fence between writes alone
     * would not do for consumers, which only read; upstream used one until 2015.
     *
     * @param claim a claim of at least one slot
     */
    void handOver(long claim) {
        int first = first(claim);
        if (many) {
            awaitEarlier(first);
        }
        tail.setOrdered(first + slots(claim));
    }

    /** Waits for threads of this side that claimed earlier; the tail cannot pass them. */
    private void awaitEarlier(int first) {
        int spins = 0;
        while (tail.getVolatile() != first) {
            pause(++spins);
        }
    }

    private static void pause(int spins) {
        if (spins < SPINS) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }
}

package dev.faultline.offheap.queue;

import dev.faultline.offheap.memory.IntWord;

/**
 * A side that publishes slots by moving its tail, in the order in which its threads claimed them. How many slots can be
 * claimed follows from the tail of the opposite side.
 */
class RingSide extends QueueSide {

    final IntWord tail;
    final IntWord oppositeTail;

    /**
     * @param head moved to claim slots
     * @param tail moved to publish slots
     * @param oppositeTail the tail of the other side
     * @param ahead how far the head may be ahead of the opposite tail: all slots for producers, 0 for consumers
     * @param many whether several threads are on this side
     */
    RingSide(IntWord head, IntWord tail, IntWord oppositeTail, int ahead, boolean many) {
        super(head, ahead, many);
        this.tail = tail;
        this.oppositeTail = oppositeTail;
    }

    @Override
    long claimRelaxed(int most, boolean exactly) {
        return many ? claimFromMany(most, exactly) : claimAlone(most, exactly);
    }

    /**
     * Only tails count: published slots are filled or emptied. Before it returns no slots, it waits for threads of its
     * own side that claimed earlier, and reads the opposite tail again: if nothing is left beyond their tail, there was
     * nothing when the opposite tail was read. It never waits for the other side.
     */
    @Override
    long claim(int most, boolean exactly) {
        long claim = claimRelaxed(most, exactly);
        int spins = 0;
        while (many && slots(claim) == 0 && most > 0) {
            int first = first(claim);
            boolean earlierHandedOver = tail.getVolatile() - first >= 0;
            if (earlierHandedOver && grant(most, beyond(first), exactly) == 0) {
                return claim;
            }
            pause(++spins);
            claim = claimRelaxed(most, exactly);
        }
        return claim;
    }

    @Override
    int beyond(int first) {
        return ahead + oppositeTail.getVolatile() - first;
    }

    /**
     * Reads the head before the opposite tail. If the head is old by the time the tail is read, there seem to be too
     * many slots, and the compare-and-set fails. In the opposite order the tail could be older than the head: {@code
     * ahead + tail - head} would be below zero, a large unsigned number, and the compare-and-set would succeed.
     */
    long claimFromMany(int most, boolean exactly) {
        while (true) {
            int first = head.getVolatile();
            int slots = grant(most, beyond(first), exactly);
            if (slots == 0 || head.compareAndSet(first, first + slots)) {
                return claim(first, slots);
            }
        }
    }

    /** A single thread on its side reads its own head plainly. */
    long claimAlone(int most, boolean exactly) {
        int first = head.get();
        int slots = grant(most, beyond(first), exactly);
        if (slots != 0) {
            head.set(first + slots);
        }
        return claim(first, slots);
    }

    /** A fence between writes alone would not do for consumers, which only read; upstream used one until 2015. */
    @Override
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
}

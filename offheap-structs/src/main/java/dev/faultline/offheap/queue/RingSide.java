package dev.faultline.offheap.queue;

import dev.faultline.offheap.memory.Window;

/**
 * A side that publishes slots by moving its tail, in the order in which its threads claimed them. How many slots can be
 * claimed follows from the tail of the opposite side.
 */
class RingSide extends QueueSide {

    final long tail;
    final long oppositeTail;

    /**
     * @param head moved to claim slots
     * @param tail moved to publish slots
     * @param oppositeTail the tail of the other side
     * @param ahead how far the head may be ahead of the opposite tail: all slots for producers, 0 for consumers
     * @param many whether several threads are on this side
     */
    RingSide(long head, long tail, long oppositeTail, int ahead, boolean many) {
        super(head, ahead, many);
        this.tail = tail;
        this.oppositeTail = oppositeTail;
    }

    /**
     * Makes a side. Here and not where it is used: a class that passes a subclass on as a {@link QueueSide} loads it when
     * it is verified, and while one side is loaded, the VM calls its methods without a check of the class.
     */
    static QueueSide make(long head, long tail, long oppositeTail, int ahead, boolean many) {
        return new RingSide(head, tail, oppositeTail, ahead, many);
    }

    @Override
    long claimRelaxed(Window window, long base, int most, boolean exactly) {
        return many ? claimFromMany(window, base, most, exactly) : claimAlone(window, base, most, exactly);
    }

    /**
     * Only tails count: published slots are filled or emptied. Before it returns no slots, it waits for threads of its
     * own side that claimed earlier, and reads the opposite tail again: if nothing is left beyond their tail, there was
     * nothing when the opposite tail was read. It never waits for the other side.
     */
    @Override
    long claim(Window window, long base, int most, boolean exactly) {
        long claim = claimRelaxed(window, base, most, exactly);
        int spins = 0;
        while (slots(claim) == 0 && many && most > 0) {
            int first = first(claim);
            long now = window.open();
            boolean earlierHandedOver = window.getIntAcquire(now + tail) - first >= 0;
            if (earlierHandedOver && grant(most, beyond(window, now, first), exactly) == 0) {
                return claim;
            }
            pause(++spins);
            claim = claimRelaxed(window, window.open(), most, exactly);
        }
        return claim;
    }

    @Override
    int beyond(Window window, long base, int first) {
        return ahead + window.getIntAcquire(base + oppositeTail) - first;
    }

    /**
     * Reads the head before the opposite tail. If the head is old by the time the tail is read, there seem to be too
     * many slots, and the compare-and-set fails. In the opposite order the tail could be older than the head: {@code
     * ahead + tail - head} would be below zero, a large unsigned number, and the compare-and-set would succeed.
     */
    long claimFromMany(Window window, long base, int most, boolean exactly) {
        while (true) {
            long at = base + head;
            int first = window.getIntAcquire(at);
            int slots = grant(most, beyond(window, base, first), exactly);
            if (slots == 0) {
                return claim(first, 0);
            }
            if (window.compareAndSetInt(at, first, first + slots)) {
                return claim(first, slots);
            }
        }
    }

    /** A single thread on its side reads its own head plainly. */
    long claimAlone(Window window, long base, int most, boolean exactly) {
        int first = window.getInt(base + head);
        int slots = grant(most, beyond(window, base, first), exactly);
        if (slots != 0) {
            window.setInt(base + head, first + slots);
        }
        return claim(first, slots);
    }

    /** A fence between writes alone would not do for consumers, which only read; upstream used one until 2015. */
    @Override
    void handOver(Window window, long base, int first, int slots) {
        long at = base + tail;
        if (many && window.getIntAcquire(at) != first) {
            awaitEarlier(window, at, first);
        }
        window.setIntRelease(at, first + slots);
    }

    /** Waits for threads of this side that claimed earlier; the tail cannot pass them. */
    private static void awaitEarlier(Window window, long at, int first) {
        int spins = 0;
        do {
            pause(++spins);
            window.open(); // throws when the queue is closed
        } while (window.getIntAcquire(at) != first);
    }
}

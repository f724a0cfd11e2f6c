package dev.faultline.offheap.queue;

import dev.faultline.offheap.memory.Window;

/**
 * A side that remembers, on its own cache line, what it last saw of the opposite tail, and reads that tail again only
 * when fewer slots are left beyond what it remembers than a call asks for.
 *
 * <p>The opposite tail only grows, so a remembered one is at worst too small: it never promises slots that are not
 * there. Several threads of a side share what they remember, and one that was delayed may write an old tail over a
 * newer one. What is remembered can then be older than the head, and {@link #within} tells: the opposite tail and the
 * head are never more slots apart than the ring has. A thread that is delayed between its read of the tail and its
 * write of it for as long as 2^32 elements, less at most the capacity, could write a number that is taken for a new
 * one.
 */
class RememberingSide extends RingSide {

    final long seen;

    private final int capacity;

    /**
     * @param seen what this side last saw of the opposite tail
     * @param capacity the number of slots
     */
    RememberingSide(long head, long tail, long oppositeTail, long seen, int capacity, int ahead, boolean many) {
        super(head, tail, oppositeTail, ahead, many);
        this.seen = seen;
        this.capacity = capacity;
    }

    /** Makes a side; here for the reason told at {@link RingSide#make}. */
    static QueueSide make(long head, long tail, long oppositeTail, long seen, int capacity, int ahead, boolean many) {
        return new RememberingSide(head, tail, oppositeTail, seen, capacity, ahead, many);
    }

    /**
     * What is remembered is written with release order and read with acquire order: a thread that uses what another one of its
     * side saw must also see what the opposite side did to the slots before.
     */
    @Override
    long claimFromMany(Window window, long base, int most, boolean exactly) {
        while (true) {
            long at = base + head;
            int first = window.getIntAcquire(at);
            int there = ahead + window.getIntAcquire(base + seen) - first;
            int slots = most;
            if (there < most || !within(there)) {
                int now = window.getIntAcquire(base + oppositeTail);
                window.setIntRelease(base + seen, now);
                slots = grant(most, ahead + now - first, exactly);
            }
            if (slots == 0) {
                return claim(first, 0);
            }
            if (window.compareAndSetInt(at, first, first + slots)) {
                return claim(first, slots);
            }
        }
    }

    /** A single thread never remembers less than its head has used. */
    @Override
    long claimAlone(Window window, long base, int most, boolean exactly) {
        int first = window.getInt(base + head);
        int slots = most;
        if (ahead + window.getInt(base + seen) - first < most) {
            int now = window.getIntAcquire(base + oppositeTail);
            window.setInt(base + seen, now);
            slots = grant(most, ahead + now - first, exactly);
        }
        if (slots != 0) {
            window.setInt(base + head, first + slots);
        }
        return claim(first, slots);
    }

    /** {@return whether the number of slots follows from a tail that is not older than the head, nor a head that is} */
    private boolean within(int there) {
        return there + Integer.MIN_VALUE <= capacity + Integer.MIN_VALUE;
    }
}

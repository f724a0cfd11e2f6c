package dev.faultline.offheap.queue;

import dev.faultline.offheap.memory.IntWord;

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

    final IntWord seen;

    private final int capacity;

    /**
     * @param seen what this side last saw of the opposite tail
     * @param capacity the number of slots
     */
    RememberingSide(
            IntWord head, IntWord tail, IntWord oppositeTail, IntWord seen, int capacity, int ahead, boolean many) {
        super(head, tail, oppositeTail, ahead, many);
        this.seen = seen;
        this.capacity = capacity;
    }

    /**
     * What is remembered is written with release order and read as volatile: a thread that uses what another one of its
     * side saw must also see what the opposite side did to the slots before.
     */
    @Override
    long claimFromMany(int most, boolean exactly) {
        while (true) {
            int first = head.getVolatile();
            int there = ahead + seen.getVolatile() - first;
            if (!within(there) || there < most) {
                int now = oppositeTail.getVolatile();
                seen.setOrdered(now);
                there = ahead + now - first;
            }
            int slots = grant(most, there, exactly);
            if (slots == 0 || head.compareAndSet(first, first + slots)) {
                return claim(first, slots);
            }
        }
    }

    /** A single thread never remembers less than its head has used. */
    @Override
    long claimAlone(int most, boolean exactly) {
        int first = head.get();
        int there = ahead + seen.get() - first;
        if (there < most) {
            int now = oppositeTail.getVolatile();
            seen.set(now);
            there = ahead + now - first;
        }
        int slots = grant(most, there, exactly);
        if (slots != 0) {
            head.set(first + slots);
        }
        return claim(first, slots);
    }

    /** {@return whether the number of slots follows from a tail that is not older than the head, nor a head that is} */
    private boolean within(int there) {
        return Integer.compareUnsigned(there, capacity) <= 0;
    }
}

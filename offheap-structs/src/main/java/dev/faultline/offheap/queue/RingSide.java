package dev.faultline.offheap.queue;

import dev.faultline.offheap.memory.IntWord;

/**
 * One end of the ring: producers, or consumers, which are their mirror image. Those of a side claim slots by moving its head
 * and hand them over by moving its tail, in the order in which they claimed; between the two they have the slots to themselves.
 * How many there are to claim follows from the opposite tail, by which the other side hands over.
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
     * Makes a side.
     *
     * @param head moved by those who claim
     * @param tail moved by those who hand over
     * @param oppositeTail the other side's tail
     * @param ahead how far the head may be ahead of the opposite tail: all slots for producers, none for consumers
     * @param many whether several threads are on this side
     */
    RingSide(IntWord head, IntWord tail, IntWord oppositeTail, int ahead, boolean many) {
        this.head = head;
        this.tail = tail;
        this.oppositeTail = oppositeTail;
        this.ahead = ahead;
        this.many = many;
    }

    /** {@return the first index of a claim; where it claims nothing, it means nothing} */
    static int first(long claim) {
        return (int) claim;
    }

    /** {@return how many slots a claim has} */
    static int slots(long claim) {
        return (int) (claim >>> 32);
    }

    /**
     * Claims slots. That there are none is answered at once, and is not always true where several threads are on this
     * side:
     * slots that others have claimed and not handed over yet count as claimed, though nothing was put in or taken out
     * yet.
     *
     * @param most how many to claim, not negative
     * @param exactly whether to claim nothing if not as many are there
     * @return the claim; two numbers in one, as nothing is to be allocated
     */
    long claimRelaxed(int most, boolean exactly) {
        return many ? claimFromMany(most, exactly) : claimAlone(most, exactly);
    }

    /**
     * Claims slots; as {@link #claimRelaxed}, but that there are none is true at some moment of the call. Only tails
     * count: what
     * was handed over is put in or taken out. Before it says that there are none, it waits for those of its own side
     * who
     * claimed earlier, and looks at the opposite tail again: if that still leaves nothing beyond what they have handed
     * over,
     * there was nothing when it was read. Nobody waits for the other side.
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
     * The head is read before the opposite tail. A head that is old by the time the tail is read shows too many slots, and
     * the compare-and-set refuses them. The other way round a tail may be older than the head: {@code ahead + tail - head}
     * falls below zero, which as an unsigned number is plenty, and the compare-and-set sees nothing wrong with the head.
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

    /** The only thread of its side finds its own head as it left it. */
    private long claimAlone(int most, boolean exactly) {
        int first = head.get();
        int slots = grant(most, ahead + oppositeTail.getVolatile() - first, exactly);
        if (slots != 0) {
            head.set(first + slots);
        }
        return claim(first, slots);
    }

    /** What is there can look like more than there ever is, if the head is old; so it is compared unsigned. */
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
     * Hands a claim over to the other side. Release order: what was written to the slots is seen by whoever sees the tail, and
     * what was read from them was read before a producer may write there again. A barrier between writes would not do for
     * consumers, who only read; upstream had one until 2015.
     *
     * @param claim of at least one slot
     */
    void handOver(long claim) {
        int first = first(claim);
        if (many) {
            awaitEarlier(first);
        }
        tail.setOrdered(first + slots(claim));
    }

    /** Others of this side claimed before; until they have handed over, the tail cannot pass them. */
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

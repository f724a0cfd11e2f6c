package dev.faultline.offheap.queue;

import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.memory.IntWords;

/**
 * A side that hands over each slot by the slot's own sequence number, as in Dmitry Vyukov's bounded queue. The number
 * is the index for which the slot is free, one more when it is filled for that index, and the next index that falls on
 * the slot when it is empty again. So a thread waits for no other thread of its side, and no index crosses between the
 * sides while slots are ready.
 *
 * <p>All slots of a claim are ready before it is made: while the head stands, only the thread that moves it can change
 * their numbers.
 */
class SequencedSide extends QueueSide {

    private final IntWord oppositeHead;
    private final IntWords sequences;
    private final int mask;
    private final int ready;
    private final int handedOver;

    /**
     * @param head moved to claim slots
     * @param oppositeHead the head of the other side, read to tell a full or empty queue from a slow thread
     * @param sequences the number of each slot, at least two
     * @param ahead all slots for producers, 0 for consumers
     * @param many whether several threads are on this side
     */
    SequencedSide(IntWord head, IntWord oppositeHead, IntWords sequences, int ahead, boolean many) {
        super(head, ahead, many);
        this.oppositeHead = oppositeHead;
        this.sequences = sequences;
        int capacity = sequences.count();
        this.mask = capacity - 1;
        boolean puts = ahead != 0;
        this.ready = puts ? 0 : 1;
        this.handedOver = puts ? 1 : capacity;
    }

    @Override
    long claimRelaxed(int most, boolean exactly) {
        while (true) {
            int first = head.getVolatile();
            int slots = readySlots(first, most);
            if (slots == 0 || exactly && slots < most) {
                if (!many || most == 0 || head.getVolatile() == first) {
                    return claim(first, 0);
                }
            } else if (moveHead(first, slots)) {
                return claim(first, slots);
            }
        }
    }

    /** {@return how many slots are ready from an index on, at most {@code most}} */
    int readySlots(int first, int most) {
        int slots = 0;
        while (slots < most && isReady(first + slots)) {
            slots++;
        }
        return slots;
    }

    boolean isReady(int index) {
        return sequences.getVolatile(index & mask) == index + ready;
    }

    private boolean moveHead(int first, int slots) {
        if (many) {
            return head.compareAndSet(first, first + slots);
        }
        head.setOrdered(first + slots);
        return true;
    }

    /**
     * Heads count: what is claimed is put or taken. Before it returns no slots, it reads the opposite head: if that
     * leaves too few slots beyond the own head, so it was when the opposite head was read, because the own head only
     * grows. Else it waits for the thread of the other side that has claimed the slot.
     */
    @Override
    long claim(int most, boolean exactly) {
        long claim = claimRelaxed(most, exactly);
        int spins = 0;
        while (slots(claim) == 0 && most > 0 && grant(most, beyond(first(claim)), exactly) != 0) {
            pause(++spins);
            claim = claimRelaxed(most, exactly);
        }
        return claim;
    }

    @Override
    int beyond(int first) {
        return ahead + oppositeHead.getVolatile() - first;
    }

    @Override
    void handOver(long claim) {
        int first = first(claim);
        for (int i = 0; i < slots(claim); i++) {
            sequences.setOrdered(first + i & mask, first + i + handedOver);
        }
    }
}

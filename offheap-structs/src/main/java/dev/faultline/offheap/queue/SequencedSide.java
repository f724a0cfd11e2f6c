package dev.faultline.offheap.queue;

import dev.faultline.offheap.memory.Window;

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

    private final long oppositeHead;
    private final long sequences;
    private final int mask;
    private final int ready;
    private final int handedOver;

    /**
     * @param head moved to claim slots
     * @param oppositeHead the head of the other side, read to tell a full or empty queue from a slow thread
     * @param sequences the first slot's number; the others follow
     * @param capacity the number of slots, at least two
     * @param ahead all slots for producers, 0 for consumers
     * @param many whether several threads are on this side
     */
    SequencedSide(long head, long oppositeHead, long sequences, int capacity, int ahead, boolean many) {
        super(head, ahead, many);
        this.oppositeHead = oppositeHead;
        this.sequences = sequences;
        this.mask = capacity - 1;
        boolean puts = ahead != 0;
        this.ready = puts ? 0 : 1;
        this.handedOver = puts ? 1 : capacity;
    }

    /** Makes a side; here for the reason told at {@link RingSide#make}. */
    static QueueSide make(long head, long oppositeHead, long sequences, int capacity, int ahead, boolean many) {
        return new SequencedSide(head, oppositeHead, sequences, capacity, ahead, many);
    }

    @Override
    long claimRelaxed(Window window, long base, int most, boolean exactly) {
        while (true) {
            long at = base + head;
            int first = window.getIntAcquire(at);
            int slots = readySlots(window, base, first, most);
            if (slots == 0 || exactly && slots < most) {
                if (!many || most == 0 || window.getIntAcquire(at) == first) {
                    return claim(first, 0);
                }
            } else if (moveHead(window, at, first, slots)) {
                return claim(first, slots);
            }
        }
    }

    /** {@return how many slots are ready from an index on, at most {@code most}} */
    int readySlots(Window window, long base, int first, int most) {
        int slots = 0;
        while (slots < most && isReady(window, base, first + slots)) {
            slots++;
        }
        return slots;
    }

    boolean isReady(Window window, long base, int index) {
        return window.getIntAcquire(sequence(base, index)) == index + ready;
    }

    private long sequence(long base, int index) {
        return base + sequences + ((long) (index & mask) << 2);
    }

    private boolean moveHead(Window window, long at, int first, int slots) {
        if (many) {
            return window.compareAndSetInt(at, first, first + slots);
        }
        window.setIntRelease(at, first + slots);
        return true;
    }

    /**
     * Heads count: what is claimed is put or taken. Before it returns no slots, it reads the opposite head: if that
     * leaves too few slots beyond the own head, so it was when the opposite head was read, because the own head only
     * grows. Else it waits for the thread of the other side that has claimed the slot.
     */
    @Override
    long claim(Window window, long base, int most, boolean exactly) {
        long claim = claimRelaxed(window, base, most, exactly);
        int spins = 0;
        while (slots(claim) == 0
                && most > 0
                && grant(most, beyond(window, window.open(), first(claim)), exactly) != 0) {
            pause(++spins);
            claim = claimRelaxed(window, window.open(), most, exactly);
        }
        return claim;
    }

    @Override
    int beyond(Window window, long base, int first) {
        return ahead + window.getIntAcquire(base + oppositeHead) - first;
    }

    @Override
    void handOver(Window window, long base, int first, int slots) {
        for (int i = 0; i < slots; i++) {
            window.setIntRelease(sequence(base, first + i), first + i + handedOver);
        }
    }
}

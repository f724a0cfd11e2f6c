package dev.faultline.offheap.queue;

import dev.faultline.offheap.memory.LongWords;

/**
 * The slots, a power of two of them. Indices count slots since the beginning; the low bits of an index are the slot.
 */
class Ring {

    final LongWords slots;
    final int mask;

    Ring(LongWords slots) {
        this.slots = slots;
        this.mask = slots.count() - 1;
    }

    void put(int index, long element) {
        slots.set(index & mask, element);
    }

    long take(int index) {
        return slots.get(index & mask);
    }

    /** Writes elements to consecutive slots, and goes on at slot 0 after the last slot. */
    void putAll(int index, long[] from, int offset, int count) {
        int slot = index & mask;
        int untilEnd = Math.min(count, mask + 1 - slot);
        slots.setAll(slot, from, offset, untilEnd);
        if (untilEnd < count) {
            slots.setAll(0, from, offset + untilEnd, count - untilEnd);
        }
    }

    /** Reads elements, as {@link #putAll} writes them. */
    void takeAll(int index, long[] to, int offset, int count) {
        int slot = index & mask;
        int untilEnd = Math.min(count, mask + 1 - slot);
        slots.getAll(slot, to, offset, untilEnd);
        if (untilEnd < count) {
            slots.getAll(0, to, offset + untilEnd, count - untilEnd);
        }
    }
}

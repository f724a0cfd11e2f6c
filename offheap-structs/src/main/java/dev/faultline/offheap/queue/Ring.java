package dev.faultline.offheap.queue;

import dev.faultline.offheap.memory.Window;
import java.util.Objects;

/**
 * The slots, a power of two of them. Indices count slots since the beginning; the low bits of an index are the slot.
 */
class Ring {

    final long start;
    final int mask;

    /**
     * @param start where the first slot is, in bytes from the first word
     * @param capacity the number of slots
     */
    Ring(long start, int capacity) {
        this.start = start;
        this.mask = capacity - 1;
    }

    private long at(long base, int slot) {
        return base + start + ((long) slot << 3);
    }

    void put(Window window, long base, int index, long element) {
        window.setLong(at(base, index & mask), element);
    }

    long take(Window window, long base, int index) {
        return window.getLong(at(base, index & mask));
    }

    /** Writes elements to consecutive slots, and goes on at slot 0 after the last slot. */
    void putAll(Window window, long base, int index, long[] from, int offset, int count) {
        Objects.checkIndex(count, mask + 2); // more are only claimed after a call of the wrong kind
        int slot = index & mask;
        int untilEnd = Math.min(count, mask + 1 - slot);
        window.setLongs(at(base, slot), from, offset, untilEnd);
        if (untilEnd < count) {
            window.setLongs(at(base, 0), from, offset + untilEnd, count - untilEnd);
        }
    }

    /** Reads elements, as {@link #putAll} writes them. */
    void takeAll(Window window, long base, int index, long[] to, int offset, int count) {
        Objects.checkIndex(count, mask + 2);
        int slot = index & mask;
        int untilEnd = Math.min(count, mask + 1 - slot);
        window.getLongs(at(base, slot), to, offset, untilEnd);
        if (untilEnd < count) {
            window.getLongs(at(base, 0), to, offset + untilEnd, count - untilEnd);
        }
    }
}

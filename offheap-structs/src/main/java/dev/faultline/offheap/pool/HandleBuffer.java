package dev.faultline.offheap.pool;

import dev.faultline.offheap.memory.LongStack;
import dev.faultline.offheap.memory.LongWords;
import dev.faultline.offheap.queue.AlfQueue;

/**
 * Handles that are being moved from one place to another. On the heap, with unused room on both sides, so that two
 * stripes' buffers are never on the same cache line.
 */
final class HandleBuffer {

    private static final int ROOM = 16; // 128 bytes

    private final long[] array;

    HandleBuffer(int size) {
        array = new long[ROOM + size + ROOM];
    }

    long get(int index) {
        return array[ROOM + index];
    }

    void set(int index, long handle) {
        array[ROOM + index] = handle;
    }

    /** Copies to words: from {@code index} of this buffer to {@code at} of the words. */
    void copyTo(LongWords words, int at, int index, int count) {
        words.setAll(at, array, ROOM + index, count);
    }

    /** Copies from words: from {@code at} of the words to the start of this buffer. */
    void copyFrom(LongWords words, int at, int count) {
        words.getAll(at, array, ROOM, count);
    }

    /**
     * Puts all handles or none into a queue, and returns how many. It does not wait, since the caller can use the
     * pages.
     */
    int enqueue(AlfQueue queue, int index, int count) {
        return queue.relaxedEnqueue(array, ROOM + index, count);
    }

    /** Takes handles out of a queue, and returns how many. */
    int dequeue(AlfQueue queue, int index, int most) {
        return queue.relaxedDequeue(array, ROOM + index, most);
    }

    /** Pushes handles, as many as there is room for, and returns how many. */
    int addTo(LongStack stack, int index, int count) {
        return stack.addAll(array, ROOM + index, count);
    }

    /** Takes the handles that were pushed first, and returns how many. */
    int takeOldest(LongStack stack, int index, int most) {
        return stack.takeOldest(array, ROOM + index, most);
    }

    /**
     * Takes objects from a cache, which are held from then on, and returns how many. When the cache throws, because it
     * finds an object overwritten, it has all others again.
     */
    int fetch(ObjectCache.Local cache, Slots slots, int most) {
        int got = 0;
        try {
            while (got < most) {
                long handle = cache.allocate();
                if (handle == 0) {
                    break;
                }
                slots.takeBack(handle);
                set(got++, handle);
            }
        } catch (RuntimeException overwritten) {
            throw join(overwritten, tryGive(cache, slots, got));
        }
        return got;
    }

    /** Gives held objects back to a cache, as {@link #tryGive}; then throws what that returns, unless it is null. */
    void give(ObjectCache.Local cache, Slots slots, int count) {
        RuntimeException overwritten = tryGive(cache, slots, count);
        if (overwritten != null) {
            throw overwritten;
        }
    }

    /**
     * Gives held objects back to a cache, all but those that were overwritten. Returns the exception of the first of
     * these, in which those of the others are suppressed, or null.
     */
    RuntimeException tryGive(ObjectCache.Local cache, Slots slots, int count) {
        RuntimeException first = null;
        for (int i = 0; i < count; i++) {
            try {
                cache.free(slots.handOut(get(i)));
            } catch (RuntimeException overwritten) {
                first = join(first, overwritten);
            }
        }
        return first;
    }

    /** {@return the first exception, with the second one suppressed; either may be null} */
    static RuntimeException join(RuntimeException first, RuntimeException second) {
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        first.addSuppressed(second);
        for (Throwable suppressed : second.getSuppressed()) {
            first.addSuppressed(suppressed);
        }
        return first;
    }
}

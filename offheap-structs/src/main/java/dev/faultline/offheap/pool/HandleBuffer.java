package dev.faultline.offheap.pool;

import dev.faultline.offheap.memory.LongWords;
import dev.faultline.offheap.queue.AlfQueue;

/** Handles on their way from one place to another, on the heap, with so much room around that no other stripe's are on their lines. */
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

    /** Copies from {@code index} here to {@code at} there. */
    void copyTo(LongWords words, int at, int index, int count) {
        words.setAll(at, array, ROOM + index, count);
    }

    /** Copies from {@code at} there to the beginning. */
    void copyFrom(LongWords words, int at, int count) {
        words.getAll(at, array, ROOM, count);
    }

    /** Puts all or none into a queue, and says how many; waits for nobody, since the pages are another way. */
    int enqueue(AlfQueue queue, int index, int count) {
        return queue.relaxedEnqueue(array, ROOM + index, count);
    }

    /** Takes as many as there are out of a queue. */
    int dequeue(AlfQueue queue, int index, int most) {
        return queue.relaxedDequeue(array, ROOM + index, most);
    }
}

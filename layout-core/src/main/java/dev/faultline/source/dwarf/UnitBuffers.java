package dev.faultline.source.dwarf;

import java.util.ArrayList;
import java.util.List;

/**
 * Arrays for the bytes of units, used again and again, so that the bytes of a large file do not pass through the heap
 * as garbage. When those that are in use have many bytes together, who wants one waits until others are given back.
 */
final class UnitBuffers {

    /** Most bytes in use at once, unless one unit has more. */
    private static final long MOST_BYTES = 24L << 20;

    private static final int LEAST_BYTES = 1 << 18;

    /** Most arrays that are kept for use; larger ones are not kept. */
    private static final int MOST_FREE = 16;

    private static final int MOST_KEPT_BYTES = 4 << 20;

    private final List<byte[]> free = new ArrayList<>();
    private long inUse;

    /** {@return an array of at least that length, whose content is undefined} */
    synchronized byte[] take(int byteSize) throws InterruptedException {
        while (inUse > 0 && inUse + byteSize > MOST_BYTES) {
            wait();
        }
        byte[] buffer = fitting(byteSize);
        inUse += buffer.length;
        return buffer;
    }

    /** {@return an array that was made elsewhere, when those in use leave room for it} */
    synchronized byte[] adopt(byte[] buffer) throws InterruptedException {
        while (inUse > 0 && inUse + buffer.length > MOST_BYTES) {
            wait();
        }
        inUse += buffer.length;
        return buffer;
    }

    private byte[] fitting(int byteSize) {
        for (int i = free.size() - 1; i >= 0; i--) {
            if (free.get(i).length >= byteSize) {
                return free.remove(i);
            }
        }
        if (!free.isEmpty()) {
            free.remove(0); // a larger one takes its place
        }
        return new byte
                [byteSize > MOST_KEPT_BYTES ? byteSize : Math.max(LEAST_BYTES, Integer.highestOneBit(byteSize) * 2)];
    }

    /** Takes back an array whose bytes are not read any more. */
    synchronized void giveBack(byte[] buffer) {
        inUse -= buffer.length;
        if (buffer.length <= MOST_KEPT_BYTES && free.size() < MOST_FREE) {
            free.add(buffer);
        }
        notifyAll();
    }
}

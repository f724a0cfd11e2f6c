package dev.faultline.offheap.refcount;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.IntWord;

/**
 * The references of a network device in one word that everybody adds to: what {@link DeviceCount} replaced, and what is still
 * used where memory counts for more. Its sum is exact, and a put too much is found at once.
 */
public final class SharedDeviceCount {

    private final IntWord count;

    /**
     * Makes a count of 0. It is never closed, so nothing keeps a second one from being made at the same place, which
     * begins at
     * 0 again and counts what both are told.
     *
     * @param block where it is
     * @param byteOffset where in the block its 4 bytes are, a multiple of 4
     */
    public SharedDeviceCount(Block block, long byteOffset) {
        count = block.int32(byteOffset);
        count.setVolatile(0);
    }

    /** Takes a reference. */
    public void hold() {
        count.getAndAdd(1);
    }

    /**
     * Gives a reference back.
     *
     * @throws IllegalStateException when there is none
     */
    public void put() {
        if (count.getAndAdd(-1) <= 0) {
            count.getAndAdd(1);
            throw new IllegalStateException("more references were put than held");
        }
    }

    /** {@return how many there are} */
    public int read() {
        return count.getVolatile();
    }
}

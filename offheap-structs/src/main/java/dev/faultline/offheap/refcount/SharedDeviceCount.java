package dev.faultline.offheap.refcount;

import dev.faultline.api.Internal;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.IntWord;

/**
 * The reference count of a network device in one word that every thread adds to: what {@link DeviceCount} replaced, and
 * what is still used where memory matters more. The sum is exact, and a put without a reference is found at once.
 * Thread-safe.
 */
@Internal
public final class SharedDeviceCount {

    private final IntWord count;

    /**
     * Makes a count of 0. It is never closed, so a second count can be made at the same place by mistake; it sets the
     * word to 0 and both then change it.
     *
     * @param block the block that it is in
     * @param byteOffset offset of its 4 bytes in the block, a multiple of 4
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
     * @throws IllegalStateException when there is none; the count is not changed
     */
    public void put() {
        if (count.getAndAdd(-1) <= 0) {
            count.getAndAdd(1);
            throw new IllegalStateException("more references were put than held");
        }
    }

    /** {@return the number of references} */
    public int read() {
        return count.getVolatile();
    }
}

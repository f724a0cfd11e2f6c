package dev.faultline.bench.contestants.refcount;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.refcount.SharedDeviceCount;

/** {@link SharedDeviceCount}, which {@link DeviceStripesCount} replaced. */
public final class DeviceWordCount extends OffHeapCount {

    private SharedDeviceCount count;

    @Override
    void open(Block memory, long byteOffset, int threads) {
        count = new SharedDeviceCount(memory, byteOffset);
        count.hold();
    }

    @Override
    public User user(int thread) {
        return new Holding(count);
    }

    private record Holding(SharedDeviceCount count) implements User {
        @Override
        public boolean get() {
            count.hold();
            return true;
        }

        @Override
        public void put() {
            count.put();
        }
    }
}

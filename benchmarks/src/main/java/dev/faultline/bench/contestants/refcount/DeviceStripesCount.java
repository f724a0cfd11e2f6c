package dev.faultline.bench.contestants.refcount;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.StripeAreas;
import dev.faultline.offheap.rcu.Reader;
import dev.faultline.offheap.refcount.DeviceCount;

/** {@link DeviceCount}: a sum over packed stripes, as in the kernel. */
public final class DeviceStripesCount extends OffHeapCount {

    private static final int AREA_BYTES = 4096;

    private DeviceCount count;
    private DeviceFields fields;

    @Override
    void open(Block memory, long byteOffset, int threads) {
        fields = new DeviceFields(memory, byteOffset);
        count = DeviceCount.open("bench0", DeviceCount.Form.FROM_ONE, StripeAreas.packed(threads, AREA_BYTES));
    }

    @Override
    public User user(int thread) {
        return new Holding(count, fields, inside());
    }

    private record Holding(DeviceCount stripes, DeviceFields device, Reader reader) implements DeviceUser {
        @Override
        public boolean get() {
            stripes.hold(reader);
            return true;
        }

        @Override
        public void put() {
            stripes.put(reader);
            reader.quiescent();
        }

        @Override
        public long fields() {
            return device.sum();
        }

        @Override
        public long count() {
            return reader.slot();
        }
    }
}

package dev.faultline.bench.contestants.refcount;

import dev.faultline.layout.StructLayout;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.refcount.SharedDeviceCount;

/** {@link SharedDeviceCount} in a field of the device, which {@link DeviceStripesCount} replaced. */
public final class DeviceWordCount extends OffHeapCount {

    private final String field;
    private SharedDeviceCount count;
    private DeviceFields fields;

    /**
     * Chooses where the count is.
     *
     * @param field a field of net_device in Linux 6.18 that nothing else here uses, in whose place the count is
     */
    public DeviceWordCount(String field) {
        this.field = field;
    }

    @Override
    void open(Block memory, long byteOffset, int threads) {
        StructLayout layout = DeviceFields.layout();
        long place = layout.resolve(field).orElseThrow().bytes().start();
        fields = new DeviceFields(memory, byteOffset);
        count = new SharedDeviceCount(memory, byteOffset + place);
        count.hold();
    }

    @Override
    public User user(int thread) {
        return new Holding(count, fields);
    }

    private record Holding(SharedDeviceCount shared, DeviceFields device) implements DeviceUser {
        @Override
        public boolean get() {
            shared.hold();
            return true;
        }

        @Override
        public void put() {
            shared.put();
        }

        @Override
        public long fields() {
            return device.sum();
        }

        @Override
        public long count() {
            return shared.read();
        }
    }
}

package dev.faultline.bench.contestants.refcount;

import dev.faultline.layout.StructLayout;
import dev.faultline.offheap.kernel.KernelCatalog;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.memory.LongWord;
import dev.faultline.offheap.memory.StructView;
import dev.faultline.source.Lookup;

/** Four fields of a network device that every frame reads, where Linux 6.18 has them, on two cache lines. */
final class DeviceFields {

    /** The number that {@link #sum} returns, as the fields are set. */
    static final long SUM = 1_500 + 1;

    private final LongWord operations;
    private final IntWord mtu;
    private final IntWord flags;
    private final LongWord features;

    DeviceFields(Block memory, long byteOffset) {
        StructView device = StructView.bind(layout(), memory, byteOffset);
        operations = device.int64("netdev_ops");
        mtu = device.int32("mtu");
        flags = device.int32("flags");
        features = device.int64("features");
        mtu.set(1_500);
        flags.set(1);
    }

    /** {@return the layout of the device} */
    static StructLayout layout() {
        return ((Lookup.Found) new KernelCatalog().find("net_device@6.18"))
                .subjects()
                .get(0)
                .layout();
    }

    /** {@return the sum of the four fields} */
    long sum() {
        return operations.getVolatile() + mtu.getVolatile() + flags.getVolatile() + features.getVolatile();
    }
}

package dev.faultline.bench.contestants.refcount;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.StripeAreas;
import dev.faultline.offheap.rcu.Reader;
import dev.faultline.offheap.refcount.PercpuRef;

/** {@link PercpuRef} in its per-stripe mode. Its user reports a quiescent state after each operation. */
public final class PercpuCount extends OffHeapCount {

    private static final int AREA_BYTES = 4096;

    private PercpuRef count;

    @Override
    void open(Block memory, long byteOffset, int threads) {
        StripeAreas areas = StripeAreas.packed(threads, AREA_BYTES);
        count = PercpuRef.open(memory, byteOffset, areas, periods(), () -> {
            throw new IllegalStateException("the count's own reference was put");
        });
    }

    @Override
    public User user(int thread) {
        return new Referring(count, inside());
    }

    private record Referring(PercpuRef count, Reader reader) implements User {
        @Override
        public boolean get() {
            count.get(reader);
            return true;
        }

        @Override
        public void put() {
            count.put(reader);
            reader.quiescent();
        }
    }
}

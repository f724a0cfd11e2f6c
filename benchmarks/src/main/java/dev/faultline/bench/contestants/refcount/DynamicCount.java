package dev.faultline.bench.contestants.refcount;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.StripeAreas;
import dev.faultline.offheap.rcu.Reader;
import dev.faultline.offheap.refcount.DynamicRef;

/** {@link DynamicRef}: one word at first, and a counter per stripe after heavy use; the warm-up is heavy enough. */
public final class DynamicCount extends OffHeapCount {

    private static final int AREA_BYTES = 4096;

    private DynamicRef count;

    @Override
    void open(Block memory, long byteOffset, int threads) {
        count = DynamicRef.open(
                memory,
                byteOffset,
                StripeAreas.packed(threads, AREA_BYTES),
                periods(),
                System::nanoTime,
                DynamicRef.DEFAULT_THRESHOLD,
                () -> {
                    throw new IllegalStateException("the count's own reference was put");
                });
    }

    @Override
    public User user(int thread) {
        return new Referring(count, inside());
    }

    private record Referring(DynamicRef count, Reader reader) implements User {
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

package dev.faultline.offheap.bench;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.StripeAreas;
import dev.faultline.offheap.rcu.Reader;
import dev.faultline.offheap.refcount.DynamicRef;

/** Our {@link DynamicRef}: one word at first, per stripe once it is used a lot, which warming up does. */
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

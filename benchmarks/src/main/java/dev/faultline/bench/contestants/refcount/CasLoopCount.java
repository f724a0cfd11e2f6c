package dev.faultline.bench.contestants.refcount;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.refcount.CasCount;
import java.util.Map;

/** {@link CasCount}, which {@link RcurefCount} replaced; on the same kind of memory. */
public final class CasLoopCount extends OffHeapCount {

    private CasCount count;

    @Override
    void open(Block memory, long byteOffset, int threads) {
        count = new CasCount(word(memory, byteOffset));
        count.init(1);
    }

    @Override
    public User user(int thread) {
        return new Looping(count, new CasCount.Retries());
    }

    /** What one thread does with any such count. */
    record Looping(CasCount count, CasCount.Retries retries) implements User {
        @Override
        public boolean get() {
            return count.get(retries);
        }

        @Override
        public void put() {
            if (count.put()) {
                throw new IllegalStateException("the count's own reference was put");
            }
        }

        @Override
        public Map<String, Long> counters() {
            return Map.of("retries", retries.count());
        }
    }
}

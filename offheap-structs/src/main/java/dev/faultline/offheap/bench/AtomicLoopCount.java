package dev.faultline.offheap.bench;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A count that is got by a compare-and-set loop, unless it is zero, and put by one subtraction: the kernel's old way. */
public final class AtomicLoopCount implements CountContestant {

    private final Apart<AtomicInteger> count = new Apart<>(() -> new AtomicInteger(1));

    @Override
    public void open(int threads) {}

    @Override
    public User user(int thread) {
        return new Loop(count.get());
    }

    private static final class Loop implements User {
        private final AtomicInteger count;
        private final long[] retries = Apart.counter();

        Loop(AtomicInteger count) {
            this.count = count;
        }

        @Override
        public boolean get() {
            int seen = count.get();
            while (seen != 0) {
                if (count.compareAndSet(seen, seen + 1)) {
                    return true;
                }
                retries[Apart.AT]++;
                seen = count.get();
            }
            return false;
        }

        @Override
        public void put() {
            if (count.decrementAndGet() == 0) {
                throw new IllegalStateException("the count's own reference was put");
            }
        }

        @Override
        public Map<String, Long> counts() {
            return Map.of("retries", retries[Apart.AT]);
        }
    }
}

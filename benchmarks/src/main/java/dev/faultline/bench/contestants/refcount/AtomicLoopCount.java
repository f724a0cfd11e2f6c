package dev.faultline.bench.contestants.refcount;

import dev.faultline.bench.harness.PaddedHolder;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Gets by a compare-and-set loop unless the count is zero, and puts by one subtraction, as the kernel did before. */
public final class AtomicLoopCount implements CountContestant {

    private final PaddedHolder<AtomicInteger> count = new PaddedHolder<>(() -> new AtomicInteger(1));

    @Override
    public void open(int threads) {}

    @Override
    public User user(int thread) {
        return new Loop(count.get());
    }

    private static final class Loop implements User {
        private final AtomicInteger count;
        private final long[] retries = PaddedHolder.counter();

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
                retries[PaddedHolder.AT]++;
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
        public Map<String, Long> counters() {
            return Map.of("retries", retries[PaddedHolder.AT]);
        }
    }
}

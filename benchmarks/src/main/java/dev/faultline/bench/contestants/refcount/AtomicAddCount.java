package dev.faultline.bench.contestants.refcount;

import dev.faultline.bench.harness.PaddedHolder;
import java.util.concurrent.atomic.AtomicInteger;

/** Gets and puts by one addition each. It cannot refuse at zero; no count in one word is faster. */
public final class AtomicAddCount implements CountContestant {

    private final PaddedHolder<AtomicInteger> count = new PaddedHolder<>(() -> new AtomicInteger(1));

    @Override
    public void open(int threads) {}

    @Override
    public User user(int thread) {
        return new Adding(count.get());
    }

    private record Adding(AtomicInteger count) implements User {
        @Override
        public boolean get() {
            return count.getAndAdd(1) > 0;
        }

        @Override
        public void put() {
            if (count.getAndAdd(-1) == 1) {
                throw new IllegalStateException("the count's own reference was put");
            }
        }
    }
}

package dev.faultline.offheap.bench;

import java.util.concurrent.atomic.AtomicInteger;

/** A count that is got and put by one addition each: it cannot refuse at zero, and is as fast as one word can be. */
public final class AtomicAddCount implements CountContestant {

    private final Apart<AtomicInteger> count = new Apart<>(() -> new AtomicInteger(1));

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

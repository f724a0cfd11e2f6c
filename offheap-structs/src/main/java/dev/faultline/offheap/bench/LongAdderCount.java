package dev.faultline.offheap.bench;

import java.util.concurrent.atomic.LongAdder;

/** A count spread over cells: it never knows that it is zero, so it counts and protects nothing. */
public final class LongAdderCount implements CountContestant {

    private final Apart<LongAdder> count = new Apart<>(LongAdder::new);

    @Override
    public void open(int threads) {}

    @Override
    public User user(int thread) {
        return new Adding(count.get());
    }

    private record Adding(LongAdder count) implements User {
        @Override
        public boolean get() {
            count.increment();
            return true;
        }

        @Override
        public void put() {
            count.decrement();
        }
    }
}

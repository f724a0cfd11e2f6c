package dev.faultline.bench.contestants.refcount;

import dev.faultline.bench.harness.PaddedHolder;
import java.util.concurrent.atomic.LongAdder;

/** Spreads the count over cells. It cannot tell when it is zero, so it counts and protects nothing. */
public final class LongAdderCount implements CountContestant {

    private final PaddedHolder<LongAdder> count = new PaddedHolder<>(LongAdder::new);

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

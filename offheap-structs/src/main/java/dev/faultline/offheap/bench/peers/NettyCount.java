package dev.faultline.offheap.bench.peers;

import dev.faultline.offheap.bench.Apart;
import dev.faultline.offheap.bench.CountContestant;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;

/** Netty's count: retained by one addition that is taken back when it was zero. */
public final class NettyCount implements CountContestant {

    private final Apart<Counted> count = new Apart<>(Counted::new);

    @Override
    public void open(int threads) {}

    @Override
    public User user(int thread) {
        return new Retaining(count.get());
    }

    private static final class Counted extends AbstractReferenceCounted {
        @Override
        protected void deallocate() {
            throw new IllegalStateException("the count's own reference was put");
        }

        @Override
        public ReferenceCounted touch(Object hint) {
            return this;
        }
    }

    private record Retaining(Counted count) implements User {
        @Override
        public boolean get() {
            count.retain(); // throws at zero
            return true;
        }

        @Override
        public void put() {
            count.release();
        }
    }
}

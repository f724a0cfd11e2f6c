package dev.faultline.bench.peers;

import dev.faultline.bench.contestants.refcount.CountContestant;
import dev.faultline.bench.harness.PaddedHolder;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;

/** Netty's count. It is retained by one addition, which is undone when the count was zero. */
public final class NettyCount implements CountContestant {

    private final PaddedHolder<Counted> count = new PaddedHolder<>(Counted::new);

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

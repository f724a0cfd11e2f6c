package dev.faultline.offheap.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.memory.Block;
import org.junit.jupiter.api.Test;

/** A pool that cannot be made leaves no memory behind. */
class IncompletePoolTest {

    /** A cache whose second stripe fails, after a pool over it has allocated its memory. */
    private record Failing(Slab slab) implements ObjectCache {

        @Override
        public Local local(int stripe) {
            if (stripe > 0) {
                throw new OutOfMemoryError("stripe " + stripe);
            }
            return slab.local(stripe);
        }

        @Override
        public Slots slots() {
            return slab.slots();
        }

        @Override
        public StripeNodes stripes() {
            return slab.stripes();
        }

        @Override
        public int held() {
            return 0;
        }

        @Override
        public AllocatorStatistics counts() {
            return slab.counts();
        }

        @Override
        public void close() {}
    }

    @Test
    void what_was_allocated_before_the_failure_is_freed() {
        try (Slab slab = Slab.create(StripeNodes.onOneNode(2), 10, 64, 8)) {
            ObjectCache failing = new Failing(slab);
            int live = Block.live();
            assertThatThrownBy(() -> ArrayQmempool.create(failing, 8, 16)).hasMessage("stripe 1");
            assertThat(Block.live()).isEqualTo(live);
            assertThatThrownBy(() -> Qmempool.create(failing, 16, 32, 0)).hasMessage("stripe 1");
            assertThat(Block.live()).isEqualTo(live);
        }
    }
}

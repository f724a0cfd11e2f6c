package dev.faultline.offheap.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.pool.SkbCaches.Switches;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left of the allocators when a thread ends between two calls, or inside one. */
class PoolDeathTest {

    private static final StripeNodes TWO = StripeNodes.onOneNode(2);

    private final int liveBefore = Block.live();

    @AfterEach
    void nothing_is_left() {
        assertThat(Block.live()).isEqualTo(liveBefore);
    }

    private static void inThread(Runnable body) {
        Thread thread = start(body, new AtomicReference<>());
        join(thread);
    }

    private static Thread start(Runnable body, AtomicReference<Throwable> thrown) {
        Thread thread = new Thread(body);
        thread.setUncaughtExceptionHandler((who, why) -> thrown.set(why));
        thread.start();
        return thread;
    }

    private static void join(Thread thread) {
        try {
            thread.join(20_000);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        assertThat(thread.isAlive()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void a_successor_takes_over_the_stripe_of_a_dead_thread_and_frees_what_it_had(Kind kind) {
        try (Kind.Stack stack = kind.open(TWO, 200, 24)) {
            long[] left = new long[3];
            inThread(() -> {
                for (int i = 0; i < left.length; i++) {
                    left[i] = stack.top().local(0).allocate();
                }
                stack.top().local(0).free(left[2]);
            });
            assertThat(stack.top().local(0).allocate()).isNotZero().isNotEqualTo(left[2]);
            stack.top().local(0).free(left[0]);
            stack.top().local(1).free(left[1]);
            stack.closeLayers();
            assertThat(stack.slab().inUse()).as("what the successor allocated").isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_a_dead_thread_had_not_freed_stays_in_use_until_the_slab_is_closed(Kind kind) {
        try (Kind.Stack stack = kind.open(TWO, 200, 24)) {
            inThread(() -> stack.top().local(0).allocate());
            stack.closeLayers();
            assertThat(stack.slab().inUse()).isEqualTo(1);
        }
    }

    /** The state in which a thread ends that has taken back some objects, a batch at most, and put them nowhere yet. */
    @ParameterizedTest
    @EnumSource
    void a_thread_that_ends_inside_a_free_loses_what_it_was_moving_and_disturbs_no_other(Kind kind) {
        try (Kind.Stack stack = kind.open(TWO, 200, 24)) {
            long[] lost = new long[Qmempool.BULK];
            inThread(() -> {
                for (int i = 0; i < lost.length; i++) {
                    lost[i] = stack.top().local(0).allocate();
                }
                for (long handle : lost) {
                    stack.top().slots().takeBack(handle);
                }
            });
            assertThatThrownBy(() -> stack.top().local(1).free(lost[0])).hasMessageContaining("held by a cache");
            for (int i = 0; i < 400; i++) {
                stack.top().local(i % 2).free(stack.top().local(0).allocate());
            }
            stack.closeLayers();
            assertThat(stack.slab().inUse()).isEqualTo(lost.length);
        }
    }

    @Test
    void the_array_of_a_dead_thread_keeps_its_objects_until_it_is_drained_or_a_successor_uses_it() {
        try (Slab slab = Slab.create(TWO, 4, 24, 64);
                ArrayQmempool pool = ArrayQmempool.create(slab, 4, 4)) {
            inThread(() -> {
                long[] objects = new long[4];
                for (int i = 0; i < objects.length; i++) {
                    objects[i] = pool.local(0).allocate();
                }
                for (long handle : objects) {
                    pool.local(0).free(handle);
                }
            });
            assertThat(pool.heldBy(0)).isEqualTo(4);
            assertThat(pool.local(1).allocate())
                    .as("what the dead thread keeps")
                    .isZero();

            long taken = pool.local(0).allocate();
            assertThat(taken).as("what a successor gets").isNotZero();
            pool.local(0).free(taken);
            pool.drain(0);
            assertThat(pool.heldBy(0)).isZero();
            for (int i = 0; i < 4; i++) {
                assertThat(pool.local(1).allocate()).isNotZero();
            }
        }
    }

    @Test
    void an_exception_under_the_lock_of_a_node_unlocks_it() {
        try (Slab slab = Slab.create(TWO, 10, 24, 64);
                Block block = Block.allocate(StripeCounters.BYTES, 64)) {
            long handle = slab.local(0).allocate();
            StripeCounters counters = new StripeCounters(block, 0);
            assertThatThrownBy(() -> slab.give(handle, counters)).hasMessageContaining("expected to be held");
            assertThat(counters(counters)).as("locks that were taken").isEqualTo(1);
            slab.local(1).free(handle);
            assertThat(slab.inUse()).isZero();
        }
    }

    private static long counters(StripeCounters counters) {
        return StripeCounters.sum(Stream.of(counters)).get(AllocatorCounter.NODE_LOCKS);
    }

    @Test
    void who_needs_a_lock_that_a_dead_thread_holds_waits_until_the_slab_is_closed() throws InterruptedException {
        Slab slab = Slab.create(TWO, 100, 24, 64);
        inThread(() -> slab.node(0).lock.lock());
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread waiting = start(() -> slab.local(1).allocate(), thrown);
        waiting.join(100);
        assertThat(waiting.isAlive()).isTrue();
        slab.close();
        join(waiting);
        assertThat(thrown.get()).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    }

    @Test
    void arrays_and_magazines_go_on_without_the_slab_while_they_have_objects() {
        for (Kind kind : new Kind[] {Kind.ARRAYS, Kind.MAGAZINES, Kind.POOL_OVER_SLAB}) {
            try (Kind.Stack stack = kind.open(TWO, 200, 24)) {
                long first = stack.top().local(1).allocate();
                stack.top().local(1).free(first);
                inThread(() -> stack.slab().node(0).lock.lock());
                stack.top().local(1).free(stack.top().local(1).allocate());
                stack.slab().node(0).lock.unlock();
            }
        }
    }

    @Test
    void objects_freed_for_a_dead_owner_wait_on_its_list_at_most_64_of_them_until_a_successor_drains_it() {
        try (Kind.Stack stack = Kind.DEFERRED_OVER_SLAB.open(TWO, 200, 24)) {
            DeferredFrees deferred = (DeferredFrees) stack.top();
            long[] left = new long[100];
            inThread(() -> {
                for (int i = 0; i < left.length; i++) {
                    left[i] = deferred.local(0).allocate();
                }
            });
            for (long handle : left) {
                deferred.local(1).free(handle);
            }
            assertThat(deferred.local(0).waiting()).isEqualTo(64);
            assertThat(stack.slab().inUse()).isEqualTo(64);
            deferred.local(0).drain();
            assertThat(stack.slab().inUse()).isZero();
        }
    }

    @Test
    void an_exception_inside_a_system_call_lets_go_of_the_socket() {
        try (Slab heads = Slab.create(TWO, 10, 232, 64);
                Slab pairs = Slab.create(TWO, 10, 456, 64);
                SkbCaches sockets = SkbCaches.create(heads, pairs, 1, Switches.ON)) {
            assertThatThrownBy(() -> sockets.local(0).read(0, 1)).isInstanceOf(IllegalArgumentException.class);
            long packet = sockets.local(1).send(0, 0);
            sockets.local(1).acknowledged(0, packet);
            assertThat(sockets.held()).isEqualTo(1);
        }
    }

    /** A cache whose allocations wait. */
    private record Stalling(Slab slab, CountDownLatch entered, CountDownLatch go) implements ObjectCache {
        @Override
        public Slots slots() {
            return slab.slots();
        }

        @Override
        public StripeNodes stripes() {
            return slab.stripes();
        }

        @Override
        public Local local(int stripe) {
            Local own = slab.local(stripe);
            return new Local() {
                @Override
                public long allocate() {
                    entered.countDown();
                    try {
                        go.await();
                    } catch (InterruptedException interrupted) {
                        throw new IllegalStateException(interrupted);
                    }
                    return own.allocate();
                }

                @Override
                public void free(long handle) {
                    own.free(handle);
                }
            };
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
        public void close() {
            slab.close();
        }
    }

    @Test
    void who_needs_a_socket_whose_owner_does_not_continue_waits() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (Slab heads = Slab.create(TWO, 10, 232, 64);
                Stalling pairs = new Stalling(Slab.create(TWO, 10, 456, 64), entered, go);
                SkbCaches sockets = SkbCaches.create(heads, pairs, 1, Switches.ON)) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread owner = start(() -> sockets.local(0).send(0, 0), thrown);
            entered.await();
            Thread waiting = start(() -> sockets.local(1).purge(0), thrown);
            waiting.join(100);
            assertThat(waiting.isAlive()).isTrue();
            go.countDown();
            join(owner);
            join(waiting);
            assertThat(thrown.get()).isNull();
        }
    }
}

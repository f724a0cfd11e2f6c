package dev.faultline.offheap.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One stripe allocates and another frees: the exact number of locks that this takes. */
class UnevenTest {

    private static final int PACKET = 232; // a slot of 256 bytes
    private static final int PAIR = 456; // a slot of 512 bytes
    private static final StripeNodes ON_TWO_NODES = new StripeNodes(2, 1);
    private static final StripeNodes ON_ONE_NODE = StripeNodes.onOneNode(2);

    /** Allocates on stripe 0 and frees on stripe 1, {@code inFlight} at a time. */
    private static AllocatorStatistics pass(ObjectCache cache, int pairs, int inFlight) {
        AllocatorStatistics before = cache.counts();
        long[] flying = new long[inFlight];
        for (int done = 0; done < pairs; done += inFlight) {
            for (int i = 0; i < inFlight; i++) {
                flying[i] = cache.local(0).allocate();
                assertThat(flying[i]).isNotZero();
            }
            for (long handle : flying) {
                cache.local(1).free(handle);
            }
        }
        return cache.counts().since(before);
    }

    @Test
    void limits_are_chosen_by_size() {
        assertThat(IntStream.of(256, 257, 1024, 1025, 4096, 4097, 131072, 131073)
                        .map(ArrayCaches::limit))
                .containsExactly(120, 54, 54, 24, 24, 8, 8, 1);
        assertThat(IntStream.of(64, 255, 256, 1023, 1024, 4095, 4096, 1 << 20).map(Magazines::capacity))
                .containsExactly(60, 60, 28, 28, 12, 12, 4, 4);
    }

    @Test
    void with_aliens_every_twelfth_free_and_every_batch_of_allocations_takes_a_nodes_lock() {
        int batch = 60;
        try (Slab slab = Slab.create(ON_TWO_NODES, 4000, PACKET, 64);
                ArrayCaches caches = ArrayCaches.over(slab)) {
            pass(caches, 600, 600);

            AllocatorStatistics counts = pass(caches, 50 * 600, 600);

            assertThat(counts.get(AllocatorCounter.REMOTE_FREES)).isEqualTo(50 * 600);
            assertThat(counts.get(AllocatorCounter.FLUSHES))
                    .as("alien caches drained")
                    .isEqualTo(50 * 600 / 12);
            assertThat(counts.get(AllocatorCounter.REFILLS)).isEqualTo(50 * 600 / batch);
            assertThat(counts.get(AllocatorCounter.NODE_LOCKS)).isEqualTo(50 * 600 / 12 + 50 * 600 / batch);
            assertThat(counts.get(AllocatorCounter.LAYER_LOCKS))
                    .as("its own lock at each free")
                    .isEqualTo(50 * 600);
        }
    }

    /** The shared array gets twelve at a time, and a refill takes what is there: at most 48 of 60, in twelves. */
    @Test
    void where_each_object_comes_back_before_the_next_is_needed_refills_find_four_dozen() {
        try (Slab slab = Slab.create(ON_TWO_NODES, 4000, PACKET, 64);
                ArrayCaches caches = ArrayCaches.over(slab)) {
            pass(caches, 60, 1);

            AllocatorStatistics counts = pass(caches, 4800, 1);

            assertThat(counts.get(AllocatorCounter.FLUSHES)).isEqualTo(4800 / 12);
            assertThat(counts.get(AllocatorCounter.REFILLS)).isEqualTo(4800 / 48);
            assertThat(counts.get(AllocatorCounter.NODE_LOCKS)).isEqualTo(4800 / 12 + 4800 / 48);
        }
    }

    @Test
    void on_one_node_there_are_no_aliens_but_each_batch_takes_the_lock_on_both_sides() {
        try (Slab slab = Slab.create(ON_ONE_NODE, 4000, PACKET, 64);
                ArrayCaches caches = ArrayCaches.over(slab)) {
            pass(caches, 6000, 1);

            AllocatorStatistics counts = pass(caches, 6000, 1);

            assertThat(counts.get(AllocatorCounter.NODE_LOCKS)).isEqualTo(6000 / 60 + 6000 / 60);
            assertThat(counts.get(AllocatorCounter.LAYER_LOCKS)).isZero();
            assertThat(counts.get(AllocatorCounter.REMOTE_FREES)).isZero();
        }
    }

    @Test
    void magazines_take_a_lock_for_each_magazine_and_none_of_a_nodes_pages() {
        try (Slab slab = Slab.create(ON_ONE_NODE, 4000, PACKET, 64);
                Magazines magazines = Magazines.over(slab)) {
            pass(magazines, 2800, 1);

            AllocatorStatistics counts = pass(magazines, 2800, 1);

            assertThat(counts.get(AllocatorCounter.LAYER_LOCKS)).isEqualTo(2800 / 28 + 2800 / 28);
            assertThat(counts.get(AllocatorCounter.NODE_LOCKS)).isZero();
        }
    }

    @Test
    void magazines_do_not_take_in_what_belongs_to_another_node() {
        try (Slab slab = Slab.create(ON_TWO_NODES, 4000, PACKET, 64);
                Magazines magazines = Magazines.over(slab)) {
            AllocatorStatistics counts = pass(magazines, 2800, 1);

            assertThat(counts.get(AllocatorCounter.REMOTE_FREES)).isEqualTo(2800);
            assertThat(counts.get(AllocatorCounter.NODE_LOCKS)).isEqualTo(2800 + 2800 / 28);
            assertThat(magazines.held()).isZero();
        }
    }

    @Test
    void a_barn_takes_ten_full_magazines_and_what_is_more_goes_back_to_its_pages() {
        int full = 10 * 28;
        int stripe = 2 * 28;
        try (Slab slab = Slab.create(ON_ONE_NODE, 4000, PACKET, 64);
                Magazines magazines = Magazines.over(slab)) {
            long[] out = new long[1000];
            for (int i = 0; i < out.length; i++) {
                out[i] = magazines.local(0).allocate();
            }
            for (int i = 0; i < full + stripe; i++) {
                magazines.local(1).free(out[i]);
            }
            int left = magazines.held() - full - stripe;
            assertThat(left).as("what stripe 0 has in its magazine").isBetween(0, 27);
            assertThat(magazines.counts().get(AllocatorCounter.LAYER_LOCKS)).isEqualTo(10);

            AllocatorStatistics before = magazines.counts();
            magazines.local(1).free(out[full + stripe]);

            assertThat(magazines.held()).isEqualTo(left + full + 28 + 1);
            assertThat(magazines.counts().since(before).get(AllocatorCounter.NODE_LOCKS))
                    .isEqualTo(1);
            assertThat(magazines.counts().since(before).get(AllocatorCounter.LAYER_LOCKS))
                    .as("that it is full is seen without its lock")
                    .isZero();
        }
    }

    @Test
    void an_even_stripe_takes_no_lock_however_its_magazines_or_array_stand() {
        for (Kind kind : new Kind[] {Kind.ARRAYS, Kind.MAGAZINES, Kind.POOL_OVER_SLAB}) {
            try (Kind.Stack stack = kind.open(ON_ONE_NODE, 4000, PACKET)) {
                ObjectCache.Local local = stack.top().local(0);
                long[] out = new long[10];
                for (int i = 0; i < 3; i++) {
                    burst(local, out);
                }
                AllocatorStatistics before = stack.top().counts();
                for (int i = 0; i < 1000; i++) {
                    burst(local, out);
                }
                AllocatorStatistics counts = stack.top().counts().since(before);
                assertThat(counts.locks()).as(kind.name()).isZero();
                if (kind != Kind.POOL_OVER_SLAB) { // its queue of 16 has no room for another bulk
                    assertThat(counts.get(AllocatorCounter.ALLOCATION_HITS)).isEqualTo(10_000);
                    assertThat(counts.get(AllocatorCounter.FREE_HITS)).isEqualTo(10_000);
                }
            }
        }
    }

    private static void burst(ObjectCache.Local local, long[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] = local.allocate();
        }
        for (long handle : out) {
            local.free(handle);
        }
    }

    @Test
    void deferred_frees_go_home_under_the_lists_lock_and_leave_the_allocators_alone() {
        try (Slab slab = Slab.create(ON_TWO_NODES, 4000, PACKET, 64);
                ArrayCaches arrays = ArrayCaches.over(slab);
                DeferredFrees deferred = DeferredFrees.over(arrays)) {
            pass(deferred, 33, 1);
            assertThat(deferred.local(0).waiting()).isEqualTo(33);

            AllocatorStatistics counts = pass(deferred, 33 * 100, 1);

            assertThat(counts.get(AllocatorCounter.NODE_LOCKS)).isZero();
            assertThat(counts.get(AllocatorCounter.LAYER_LOCKS))
                    .as("each free, and its owner once it was told of the 33rd")
                    .isEqualTo(33 * 100 + 100);
            assertThat(counts.get(AllocatorCounter.FLUSHES)).isEqualTo(100);
            deferred.local(0).drain();
            assertThat(deferred.local(0).waiting()).isZero();
        }
    }

    @Test
    void a_full_list_sends_objects_to_the_allocator_where_they_are() {
        try (Slab slab = Slab.create(ON_TWO_NODES, 4000, PACKET, 64);
                DeferredFrees deferred = DeferredFrees.over(slab)) {
            long[] out = new long[100];
            for (int i = 0; i < out.length; i++) {
                out[i] = deferred.local(0).allocate();
            }
            for (long handle : out) {
                deferred.local(1).free(handle);
            }
            assertThat(deferred.local(0).waiting()).isEqualTo(64);
            assertThat(deferred.held()).isEqualTo(64);
            assertThat(slab.inUse()).isEqualTo(64);
            assertThat(slab.counts().get(AllocatorCounter.NODE_LOCKS)).isEqualTo(100 + 36);
            deferred.local(0).drain();
            assertThat(slab.inUse()).isZero();
        }
    }

    /** A server reads requests that stripe 0 received, and sends answers that are acknowledged on stripe 0. */
    private static void converse(SkbCaches sockets, int rounds) {
        SkbCaches.Local network = sockets.local(0);
        SkbCaches.Local server = sockets.local(1);
        for (int i = 0; i < rounds; i++) {
            int socket = i % 4;
            long request = network.receive();
            network.deliver(socket);
            server.read(socket, request);
            long answer = server.send(socket, 0);
            server.takeClone(answer);
            network.cloneSent(answer);
            network.acknowledged(socket, answer);
        }
    }

    private static AllocatorStatistics converse(
            ObjectCache heads, ObjectCache pairs, SkbCaches.Switches switches, int rounds) {
        try (SkbCaches sockets = SkbCaches.create(heads, pairs, 4, switches)) {
            converse(sockets, 1200);
            AllocatorStatistics before = both(heads, pairs);
            converse(sockets, rounds);
            return both(heads, pairs).since(before);
        }
    }

    private static AllocatorStatistics both(ObjectCache heads, ObjectCache pairs) {
        return heads == pairs ? heads.counts() : heads.counts().plus(pairs.counts());
    }

    @Test
    void requests_and_answers_through_a_cache_each_take_locks_on_both_sides() {
        try (Slab heads = Slab.create(ON_ONE_NODE, 4000, PACKET, 64);
                Slab pairs = Slab.create(ON_ONE_NODE, 4000, PAIR, 64);
                ArrayCaches headArrays = ArrayCaches.over(heads);
                ArrayCaches pairArrays = ArrayCaches.over(pairs)) {
            AllocatorStatistics counts = converse(headArrays, pairArrays, SkbCaches.Switches.OFF, 5400);

            assertThat(counts.get(AllocatorCounter.NODE_LOCKS)).isEqualTo(2 * 5400 / 60 + 2 * 5400 / 27);
        }
    }

    @Test
    void one_cache_for_both_takes_none_because_each_stripe_allocates_what_it_freed() {
        try (Slab slab = Slab.create(ON_ONE_NODE, 4000, PAIR, 64);
                ArrayCaches arrays = ArrayCaches.over(slab)) {
            AllocatorStatistics counts = converse(arrays, arrays, SkbCaches.Switches.OFF, 5400);

            assertThat(counts.locks()).isZero();
            assertThat(counts.get(AllocatorCounter.FREE_HITS)).isEqualTo(2 * 5400);
        }
    }

    /** An object always belongs to the same node, so the other stripe cannot keep what one stripe frees. */
    @Test
    void one_cache_for_both_does_not_help_across_nodes() {
        try (Slab slab = Slab.create(ON_TWO_NODES, 4000, PAIR, 64);
                ArrayCaches arrays = ArrayCaches.over(slab)) {
            AllocatorStatistics counts = converse(arrays, arrays, SkbCaches.Switches.OFF, 5400);

            assertThat(counts.get(AllocatorCounter.REMOTE_FREES)).isEqualTo(2 * 5400);
            assertThat(counts.get(AllocatorCounter.FLUSHES)).isEqualTo(2 * 5400 / 12);
            assertThat(counts.get(AllocatorCounter.REFILLS)).isEqualTo(2 * 5400 / 24);
            assertThat(counts.get(AllocatorCounter.NODE_LOCKS)).isEqualTo(2 * 5400 / 12 + 2 * 5400 / 24);
        }
    }

    @Test
    void a_packet_kept_by_each_socket_takes_none_across_nodes_either() {
        try (Slab heads = Slab.create(ON_TWO_NODES, 4000, PACKET, 64);
                Slab pairs = Slab.create(ON_TWO_NODES, 4000, PAIR, 64);
                ArrayCaches headArrays = ArrayCaches.over(heads);
                ArrayCaches pairArrays = ArrayCaches.over(pairs)) {
            AllocatorStatistics counts = converse(headArrays, pairArrays, SkbCaches.Switches.ON, 5400);

            assertThat(counts.locks()).isZero();
            assertThat(counts.get(AllocatorCounter.ALLOCATIONS))
                    .as("of heads; no pair is allocated")
                    .isEqualTo(5400);
            assertThat(counts.get(AllocatorCounter.FREE_HITS)).isEqualTo(5400);
        }
    }

    @Test
    void deferred_frees_take_a_lock_each_but_none_of_a_nodes() {
        try (Slab heads = Slab.create(ON_TWO_NODES, 4000, PACKET, 64);
                Slab pairs = Slab.create(ON_TWO_NODES, 4000, PAIR, 64);
                ArrayCaches headArrays = ArrayCaches.over(heads);
                ArrayCaches pairArrays = ArrayCaches.over(pairs);
                DeferredFrees headsHome = DeferredFrees.over(headArrays);
                DeferredFrees pairsHome = DeferredFrees.over(pairArrays)) {
            AllocatorStatistics counts = converse(headsHome, pairsHome, SkbCaches.Switches.OFF, 3300);

            assertThat(counts.get(AllocatorCounter.LAYER_LOCKS)).isBetween(2 * 3300L + 2 * 99, 2 * 3300L + 2 * 101);
            assertThat(counts.get(AllocatorCounter.NODE_LOCKS))
                    .as("pairs: 27 to a batch, 33 away")
                    .isBetween(0L, 3300L / 27);
        }
    }
}

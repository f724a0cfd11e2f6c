package dev.faultline.offheap.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.Window;
import dev.faultline.offheap.queue.AlfQueue.Mode;
import dev.faultline.offheap.queue.AlfQueue.Variant;
import dev.faultline.offheap.queue.TestQueues.Kind;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A queue used by one thread. */
class AlfQueueTest {

    private static final long EMPTY = -1;

    private int blocksBefore;

    @BeforeEach
    void countBlocks() {
        blocksBefore = Block.live();
    }

    @AfterEach
    void no_block_is_left_open() {
        assertThat(Block.live()).isEqualTo(blocksBefore);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 3, 12, 511, 65_535, 131_072, 1 << 30, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void a_capacity_that_is_no_power_of_two_up_to_65536_is_refused(int capacity) {
        assertThatThrownBy(() -> AlfQueue.create(capacity, Mode.MPMC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("capacity=" + capacity);
    }

    @Test
    void sequence_numbers_need_two_slots() {
        assertThatThrownBy(() -> AlfQueue.create(1, Mode.MPMC, Variant.SEQUENCED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("capacity=1, expected a power of two from 2 to 65536");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 512, 65_536})
    void every_slot_of_the_ring_holds_an_element(int capacity) {
        try (AlfQueue queue = AlfQueue.create(capacity, Mode.MPMC)) {
            assertThat(queue.capacity()).isEqualTo(capacity);
            for (int i = 0; i < capacity; i++) {
                assertThat(queue.size()).isEqualTo(i);
                assertThat(queue.offer(i)).isTrue();
            }
            assertThat(queue.offer(7)).isFalse();
            assertThat(queue.size()).isEqualTo(capacity);
            for (int i = 0; i < capacity; i++) {
                assertThat(queue.poll(EMPTY)).isEqualTo(i);
            }
            assertThat(queue.poll(EMPTY)).isEqualTo(EMPTY);
            assertThat(queue.size()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource(TestQueues.KINDS)
    void an_element_put_in_comes_out(Kind kind) {
        try (AlfQueue queue = kind.queue(8)) {
            assertThat(queue.poll(EMPTY)).isEqualTo(EMPTY);
            assertThat(queue.offer(42)).isTrue();
            assertThat(queue.poll(EMPTY)).isEqualTo(42);
            assertThat(queue.poll(EMPTY)).isEqualTo(EMPTY);
        }
    }

    @ParameterizedTest
    @MethodSource(TestQueues.KINDS)
    void ten_bulks_of_six_find_room_for_five_in_a_ring_of_32(Kind kind) {
        try (AlfQueue queue = kind.queue(32)) {
            long[] six = new long[6];
            for (int bulk = 0; bulk < 10; bulk++) {
                int wanted = bulk < 5 ? 6 : 0;
                java.util.Arrays.fill(six, bulk);
                assertThat(queue.enqueue(six, 0, 6)).as("bulk " + bulk).isEqualTo(wanted);
            }
            assertThat(queue.size()).isEqualTo(30);
            for (int bulk = 0; bulk < 5; bulk++) {
                assertThat(queue.dequeue(six, 0, 6)).isEqualTo(6);
                assertThat(six).containsOnly(bulk);
            }
            assertThat(queue.dequeue(six, 0, 6)).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource(TestQueues.KINDS)
    void a_ring_of_16_is_filled_by_bulks_of_1_to_15_and_emptied_by_one_that_asks_for_more(Kind kind) {
        for (int bulk = 1; bulk <= 15; bulk++) {
            try (AlfQueue queue = kind.queue(16)) {
                long[] serial = LongStream.range(0, 32).toArray();
                int put = 0;
                while (queue.enqueue(serial, put, bulk) == bulk) {
                    put += bulk;
                }
                assertThat(put).isEqualTo(16 / bulk * bulk);
                while (queue.offer(serial[put])) {
                    put++;
                }
                assertThat(put).isEqualTo(16);
                long[] out = new long[40];
                assertThat(queue.dequeue(out, 3, 37)).isEqualTo(16);
                assertThat(java.util.Arrays.copyOfRange(out, 3, 19))
                        .containsExactly(java.util.Arrays.copyOf(serial, 16));
                assertThat(out[2] + out[19]).isZero();
            }
        }
    }

    @ParameterizedTest
    @MethodSource(TestQueues.KINDS)
    void a_bulk_goes_in_whole_or_not_at_all_and_comes_out_as_far_as_it_is_there(Kind kind) {
        try (AlfQueue queue = kind.queue(4)) {
            long[] five = {10, 11, 12, 13, 14};
            assertThat(queue.enqueue(five, 0, 5)).isZero();
            assertThat(queue.enqueue(five, 0, 3)).isEqualTo(3);
            assertThat(queue.enqueue(five, 3, 2)).isZero();
            assertThat(queue.size()).isEqualTo(3);
            assertThat(queue.enqueue(five, 3, 0)).isZero();
            assertThat(queue.enqueue(five, 3, 1)).isEqualTo(1);
            long[] out = new long[5];
            assertThat(queue.dequeue(out, 0, 0)).isZero();
            assertThat(queue.dequeue(out, 1, 4)).isEqualTo(4);
            assertThat(out).containsExactly(0, 10, 11, 12, 13);
        }
    }

    @ParameterizedTest
    @MethodSource(TestQueues.KINDS)
    void indices_pass_2_to_the_32_as_if_nothing_were_there(Kind kind) {
        for (int before = 0; before <= 10; before++) {
            try (AlfQueue queue = kind.queue(8, -before)) {
                long[] serial = LongStream.range(0, 24).toArray();
                for (int round = 0; round < 3; round++) {
                    assertThat(queue.poll(EMPTY)).isEqualTo(EMPTY);
                    assertThat(queue.enqueue(serial, 0, 5)).isEqualTo(5);
                    assertThat(queue.size()).isEqualTo(5);
                    assertThat(queue.enqueue(serial, 5, 4)).isZero();
                    assertThat(queue.enqueue(serial, 5, 3)).isEqualTo(3);
                    assertThat(queue.offer(0)).isFalse();
                    long[] out = new long[20];
                    assertThat(queue.dequeue(out, 0, 3)).isEqualTo(3);
                    assertThat(queue.dequeue(out, 3, 17)).isEqualTo(5);
                    assertThat(java.util.Arrays.copyOf(out, 8)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource(TestQueues.KINDS)
    void arguments_that_do_not_fit_are_refused_before_anything_is_claimed(Kind kind) {
        try (AlfQueue queue = kind.queue(4)) {
            long[] three = new long[3];
            for (int[] wrong :
                    new int[][] {{-1, 1}, {0, -1}, {0, 4}, {3, 1}, {2, Integer.MAX_VALUE}, {0, Integer.MIN_VALUE}}) {
                assertThatThrownBy(() -> queue.enqueue(three, wrong[0], wrong[1]))
                        .isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(() -> queue.dequeue(three, wrong[0], wrong[1]))
                        .isInstanceOf(IndexOutOfBoundsException.class);
            }
            assertThatThrownBy(() -> queue.enqueue(null, 0, 1)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> queue.dequeue(null, 0, 1)).isInstanceOf(NullPointerException.class);

            assertThat(queue.enqueue(three, 0, 3)).isEqualTo(3);
            assertThat(queue.dequeue(three, 0, 3)).isEqualTo(3);
        }
        assertThatThrownBy(() -> AlfQueue.create(4, null)).isInstanceOf(NullPointerException.class);
    }

    @ParameterizedTest
    @MethodSource(TestQueues.KINDS)
    void a_closed_queue_answers_every_call_with_an_exception(Kind kind) {
        AlfQueue queue = kind.queue(4);
        queue.offer(1);
        queue.close();
        queue.close();

        long[] one = new long[1];
        for (Executable call : List.<Executable>of(
                () -> queue.offer(1),
                () -> queue.poll(EMPTY),
                () -> queue.enqueue(one, 0, 1),
                () -> queue.enqueue(one, 0, 0),
                () -> queue.dequeue(one, 0, 1),
                () -> queue.dequeue(one, 0, 0),
                queue::size)) {
            assertThatThrownBy(call::execute)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }

    /** A side that many threads use although it is for one can claim more than there is. */
    @Test
    void more_elements_than_slots_are_never_copied() {
        Ring ring = new Ring(64, 4);
        long[] five = new long[5];
        try (Block block = Block.allocate(64 + 4 * Long.BYTES, 64)) {
            Window window = Window.on(block, AlfQueueTest.class);
            long base = window.open();
            for (int count : new int[] {5, -1}) {
                assertThatThrownBy(() -> ring.putAll(window, base, 2, five, 0, count))
                        .isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(() -> ring.takeAll(window, base, 2, five, 0, count))
                        .isInstanceOf(IndexOutOfBoundsException.class);
            }
            ring.putAll(window, base, 2, new long[] {1, 2, 3, 4}, 0, 4);
            ring.takeAll(window, base, 2, five, 0, 4);
            assertThat(five).containsExactly(1, 2, 3, 4, 0);
        }
    }

    @Test
    void queues_are_made_and_closed_at_any_size() {
        TestQueues.kinds().forEach(kind -> {
            for (int capacity = kind.leastCapacity(); capacity <= 65_536; capacity *= 2) {
                kind.queue(capacity).close();
            }
        });
    }
}

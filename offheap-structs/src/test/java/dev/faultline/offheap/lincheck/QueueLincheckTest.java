package dev.faultline.offheap.lincheck;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.queue.AlfQueue;
import dev.faultline.offheap.queue.AlfQueue.Mode;
import dev.faultline.offheap.queue.AlfQueue.Variant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * All variants of the queue with two slots and several threads on both sides. A dequeue asks for one element: of
 * several, it may leave those that other threads are still moving.
 */
@Tag("slow")
@Tag("stress")
class QueueLincheckTest {

    private static final long EMPTY = -1;

    /** What the operations do one after the other. */
    public static class Bounded {

        private final Deque<Long> elements = new ArrayDeque<>();

        public boolean offer(int element) {
            return elements.size() < 2 && elements.add((long) element);
        }

        public long poll() {
            return elements.isEmpty() ? EMPTY : elements.remove();
        }

        public int enqueueTwo(int element) {
            if (!elements.isEmpty()) {
                return 0;
            }
            elements.add((long) element);
            elements.add(element + 100L);
            return 2;
        }

        public long dequeue() {
            return poll();
        }
    }

    /** The operations of a queue. */
    public abstract static class Operations {

        private final AlfQueue queue;

        Operations(Variant variant) {
            this.queue = AlfQueue.create(2, Mode.MPMC, variant);
        }

        @Operation
        public boolean offer(@Param(gen = IntGen.class, conf = "1:9") int element) {
            return queue.offer(element);
        }

        @Operation
        public long poll() {
            return queue.poll(EMPTY);
        }

        @Operation
        public int enqueueTwo(@Param(gen = IntGen.class, conf = "1:9") int element) {
            return queue.enqueue(new long[] {element, element + 100L}, 0, 2);
        }

        /** Frees the memory. */
        @Validate
        public void close() {
            queue.close();
        }

        @Operation
        public long dequeue() {
            long[] one = new long[1];
            return queue.dequeue(one, 0, 1) == 0 ? EMPTY : one[0];
        }
    }

    /** The queue as posted. */
    public static class Posted extends Operations {

        public Posted() {
            super(Variant.POSTED);
        }
    }

    /** The queue that remembers. */
    public static class Remembered extends Operations {

        public Remembered() {
            super(Variant.REMEMBERED);
        }
    }

    /** The queue with sequence numbers. */
    public static class Sequenced extends Operations {

        public Sequenced() {
            super(Variant.SEQUENCED);
        }
    }

    /** Two threads on sides that are for one. */
    public static class TwoOnASideForOne {

        private final AlfQueue queue = AlfQueue.create(2, Mode.SPSC);

        @Operation
        public boolean offer(@Param(gen = IntGen.class, conf = "1:9") int element) {
            return queue.offer(element);
        }

        @Operation
        public long poll() {
            return queue.poll(EMPTY);
        }

        /** Frees the memory. */
        @Validate
        public void close() {
            queue.close();
        }
    }

    @Test
    void the_posted_queue_is_linearizable() {
        Linearizability.of(Bounded.class).check(Posted.class);
    }

    @Test
    void the_queue_that_remembers_is_linearizable() {
        Linearizability.of(Bounded.class).check(Remembered.class);
    }

    @Test
    void the_queue_with_sequence_numbers_is_linearizable() {
        Linearizability.of(Bounded.class).check(Sequenced.class);
    }

    @Test
    void a_queue_for_one_thread_on_a_side_is_not_linearizable_for_two() {
        assertThatThrownBy(() -> Linearizability.of(Bounded.class)
                        .iterations(50)
                        .invocationsPerIteration(5_000)
                        .check(TwoOnASideForOne.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("offer");
    }
}

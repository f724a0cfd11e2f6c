package dev.faultline.offheap.queue;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.faultline.offheap.queue.AlfQueue.Mode;
import dev.faultline.offheap.queue.AlfQueue.Variant;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** In which order a side sees what the other has done, in the variants. Old slots hold 0, which is never put. */
public final class VariantOrderStress {

    private static final int EMPTY = -1;

    private VariantOrderStress() {}

    /** A consumer uses the tail that another consumer has remembered, and must see the elements before it. */
    @JCStressTest
    @Outcome(
            id = {"1, -1", "1, 2", "2, 1"},
            expect = ACCEPTABLE,
            desc = "Each has an element, or the second one nothing.")
    @Outcome(expect = FORBIDDEN, desc = "The remembered tail is seen without an element before it.")
    @State
    public static class RememberedByAnother {

        private static final StressQueues QUEUES = new StressQueues(4, Mode.MPMC, Variant.REMEMBERED);

        private final AlfQueue queue = QUEUES.next();

        @Actor
        public void producerAndConsumer(II_Result result) {
            queue.offer(1);
            queue.offer(2);
            result.r1 = (int) queue.poll(EMPTY);
        }

        @Actor
        public void consumer(II_Result result) {
            result.r2 = (int) queue.poll(EMPTY);
        }
    }

    /** A producer uses the tail that another producer has remembered: the consumer must have read the slots before. */
    @JCStressTest
    @Outcome(
            id = {"1, 0", "1, 1"},
            expect = ACCEPTABLE,
            desc = "The element is read, and then its slot is free, or is not yet.")
    @Outcome(expect = FORBIDDEN, desc = "Another thread's element is read.")
    @State
    public static class RememberedFreeSlot {

        private static final StressQueues QUEUES = new StressQueues(1, Mode.MPMC, Variant.REMEMBERED);

        private final AlfQueue queue = QUEUES.next();

        public RememberedFreeSlot() {
            queue.offer(1);
        }

        @Actor
        public void consumer(II_Result result) {
            result.r1 = (int) queue.poll(EMPTY);
        }

        @Actor
        public void producer(II_Result result) {
            result.r2 = queue.offer(2) ? 1 : 0;
        }
    }

    /** Elements and the sequence numbers that show them: of a bulk, the first may be there alone. */
    @JCStressTest
    @Outcome(
            id = {"0, 0, 0", "1, 1, 0", "2, 1, 2"},
            expect = ACCEPTABLE,
            desc = "None, the first or both.")
    @Outcome(expect = FORBIDDEN, desc = "A sequence number is seen without its element.")
    @State
    public static class SequencedBulk {

        private static final StressQueues QUEUES = new StressQueues(4, Mode.MPMC, Variant.SEQUENCED);

        private final AlfQueue queue = QUEUES.next();

        @Actor
        public void producer() {
            queue.enqueue(new long[] {1, 2}, 0, 2);
        }

        @Actor
        public void consumer(III_Result result) {
            long[] two = new long[2];
            result.r1 = queue.dequeue(two, 0, 2);
            result.r2 = (int) two[0];
            result.r3 = (int) two[1];
        }
    }

    /** The queue is full: a slot is free for the next element only when its element was read. */
    @JCStressTest
    @Outcome(
            id = {"1, 0", "1, 1"},
            expect = ACCEPTABLE,
            desc = "The element is read, and then its slot is free, or is not yet.")
    @Outcome(expect = FORBIDDEN, desc = "Another thread's element is read.")
    @State
    public static class SequencedFreeSlot {

        private static final StressQueues QUEUES = new StressQueues(2, Mode.MPMC, Variant.SEQUENCED);

        private final AlfQueue queue = QUEUES.next();

        public SequencedFreeSlot() {
            queue.offer(1);
            queue.offer(3);
        }

        @Actor
        public void consumer(II_Result result) {
            result.r1 = (int) queue.poll(EMPTY);
        }

        @Actor
        public void producer(II_Result result) {
            result.r2 = queue.offer(2) ? 1 : 0;
        }
    }
}

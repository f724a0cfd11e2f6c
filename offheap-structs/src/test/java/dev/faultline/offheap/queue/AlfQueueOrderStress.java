package dev.faultline.offheap.queue;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.faultline.offheap.queue.AlfQueue.Mode;
import dev.faultline.offheap.queue.AlfQueue.Variant;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** In which order a side sees what the other has done. Old slots hold 0, which is never put. */
public final class AlfQueueOrderStress {

    private static final int EMPTY = -1;

    private AlfQueueOrderStress() {}

    /** An element, and the tail that publishes it, with one thread on each side. */
    @JCStressTest
    @Outcome(
            id = {"-1, -1", "-1, 1", "1, -1"},
            expect = ACCEPTABLE,
            desc = "The element is not there yet, or it is.")
    @Outcome(expect = FORBIDDEN, desc = "The tail is seen without the element.")
    @State
    public static class Publication {

        private static final StressQueues QUEUES = new StressQueues(1, Mode.SPSC, Variant.POSTED);

        private final AlfQueue queue = QUEUES.next();

        @Actor
        public void producer() {
            queue.offer(1);
        }

        @Actor
        public void consumer(II_Result result) {
            result.r1 = (int) queue.poll(EMPTY);
            result.r2 = (int) queue.poll(EMPTY);
        }
    }

    /** The same with bulks, also across the end of the ring, where each side may have many threads. */
    @JCStressTest
    @Outcome(
            id = {"0, 0, 0", "2, 1, 2"},
            expect = ACCEPTABLE,
            desc = "Both or none.")
    @Outcome(expect = FORBIDDEN, desc = "The tail is seen without an element, or one element without the other.")
    @State
    public static class PublicationOfBulks {

        private static final StressQueues QUEUES = new StressQueues(4, Mode.MPMC, Variant.POSTED);

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

    /**
     * The queue is full. A consumer must have read its element before a producer can write there again; with a fence
     * between writes only, as upstream had until 2015, it may read the next element. An x86 processor does not move a
     * read after a write; there only the compiler could do it, and this test matters mostly on others.
     */
    @JCStressTest
    @Outcome(
            id = {"1, 0", "1, 1"},
            expect = ACCEPTABLE,
            desc = "The element is read, and then its slot is free, or is not yet.")
    @Outcome(expect = FORBIDDEN, desc = "Another thread's element is read.")
    @State
    public static class ReadBeforeHandingOver {

        private static final StressQueues QUEUES = new StressQueues(1, Mode.SPSC, Variant.POSTED);

        private final AlfQueue queue = QUEUES.next();

        public ReadBeforeHandingOver() {
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

    /** Two producers; what the second publishes includes what the first has published to it. */
    @JCStressTest
    @Outcome(
            id = {"1, 2", "2, 1"},
            expect = ACCEPTABLE,
            desc = "Both are there, in some order.")
    @Outcome(expect = FORBIDDEN, desc = "One is lost, doubled or not written yet.")
    @State
    public static class TwoProducers {

        private static final StressQueues QUEUES = new StressQueues(2, Mode.MPSC, Variant.POSTED);

        private final AlfQueue queue = QUEUES.next();

        @Actor
        public void one() {
            queue.offer(1);
        }

        @Actor
        public void other() {
            queue.offer(2);
        }

        @Arbiter
        public void end(II_Result result) {
            result.r1 = (int) queue.poll(EMPTY);
            result.r2 = (int) queue.poll(EMPTY);
        }
    }

    /** Two consumers of two elements. */
    @JCStressTest
    @Outcome(
            id = {"1, 2", "2, 1"},
            expect = ACCEPTABLE,
            desc = "Each has one of them.")
    @Outcome(expect = FORBIDDEN, desc = "Both have the same, or one finds the queue empty.")
    @State
    public static class TwoConsumers {

        private static final StressQueues QUEUES = new StressQueues(2, Mode.SPMC, Variant.POSTED);

        private final AlfQueue queue = QUEUES.next();

        public TwoConsumers() {
            queue.offer(1);
            queue.offer(2);
        }

        @Actor
        public void one(II_Result result) {
            result.r1 = (int) queue.poll(EMPTY);
        }

        @Actor
        public void other(II_Result result) {
            result.r2 = (int) queue.poll(EMPTY);
        }
    }
}

package dev.faultline.bench.peers;

import dev.faultline.bench.contestants.queue.QueueContestant;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.MpmcArrayQueue;
import org.jctools.queues.MpmcUnboundedXaddArrayQueue;

/** Queues of JCTools for many producers and consumers. */
public final class JctoolsQueue implements QueueContestant {

    /** Which queue, and how it handles bulks. */
    public enum Kind {
        /** The bounded array queue. */
        ARRAY,
        /** The same with bulks made of single calls, as in a program that has no bulks. */
        SINGLE,
        /** The unbounded queue of chunks, which moves its indices by one addition instead of a loop. */
        XADD
    }

    /** How many chunks the unbounded queue keeps for reuse. */
    private static final int POOLED_CHUNKS = 2;

    private final Kind kind;
    private MessagePassingQueue<Integer> queue;

    public JctoolsQueue(String kind) {
        this.kind = Kind.valueOf(kind);
    }

    @Override
    public void open(int capacity) {
        queue = kind == Kind.XADD
                ? new MpmcUnboundedXaddArrayQueue<>(capacity, POOLED_CHUNKS)
                : new MpmcArrayQueue<>(capacity);
    }

    @Override
    public Port port(int mostAtOnce) {
        BulkPort port = new BulkPort(queue);
        return kind == Kind.SINGLE ? new SinglePort(port) : port;
    }

    private static final class BulkPort implements Port {
        private final MessagePassingQueue<Integer> queue;
        private final Integer element = 1_000_000;
        private final MessagePassingQueue.Supplier<Integer> supplier = () -> element;
        private final MessagePassingQueue.Consumer<Integer> consumer = this::take;

        BulkPort(MessagePassingQueue<Integer> queue) {
            this.queue = queue;
        }

        private void take(Integer taken) {
            if (taken == null) {
                throw new IllegalStateException("took nothing");
            }
        }

        @Override
        public boolean offer() {
            return queue.offer(element);
        }

        @Override
        public boolean poll() {
            return queue.poll() != null;
        }

        @Override
        public int fill(int count) {
            return queue.fill(supplier, count);
        }

        @Override
        public int drain(int count) {
            return queue.drain(consumer, count);
        }
    }

    private record SinglePort(BulkPort port) implements Port {
        @Override
        public boolean offer() {
            return port.offer();
        }

        @Override
        public boolean poll() {
            return port.poll();
        }

        @Override
        public int fill(int count) {
            int filled = 0;
            while (filled < count && port.offer()) {
                filled++;
            }
            return filled;
        }

        @Override
        public int drain(int count) {
            int drained = 0;
            while (drained < count && port.poll()) {
                drained++;
            }
            return drained;
        }
    }
}

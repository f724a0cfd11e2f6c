package dev.faultline.bench.contestants.queue;

import dev.faultline.bench.harness.PaddedHolder;
import dev.faultline.offheap.queue.AlfQueue;
import java.util.Arrays;

/** {@link AlfQueue} in one of its variants and modes. */
public final class AlfContestant implements QueueContestant {

    private static final long ELEMENT = 1_000_000;

    private final AlfQueue.Variant variant;
    private final AlfQueue.Mode mode;
    private AlfQueue queue;
    private int ports;

    /** Takes variant and mode, as {@link #argument} writes them. */
    public AlfContestant(String argument) {
        int dash = argument.indexOf('-');
        variant = AlfQueue.Variant.valueOf(argument.substring(0, dash));
        mode = AlfQueue.Mode.valueOf(argument.substring(dash + 1));
    }

    /** {@return what the constructor takes} */
    public static String argument(AlfQueue.Variant variant, AlfQueue.Mode mode) {
        return variant + "-" + mode;
    }

    @Override
    public void open(int capacity) {
        queue = AlfQueue.create(capacity, mode, variant);
    }

    @Override
    public synchronized Port port(int mostAtOnce) {
        if (++ports > 2 && mode == AlfQueue.Mode.SPSC) {
            throw new IllegalStateException("a queue for one producer and one consumer has no place for more threads");
        }
        return new AlfPort(queue, mostAtOnce);
    }

    @Override
    public void close() {
        queue.close();
    }

    /** A bulk takes what is there and does not wait, as in JCTools. */
    private static final class AlfPort implements Port {
        private final AlfQueue queue;
        private final long[] made;
        private final long[] taken;

        AlfPort(AlfQueue queue, int mostAtOnce) {
            this.queue = queue;
            // padded, because another thread may allocate its array right after
            made = new PaddedHolder<>(() -> new long[mostAtOnce]).get();
            taken = new PaddedHolder<>(() -> new long[mostAtOnce]).get();
            Arrays.fill(made, ELEMENT);
        }

        @Override
        public boolean offer() {
            return queue.offer(ELEMENT);
        }

        @Override
        public boolean poll() {
            return queue.poll(0) != 0;
        }

        @Override
        public int fill(int count) {
            return queue.relaxedEnqueue(made, 0, count);
        }

        @Override
        public int drain(int count) {
            int drained = queue.relaxedDequeue(taken, 0, count);
            if (drained > 0 && taken[drained - 1] != ELEMENT) {
                throw new IllegalStateException("took what was not put in");
            }
            return drained;
        }
    }
}

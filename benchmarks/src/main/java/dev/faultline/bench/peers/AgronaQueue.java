package dev.faultline.bench.peers;

import dev.faultline.bench.contestants.queue.QueueContestant;
import java.util.function.Consumer;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;

/** Agrona's bounded array queue for many producers and consumers. It drains in bulks and fills one by one. */
public final class AgronaQueue implements QueueContestant {

    private ManyToManyConcurrentArrayQueue<Integer> queue;

    @Override
    public void open(int capacity) {
        queue = new ManyToManyConcurrentArrayQueue<>(capacity);
    }

    @Override
    public Port port(int mostAtOnce) {
        return new AgronaPort(queue);
    }

    private static final class AgronaPort implements Port {
        private final ManyToManyConcurrentArrayQueue<Integer> queue;
        private final Integer element = 1_000_000;
        private final Consumer<Integer> consumer = this::take;

        AgronaPort(ManyToManyConcurrentArrayQueue<Integer> queue) {
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
            int filled = 0;
            while (filled < count && queue.offer(element)) {
                filled++;
            }
            return filled;
        }

        @Override
        public int drain(int count) {
            return queue.drain(consumer, count);
        }
    }
}

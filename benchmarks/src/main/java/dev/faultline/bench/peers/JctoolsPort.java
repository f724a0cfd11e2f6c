package dev.faultline.bench.peers;

import dev.faultline.bench.contestants.queue.QueueContestant;
import org.jctools.queues.MessagePassingQueue;

/** What one thread does with any queue of JCTools. */
final class JctoolsPort implements QueueContestant.Port {

    private final MessagePassingQueue<Integer> queue;
    private final Integer element = 1_000_000;
    private final MessagePassingQueue.Supplier<Integer> supplier = () -> element;
    private final MessagePassingQueue.Consumer<Integer> consumer = this::take;

    JctoolsPort(MessagePassingQueue<Integer> queue) {
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

package dev.faultline.bench.peers;

import dev.faultline.bench.contestants.queue.QueueContestant;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.MpmcArrayQueue;

/** JCTools' bounded array queue for many producers and consumers. */
public final class JctoolsArrayQueue implements QueueContestant {

    private MessagePassingQueue<Integer> queue;

    @Override
    public void open(int capacity) {
        queue = new MpmcArrayQueue<>(capacity);
    }

    @Override
    public Port port(int mostAtOnce) {
        return new JctoolsPort(queue);
    }
}

package dev.faultline.offheap.bench.peers;

import dev.faultline.offheap.bench.QueueContestant;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.MpmcArrayQueue;

/** JCTools' bounded array queue for many on either side. */
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

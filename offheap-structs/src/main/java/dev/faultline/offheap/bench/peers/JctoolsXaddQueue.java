package dev.faultline.offheap.bench.peers;

import dev.faultline.offheap.bench.QueueContestant;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.MpmcUnboundedXaddArrayQueue;

/** JCTools' unbounded queue of chunks, whose indices are moved by one addition instead of a loop. */
public final class JctoolsXaddQueue implements QueueContestant {

    /** Chunks that are kept for use again. */
    private static final int POOLED_CHUNKS = 2;

    private MessagePassingQueue<Integer> queue;

    @Override
    public void open(int capacity) {
        queue = new MpmcUnboundedXaddArrayQueue<>(capacity, POOLED_CHUNKS);
    }

    @Override
    public Port port(int mostAtOnce) {
        return new JctoolsPort(queue);
    }
}

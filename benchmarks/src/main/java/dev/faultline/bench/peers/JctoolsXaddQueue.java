package dev.faultline.bench.peers;

import dev.faultline.bench.contestants.queue.QueueContestant;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.MpmcUnboundedXaddArrayQueue;

/** JCTools' unbounded queue of chunks, which moves its indices by one addition instead of a loop. */
public final class JctoolsXaddQueue implements QueueContestant {

    /** How many chunks are kept for reuse. */
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

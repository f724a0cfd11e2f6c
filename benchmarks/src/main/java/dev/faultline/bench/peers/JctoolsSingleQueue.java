package dev.faultline.bench.peers;

import dev.faultline.bench.contestants.queue.QueueContestant;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.MpmcArrayQueue;

/** JCTools' bounded array queue with bulks made of single calls, as in a program that has no bulks. */
public final class JctoolsSingleQueue implements QueueContestant {

    private MessagePassingQueue<Integer> queue;

    @Override
    public void open(int capacity) {
        queue = new MpmcArrayQueue<>(capacity);
    }

    @Override
    public Port port(int mostAtOnce) {
        return new Single(new JctoolsPort(queue));
    }

    private record Single(JctoolsPort port) implements Port {
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

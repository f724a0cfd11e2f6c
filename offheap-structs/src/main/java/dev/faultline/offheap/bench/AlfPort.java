package dev.faultline.offheap.bench;

import dev.faultline.offheap.queue.AlfQueue;
import java.util.Arrays;

/**
 * A thread's side of any of our queues. Bulks do not wait when there is nothing to claim, as those of JCTools do not.
 */
final class AlfPort implements QueueContestant.Port {

    private static final long ELEMENT = 1_000_000;

    private final AlfQueue queue;
    private final long[] made;
    private final long[] taken;

    AlfPort(AlfQueue queue, int mostAtOnce) {
        this.queue = queue;
        // allocated as one, with room around: another thread's array may be made right after
        made = new Apart<>(() -> new long[mostAtOnce]).get();
        taken = new Apart<>(() -> new long[mostAtOnce]).get();
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

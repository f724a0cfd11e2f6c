package dev.faultline.bench.contestants.queue;

import dev.faultline.bench.harness.PaddedHolder;
import dev.faultline.offheap.queue.AlfQueue;
import java.util.Arrays;

/** What one thread does with an {@link AlfQueue}. A bulk takes what is there and does not wait, as in JCTools. */
final class AlfPort implements QueueContestant.Port {

    private static final long ELEMENT = 1_000_000;

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

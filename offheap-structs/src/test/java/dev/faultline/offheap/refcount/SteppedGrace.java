package dev.faultline.offheap.refcount;

import dev.faultline.offheap.interleave.Scenario;
import dev.faultline.offheap.interleave.SteppedInts;

/** Grace periods whose every step can be scheduled: a word for each reader says whether it is inside. */
final class SteppedGrace implements RcuCallbacks {

    private final SteppedInts inside;
    private Runnable deferred;

    SteppedGrace(Scenario scenario, int readers) {
        inside = scenario.int32s("inside", readers);
    }

    void enter(int reader) {
        inside.setVolatile(reader, 1);
    }

    void exit(int reader) {
        inside.setOrdered(reader, 0);
    }

    @Override
    public void defer(Runnable callback) {
        if (deferred != null) {
            throw new AssertionError("two callbacks at a time");
        }
        deferred = callback;
    }

    /** Waits until each reader was outside once, then runs the callback; only for the thread that deferred it. */
    @Override
    public void barrier() {
        if (deferred == null) {
            return;
        }
        for (int reader = 0; reader < inside.count(); reader++) {
            while (inside.getVolatile(reader) != 0) {
                Thread.onSpinWait();
            }
        }
        Runnable callback = deferred;
        deferred = null;
        callback.run();
    }
}

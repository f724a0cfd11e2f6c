package dev.faultline.offheap.rcu;

import dev.faultline.offheap.interleave.Scenario;

/** Grace periods on words that stop before each access. */
public final class SteppedGracePeriods {

    private SteppedGracePeriods() {}

    /**
     * Makes grace periods for a scenario. Its threads register themselves; waiting for callbacks ({@code barrier})
     * takes a lock, which stepped threads must not wait for: poll instead.
     */
    public static GracePeriods in(Scenario scenario, int mostReaders) {
        return new GracePeriods(scenario.int64("epoch", 0), scenario.int64s("announced", mostReaders), () -> {});
    }
}

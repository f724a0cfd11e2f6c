package dev.faultline.offheap.rcu;

import dev.faultline.offheap.interleave.Scenario;

/** Grace periods on words that stop before each access. */
public final class SteppedGracePeriods {

    private SteppedGracePeriods() {}

    /**
     * Makes grace periods for a scenario. Its threads register themselves. Use {@code poll} and not {@code barrier},
     * which takes a lock that stepped threads must not wait for.
     */
    public static GracePeriods in(Scenario scenario, int mostReaders) {
        return new GracePeriods(scenario.int64("epoch", 0), scenario.int64s("announced", mostReaders), () -> {});
    }
}

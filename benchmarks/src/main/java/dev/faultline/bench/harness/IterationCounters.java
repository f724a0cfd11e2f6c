package dev.faultline.bench.harness;

import java.util.Map;

/** What a thread counts in one iteration. */
public final class IterationCounters {

    private Map<String, Long> countersBefore = Map.of();
    private Map<Integer, RoleTime> roleTimesBefore = Map.of();
    private PinnedThread thread; // as given to the benchmark: JMH makes another one for each method that asks

    /** Begins an iteration. */
    public void begin(CounterSource source, PinnedThread pinned) {
        thread = pinned;
        countersBefore = source.counters();
        roleTimesBefore = source.roleTimes();
    }

    /** Ends the iteration: passes what was counted since its beginning to the thread's line of the fork log. */
    public void end(CounterSource source, long operations) {
        thread.addOperations(operations);
        source.counters()
                .forEach((name, count) -> thread.addCounter(name, count - countersBefore.getOrDefault(name, 0L)));
        source.roleTimes()
                .forEach((role, time) ->
                        thread.addRoleTime(role, time.minus(roleTimesBefore.getOrDefault(role, RoleTime.NONE))));
    }
}

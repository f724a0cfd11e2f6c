package dev.faultline.bench.harness;

import java.util.Map;

/** What one thread uses of a contestant, and what it counts beside the time. Only that thread calls it. */
public interface CounterSource {

    /** {@return what was counted since this was made, such as retries, by name; never called while time is taken} */
    default Map<String, Long> counters() {
        return Map.of();
    }

    /** {@return the times of roles that the thread took itself since this was made, by number of the role} */
    default Map<Integer, RoleTime> roleTimes() {
        return Map.of();
    }
}

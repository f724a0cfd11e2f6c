package dev.faultline.offheap.bench;

import java.util.Map;

/** What a thread does with a contestant, and what it counts beside the time. Used by one thread only. */
public interface Counted {

    /** {@return what was counted since this was made, by name, such as retries; not called while it is timed} */
    default Map<String, Long> counts() {
        return Map.of();
    }
}

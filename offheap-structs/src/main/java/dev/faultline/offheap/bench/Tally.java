package dev.faultline.offheap.bench;

import java.util.Map;

/** What a thread counts in an iteration, for its seat's line. */
final class Tally {

    /** How many operations were done: what the other counts are divided by. */
    static final String OPERATIONS = "operations";

    private Map<String, Long> before = Map.of();
    private Seat seat; // as given to the loop: JMH makes another one for each method that asks

    /** The iteration begins. */
    void begin(Counted counted, Seat taken) {
        seat = taken;
        before = counted.counts();
    }

    /** The iteration has ended. */
    void tell(Counted counted, long operations) {
        seat.tell(OPERATIONS, operations);
        counted.counts().forEach((name, count) -> seat.tell(name, count - before.getOrDefault(name, 0L)));
    }
}

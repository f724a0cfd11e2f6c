package dev.faultline.offheap.pool;

import java.util.EnumMap;
import java.util.Map;

/**
 * What an allocator counted, over some stripes. Immutable.
 *
 * @param values the number of each {@link AllocatorCounter}; missing ones are 0
 */
public record AllocatorStatistics(Map<AllocatorCounter, Long> values) {

    public AllocatorStatistics {
        EnumMap<AllocatorCounter, Long> all = new EnumMap<>(AllocatorCounter.class);
        for (AllocatorCounter counter : AllocatorCounter.values()) {
            all.put(counter, values.getOrDefault(counter, 0L));
        }
        values = Map.copyOf(all);
    }

    /**
     * The number of one counter.
     *
     * @param counter the counter
     * @return the number
     */
    public long get(AllocatorCounter counter) {
        return values.get(counter);
    }

    /** {@return the number of locks taken, on pages and on layers} */
    public long locks() {
        return get(AllocatorCounter.NODE_LOCKS) + get(AllocatorCounter.LAYER_LOCKS);
    }

    /**
     * Adds two statistics.
     *
     * @param other the other one
     * @return the sums
     */
    public AllocatorStatistics plus(AllocatorStatistics other) {
        EnumMap<AllocatorCounter, Long> sum = new EnumMap<>(AllocatorCounter.class);
        values.forEach((counter, value) -> sum.put(counter, value + other.get(counter)));
        return new AllocatorStatistics(sum);
    }

    /**
     * Subtracts an earlier state of the same allocator.
     *
     * @param earlier the earlier state
     * @return what was counted since
     */
    public AllocatorStatistics since(AllocatorStatistics earlier) {
        EnumMap<AllocatorCounter, Long> difference = new EnumMap<>(AllocatorCounter.class);
        values.forEach((counter, value) -> difference.put(counter, value - earlier.get(counter)));
        return new AllocatorStatistics(difference);
    }

    /** {@return only the counters of locks, which a layer above adds to its own numbers} */
    AllocatorStatistics onlyLocks() {
        return new AllocatorStatistics(Map.of(
                AllocatorCounter.NODE_LOCKS, get(AllocatorCounter.NODE_LOCKS),
                AllocatorCounter.LAYER_LOCKS, get(AllocatorCounter.LAYER_LOCKS),
                AllocatorCounter.CONTENDED, get(AllocatorCounter.CONTENDED)));
    }
}

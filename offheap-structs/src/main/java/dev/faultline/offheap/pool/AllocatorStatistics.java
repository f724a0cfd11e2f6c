package dev.faultline.offheap.pool;

import java.util.EnumMap;
import java.util.Map;

/**
 * What was counted, over some stripes.
 *
 * @param values a number for each {@link AllocatorCounter}
 */
public record AllocatorStatistics(Map<AllocatorCounter, Long> values) {

    /** Copies the numbers; what is missing is 0. */
    public AllocatorStatistics {
        EnumMap<AllocatorCounter, Long> all = new EnumMap<>(AllocatorCounter.class);
        for (AllocatorCounter count : AllocatorCounter.values()) {
            all.put(count, values.getOrDefault(count, 0L));
        }
        values = Map.copyOf(all);
    }

    /** {@return one of the numbers} */
    public long get(AllocatorCounter count) {
        return values.get(count);
    }

    /** {@return locks taken, of pages and of layers} */
    public long locks() {
        return get(AllocatorCounter.NODE_LOCKS) + get(AllocatorCounter.LAYER_LOCKS);
    }

    /** {@return these and others, added} */
    public AllocatorStatistics plus(AllocatorStatistics other) {
        EnumMap<AllocatorCounter, Long> sum = new EnumMap<>(AllocatorCounter.class);
        values.forEach((count, value) -> sum.put(count, value + other.get(count)));
        return new AllocatorStatistics(sum);
    }

    /** {@return what was counted since} */
    public AllocatorStatistics since(AllocatorStatistics earlier) {
        EnumMap<AllocatorCounter, Long> difference = new EnumMap<>(AllocatorCounter.class);
        values.forEach((count, value) -> difference.put(count, value - earlier.get(count)));
        return new AllocatorStatistics(difference);
    }

    /** {@return the locks and what they met only: what a layer above adds to its own numbers} */
    AllocatorStatistics onlyLocks() {
        return new AllocatorStatistics(Map.of(
                AllocatorCounter.NODE_LOCKS, get(AllocatorCounter.NODE_LOCKS),
                AllocatorCounter.LAYER_LOCKS, get(AllocatorCounter.LAYER_LOCKS),
                AllocatorCounter.CONTENDED, get(AllocatorCounter.CONTENDED)));
    }
}

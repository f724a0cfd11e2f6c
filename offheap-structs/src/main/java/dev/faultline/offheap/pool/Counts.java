package dev.faultline.offheap.pool;

import java.util.EnumMap;
import java.util.Map;

/**
 * What was counted, over some stripes.
 *
 * @param values a number for each {@link Count}
 */
public record Counts(Map<Count, Long> values) {

    /** Copies the numbers; what is missing is 0. */
    public Counts {
        EnumMap<Count, Long> all = new EnumMap<>(Count.class);
        for (Count count : Count.values()) {
            all.put(count, values.getOrDefault(count, 0L));
        }
        values = Map.copyOf(all);
    }

    /** {@return one of the numbers} */
    public long get(Count count) {
        return values.get(count);
    }

    /** {@return locks taken, of pages and of layers} */
    public long locks() {
        return get(Count.NODE_LOCKS) + get(Count.LAYER_LOCKS);
    }

    /** {@return these and others, added} */
    public Counts plus(Counts other) {
        EnumMap<Count, Long> sum = new EnumMap<>(Count.class);
        values.forEach((count, value) -> sum.put(count, value + other.get(count)));
        return new Counts(sum);
    }

    /** {@return what was counted since} */
    public Counts since(Counts earlier) {
        EnumMap<Count, Long> difference = new EnumMap<>(Count.class);
        values.forEach((count, value) -> difference.put(count, value - earlier.get(count)));
        return new Counts(difference);
    }

    /** {@return the locks and what they met only: what a layer above adds to its own numbers} */
    Counts onlyLocks() {
        return new Counts(Map.of(
                Count.NODE_LOCKS, get(Count.NODE_LOCKS),
                Count.LAYER_LOCKS, get(Count.LAYER_LOCKS),
                Count.CONTENDED, get(Count.CONTENDED)));
    }
}

package dev.faultline.offheap.pool;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.LongWords;
import java.util.EnumMap;
import java.util.stream.Stream;

/**
 * The counters of a stripe, on cache lines of their own. One thread writes them plainly; other threads read estimates.
 */
final class StripeCounters {

    /** Two cache lines, since some processors fetch pairs. */
    static final int BYTES = 128;

    private final LongWords words;

    StripeCounters(Block block, long byteOffset) {
        words = block.int64s(byteOffset, AllocatorCounter.values().length, 8);
    }

    void add(AllocatorCounter counter) {
        words.set(counter.ordinal(), words.get(counter.ordinal()) + 1);
    }

    /** {@return what one counter counted; an estimate for other threads} */
    long get(AllocatorCounter counter) {
        return words.getVolatile(counter.ordinal());
    }

    /** {@return the sums over some stripes} */
    static AllocatorStatistics sum(Stream<StripeCounters> stripes) {
        EnumMap<AllocatorCounter, Long> sum = new EnumMap<>(AllocatorCounter.class);
        stripes.forEach(stripe -> {
            for (AllocatorCounter counter : AllocatorCounter.values()) {
                sum.merge(counter, stripe.get(counter), Long::sum);
            }
        });
        return new AllocatorStatistics(sum);
    }
}

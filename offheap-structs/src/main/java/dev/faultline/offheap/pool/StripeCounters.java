package dev.faultline.offheap.pool;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.LongWords;
import java.util.EnumMap;
import java.util.stream.Stream;

/** The counters of a stripe, on lines of their own. One thread writes them, plainly; who else reads them sees some state. */
final class StripeCounters {

    /** Two lines, as some processors fetch pairs. */
    static final int BYTES = 128;

    private final LongWords words;

    StripeCounters(Block block, long byteOffset) {
        words = block.int64s(byteOffset, AllocatorCounter.values().length, 8);
    }

    void add(AllocatorCounter count) {
        words.set(count.ordinal(), words.get(count.ordinal()) + 1);
    }

    /** {@return what was counted, over some stripes} */
    static AllocatorStatistics sum(Stream<StripeCounters> stripes) {
        EnumMap<AllocatorCounter, Long> sum = new EnumMap<>(AllocatorCounter.class);
        stripes.forEach(stripe -> {
            for (AllocatorCounter count : AllocatorCounter.values()) {
                sum.merge(count, stripe.words.getVolatile(count.ordinal()), Long::sum);
            }
        });
        return new AllocatorStatistics(sum);
    }
}

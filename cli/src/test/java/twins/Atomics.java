package twins;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Two atomic counters, one of each thread. */
final class Atomics {

    /** Where objects lie is looked up each second and at the end of the run. */
    private static final List<Object> KEPT = new ArrayList<>();

    private Atomics() {}

    /** They are made one after the other, so that they lie beside each other: of four, two neighbours are on one line. */
    static final class Together {
        final AtomicLong hits = new AtomicLong();
        final AtomicLong misses = new AtomicLong();
        final AtomicLong hitBytes = new AtomicLong();
        final AtomicLong missBytes = new AtomicLong();

        void hit() {
            hits.incrementAndGet();
            hitBytes.incrementAndGet();
        }

        void miss() {
            misses.incrementAndGet();
            missBytes.incrementAndGet();
        }
    }

    /** There is room between them that they do not use. */
    static final class Apart {
        final long[] before = new long[32];
        final AtomicLong hits = new AtomicLong();
        final AtomicLong hitBytes = new AtomicLong();
        final long[] between = new long[32];
        final AtomicLong misses = new AtomicLong();
        final AtomicLong missBytes = new AtomicLong();
        final long[] behind = new long[32];

        void hit() {
            hits.incrementAndGet();
            hitBytes.incrementAndGet();
        }

        void miss() {
            misses.incrementAndGet();
            missBytes.incrementAndGet();
        }
    }

    static void run(Turns turns) throws InterruptedException {
        Together together = new Together();
        KEPT.add(together);
        turns.both("hitter", together::hit, "misser", together::miss);
        Apart apart = new Apart();
        KEPT.add(apart);
        turns.both("hitter", apart::hit, "misser", apart::miss);
    }
}

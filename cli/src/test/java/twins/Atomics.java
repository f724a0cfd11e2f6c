package twins;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/** Two atomic counters, one of each thread. */
final class Atomics {

    /** Where objects lie is looked up each second and at the end of the run. */
    private static final List<Object> KEPT = new ArrayList<>();

    private Atomics() {}

    /** They are made one after the other, so that they lie beside each other: of four, two are on one line. */
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

    static class BeforeCount {
        long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;
    }

    static class Count extends BeforeCount {
        volatile long count;
    }

    /** A counter that has lines for itself, wherever a collector moves it. */
    static final class PaddedCount extends Count {
        private static final AtomicLongFieldUpdater<Count> COUNT =
                AtomicLongFieldUpdater.newUpdater(Count.class, "count");
        long p20, p21, p22, p23, p24, p25, p26, p27, p28, p29, p30, p31, p32, p33, p34, p35;

        void add() {
            COUNT.incrementAndGet(this);
        }
    }

    /** Each counter has its own lines. */
    static final class Apart {
        final PaddedCount hits = new PaddedCount();
        final PaddedCount misses = new PaddedCount();

        void hit() {
            hits.add();
        }

        void miss() {
            misses.add();
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

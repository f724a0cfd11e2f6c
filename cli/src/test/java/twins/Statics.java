package twins;

/** Two static counters, one of each thread. */
final class Statics {

    private Statics() {}

    /** Both are in the Class object. */
    static final class Together {
        static volatile long hits;
        static volatile long misses;

        private Together() {}

        static void hit() {
            hits = hits + 1;
        }

        static void miss() {
            misses = misses + 1;
        }
    }

    static class BeforeCount {
        long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;
    }

    static class Count extends BeforeCount {
        volatile long count;
    }

    /** A counter that has lines for itself. */
    static final class PaddedCount extends Count {
        long p20, p21, p22, p23, p24, p25, p26, p27, p28, p29, p30, p31, p32, p33, p34, p35;

        void add() {
            count = count + 1;
        }
    }

    /** Each is an object. */
    static final class Apart {
        static final PaddedCount HITS = new PaddedCount();
        static final PaddedCount MISSES = new PaddedCount();

        private Apart() {}

        static void hit() {
            HITS.add();
        }

        static void miss() {
            MISSES.add();
        }
    }

    static void run(Turns turns) throws InterruptedException {
        turns.both("hitter", Together::hit, "misser", Together::miss);
        turns.both("hitter", Apart::hit, "misser", Apart::miss);
    }
}

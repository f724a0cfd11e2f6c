package twins;

/** Two counters of an object, one of each thread. */
final class Counters {

    private Counters() {}

    /** Both are on one line. */
    static final class Together {
        long hits;
        long misses;

        void hit() {
            hits++;
        }

        void miss() {
            misses++;
        }
    }

    static class BeforeHits {
        long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;
    }

    static class Hits extends BeforeHits {
        long hits;
    }

    static class BeforeMisses extends Hits {
        long p20, p21, p22, p23, p24, p25, p26, p27, p28, p29, p30, p31, p32, p33, p34, p35;
    }

    static class Misses extends BeforeMisses {
        long misses;
    }

    /** Each has lines for itself. */
    static final class Apart extends Misses {
        long p40, p41, p42, p43, p44, p45, p46, p47, p48, p49, p50, p51, p52, p53, p54, p55;

        void hit() {
            hits++;
        }

        void miss() {
            misses++;
        }
    }

    static void run(Turns turns) throws InterruptedException {
        Together together = new Together();
        turns.both("hitter", together::hit, "misser", together::miss);
        Apart apart = new Apart();
        turns.both("hitter", apart::hit, "misser", apart::miss);
    }
}

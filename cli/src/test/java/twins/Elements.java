package twins;

/** Counters in the elements of an array, one of each thread. */
final class Elements {

    private Elements() {}

    /** The elements are neighbours. */
    static final class Together {
        final long[] counts = new long[8];

        void hit() {
            counts[3]++;
        }

        void miss() {
            counts[4]++;
        }
    }

    /** There are 16 elements from one to the other. */
    static final class Apart {
        final long[] counts = new long[64];

        void hit() {
            counts[16]++;
        }

        void miss() {
            counts[32]++;
        }
    }

    static void run(Turns turns) throws InterruptedException {
        Together together = new Together();
        turns.both("hitter", together::hit, "misser", together::miss);
        Apart apart = new Apart();
        turns.both("hitter", apart::hit, "misser", apart::miss);
    }
}

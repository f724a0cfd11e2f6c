package twins;

/** A flag that a thread looks at each turn, and a counter of another thread. */
final class Flags {

    private Flags() {}

    /** Both are on one line. */
    static final class Together {
        volatile boolean stopped;
        long requests;

        void count() {
            requests++;
        }

        boolean look() {
            return stopped;
        }
    }

    static class Stopped {
        volatile boolean stopped;
    }

    static class BeforeRequests extends Stopped {
        long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;
    }

    static class Requests extends BeforeRequests {
        long requests;
    }

    /** The counter has lines for itself. */
    static final class Apart extends Requests {
        long p20, p21, p22, p23, p24, p25, p26, p27, p28, p29, p30, p31, p32, p33, p34, p35;

        void count() {
            requests++;
        }

        boolean look() {
            return stopped;
        }
    }

    static void run(Turns turns) throws InterruptedException {
        Together together = new Together();
        turns.both("server", together::count, "looker", together::look);
        Apart apart = new Apart();
        turns.both("server", apart::count, "looker", apart::look);
    }
}

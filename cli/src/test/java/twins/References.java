package twins;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/** A count of references that threads change, beside a reference that another thread follows. */
final class References {

    private References() {}

    /** Both are on one line. */
    static final class Together {
        private static final AtomicIntegerFieldUpdater<Together> COUNT =
                AtomicIntegerFieldUpdater.newUpdater(Together.class, "count");
        volatile int count = 1;
        volatile long[] data = new long[8];

        void useOnce() {
            COUNT.incrementAndGet(this);
            COUNT.decrementAndGet(this);
        }

        int length() {
            return data.length;
        }
    }

    static class Data {
        volatile long[] data = new long[8];
    }

    static class BeforeCount extends Data {
        long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;
    }

    static class Count extends BeforeCount {
        volatile int count = 1;
    }

    /** The count has lines for itself. */
    static final class Apart extends Count {
        private static final AtomicIntegerFieldUpdater<Count> COUNT =
                AtomicIntegerFieldUpdater.newUpdater(Count.class, "count");
        long p20, p21, p22, p23, p24, p25, p26, p27, p28, p29, p30, p31, p32, p33, p34, p35;

        void useOnce() {
            COUNT.incrementAndGet(this);
            COUNT.decrementAndGet(this);
        }

        int length() {
            return data.length;
        }
    }

    static void run(Turns turns) throws InterruptedException {
        Together together = new Together();
        turns.three("holder", together::useOnce, "follower", together::length);
        Apart apart = new Apart();
        turns.three("holder", apart::useOnce, "follower", apart::length);
    }
}

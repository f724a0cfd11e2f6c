package twins;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A ring of which one thread moves the tail and another the head. Each keeps what it saw of the other's, and looks
 * again when that does not suffice.
 */
final class Rings {

    private static final int SIZE = 1 << 10;
    private static final long NANOS_BETWEEN_TRIES = 1_000_000;

    private Rings() {}

    /** All numbers are on one line. */
    static final class Together {
        volatile long head;
        volatile long tail;
        long headSeen;
        long tailSeen;

        boolean put() {
            long mine = tail;
            if (mine - headSeen >= SIZE) {
                headSeen = head;
            }
            boolean fits = mine - headSeen < SIZE;
            if (fits) {
                tail = mine + 1;
            }
            return fits;
        }

        boolean take() {
            long mine = head;
            if (mine == tailSeen) {
                tailSeen = tail;
            }
            boolean isThere = mine != tailSeen;
            if (isThere) {
                head = mine + 1;
            }
            return isThere;
        }
    }

    static class BeforeHead {
        long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;
    }

    static class Head extends BeforeHead {
        volatile long head;
        long tailSeen;
    }

    static class BeforeTail extends Head {
        long p20, p21, p22, p23, p24, p25, p26, p27, p28, p29, p30, p31, p32, p33, p34, p35;
    }

    static class Tail extends BeforeTail {
        volatile long tail;
        long headSeen;
    }

    /** What each thread writes has lines for itself. */
    static final class Apart extends Tail {
        long p40, p41, p42, p43, p44, p45, p46, p47, p48, p49, p50, p51, p52, p53, p54, p55;

        boolean put() {
            long mine = tail;
            if (mine - headSeen >= SIZE) {
                headSeen = head;
            }
            boolean fits = mine - headSeen < SIZE;
            if (fits) {
                tail = mine + 1;
            }
            return fits;
        }

        boolean take() {
            long mine = head;
            if (mine == tailSeen) {
                tailSeen = tail;
            }
            boolean isThere = mine != tailSeen;
            if (isThere) {
                head = mine + 1;
            }
            return isThere;
        }
    }

    static void run(Turns turns) throws InterruptedException {
        Together together = new Together();
        turns.both("producer", () -> untilDone(together::put), "consumer", () -> untilDone(together::take));
        Apart apart = new Apart();
        turns.both("producer", () -> untilDone(apart::put), "consumer", () -> untilDone(apart::take));
    }

    /** Rests between two tries. */
    private static void untilDone(BooleanSupplier isDone) {
        while (!isDone.getAsBoolean()) {
            LockSupport.parkNanos(NANOS_BETWEEN_TRIES);
        }
    }
}

package twins;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * A pool: a free list that two threads exchange blocks with, beside the limit that a third compares with when it uses
 * its own cache.
 */
final class Pools {

    private Pools() {}

    static final class Block {
        Block next;
    }

    /** One thread's own. */
    static final class Cache {
        long uses;
    }

    /** The head of the list and the limit are on one line. */
    static final class Together {
        private static final AtomicReferenceFieldUpdater<Together, Block> FREE =
                AtomicReferenceFieldUpdater.newUpdater(Together.class, Block.class, "free");
        volatile Block free;
        int limit = 1 << 30;

        /** Gives a block to the list, and takes the first one. Returns how often it tried to change the head. */
        int exchange() {
            Block given = new Block();
            int tries = 1;
            given.next = free;
            while (!FREE.compareAndSet(this, given.next, given)) {
                given.next = free;
                tries++;
            }
            Block first = free;
            tries++;
            while (first != null && !FREE.compareAndSet(this, first, first.next)) {
                first = free;
                tries += first == null ? 0 : 1;
            }
            return tries;
        }

        void useCache(Cache cache) {
            if (cache.uses < limit) {
                cache.uses++;
            }
        }
    }

    static class Limit {
        int limit = 1 << 30;
    }

    static class BeforeFree extends Limit {
        long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;
    }

    static class Free extends BeforeFree {
        volatile Block free;
    }

    /** The head has lines for itself. */
    static final class Apart extends Free {
        private static final AtomicReferenceFieldUpdater<Free, Block> FREE =
                AtomicReferenceFieldUpdater.newUpdater(Free.class, Block.class, "free");
        long p20, p21, p22, p23, p24, p25, p26, p27, p28, p29, p30, p31, p32, p33, p34, p35;

        int exchange() {
            Block given = new Block();
            int tries = 1;
            given.next = free;
            while (!FREE.compareAndSet(this, given.next, given)) {
                given.next = free;
                tries++;
            }
            Block first = free;
            tries++;
            while (first != null && !FREE.compareAndSet(this, first, first.next)) {
                first = free;
                tries += first == null ? 0 : 1;
            }
            return tries;
        }

        void useCache(Cache cache) {
            if (cache.uses < limit) {
                cache.uses++;
            }
        }
    }

    static void run(Turns turns) throws InterruptedException {
        AtomicLong tries = new AtomicLong();
        Together together = new Together();
        Cache cache = new Cache();
        turns.three("exchanger", () -> tries.addAndGet(together.exchange()), "user", () -> together.useCache(cache));
        turns.say("Pools$Together", tries.getAndSet(0));
        Apart apart = new Apart();
        Cache other = new Cache();
        turns.three("exchanger", () -> tries.addAndGet(apart.exchange()), "user", () -> apart.useCache(other));
        turns.say("Pools$Apart", tries.get());
    }
}

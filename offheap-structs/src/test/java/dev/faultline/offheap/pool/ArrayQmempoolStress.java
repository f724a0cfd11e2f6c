package dev.faultline.offheap.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.faultline.offheap.jcstress.Recycled;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** What one stripe of an {@link ArrayQmempool} sees of an object that another one has freed. */
public final class ArrayQmempoolStress {

    private ArrayQmempoolStress() {}

    /** A pool over a slab of two objects, with arrays of two, that is never closed. */
    private static final class Pool {

        private static final Recycled<Pool> POOLS = new Recycled<>(number -> new Pool());

        private final ArrayQmempool pool = ArrayQmempool.create(Slab.create(StripeNodes.onOneNode(2), 2, 8, 16), 2, 2);
        private final long[] out = new long[2];

        /** A pool of which stripe 0 has both objects, whose words are 0. */
        static Pool next() {
            Pool next = POOLS.next();
            next.pool.drain(0);
            next.pool.drain(1);
            next.allocateLeft();
            return next;
        }

        private void allocateLeft() {
            for (int i = 0; i < out.length; i++) {
                out[i] = out[i] != 0 && isOut(out[i]) ? out[i] : pool.local(0).allocate();
                pool.slots().set(out[i], 0, 0);
            }
        }

        private boolean isOut(long handle) {
            try {
                pool.slots().get(handle, 0);
                return true;
            } catch (IllegalStateException freed) {
                return false;
            }
        }

        /** Writes into an object and frees it, so that others get it. */
        void freeForOthers(int which, long value) {
            pool.slots().set(out[which], 0, value);
            pool.local(0).free(out[which]);
            pool.drain(0);
        }

        /** {@return the word of an object that stripe 1 gets and frees again, or -1 if it gets none} */
        int readByOther() {
            long handle = pool.local(1).allocate();
            if (handle == 0) {
                return -1;
            }
            int word = (int) pool.slots().get(handle, 0);
            pool.local(1).free(handle);
            return word;
        }
    }

    /** An object, and the queue through which the other stripe gets it. */
    @JCStressTest
    @Outcome(
            id = {"-1, -1", "-1, 1", "1, 1"},
            expect = ACCEPTABLE,
            desc = "The object is not there yet, or is with what was written to it.")
    @Outcome(expect = FORBIDDEN, desc = "The object is there without what was written to it, or goes away.")
    @State
    public static class FreedAndAllocated {

        private final Pool pool = Pool.next();

        @Actor
        public void owner() {
            pool.freeForOthers(0, 1);
        }

        @Actor
        public void other(II_Result result) {
            result.r1 = pool.readByOther();
            result.r2 = pool.readByOther();
        }
    }

    /** Two objects that two stripes allocate and write to. */
    @JCStressTest
    @Outcome(
            id = {"1, 2"},
            expect = ACCEPTABLE,
            desc = "Each has an object of its own.")
    @Outcome(expect = FORBIDDEN, desc = "Both have the same, or one has none.")
    @State
    public static class BothAllocate {

        private final Pool pool = Pool.next();

        public BothAllocate() {
            pool.freeForOthers(0, 0);
            pool.freeForOthers(1, 0);
        }

        @Actor
        public void one(II_Result result) {
            result.r1 = own(0, 1);
        }

        @Actor
        public void other(II_Result result) {
            result.r2 = own(1, 2);
        }

        private int own(int stripe, int value) {
            long handle = pool.pool.local(stripe).allocate();
            if (handle == 0) {
                return -1;
            }
            pool.pool.slots().set(handle, 0, value);
            int read = (int) pool.pool.slots().get(handle, 0);
            pool.pool.local(stripe).free(handle);
            return read;
        }
    }
}

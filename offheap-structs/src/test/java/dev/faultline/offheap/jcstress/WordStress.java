package dev.faultline.offheap.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.memory.LongWord;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.JJJ_Result;

/** The guarantees of off-heap words. */
public final class WordStress {

    private WordStress() {}

    /** A message and a flag. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "0, 1", "1, 1"},
            expect = ACCEPTABLE,
            desc = "Who sees the flag sees the message.")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "The flag is seen without the message.")
    @State
    public static class MessagePassing {

        private final Cell cell = Cell.next();
        private final LongWord message = cell.a;
        private final IntWord flag = cell.c;

        @Actor
        public void writer() {
            message.set(1);
            flag.setOrdered(1);
        }

        @Actor
        public void reader(II_Result result) {
            result.r1 = flag.getVolatile();
            result.r2 = (int) message.get();
        }
    }

    /** Each thread writes its word and reads the other's. */
    @JCStressTest
    @Outcome(
            id = {"0, 1", "1, 0", "1, 1"},
            expect = ACCEPTABLE,
            desc = "One is first.")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "Each reads before it has written.")
    @State
    public static class StoreThenLoad {

        private final Cell cell = Cell.next();

        @Actor
        public void one(II_Result result) {
            cell.a.setVolatile(1);
            result.r1 = cell.c.getVolatile();
        }

        @Actor
        public void other(II_Result result) {
            cell.c.setVolatile(1);
            result.r2 = (int) cell.a.getVolatile();
        }
    }

    /** Both threads add. */
    @JCStressTest
    @Outcome(
            id = {"0, 1, 3", "2, 0, 3"},
            expect = ACCEPTABLE,
            desc = "One adds to what the other has added.")
    @Outcome(expect = FORBIDDEN, desc = "An addition is lost.")
    @State
    public static class AtomicAdd {

        private final Cell cell = Cell.next();

        @Actor
        public void one(JJJ_Result result) {
            result.r1 = cell.a.getAndAdd(1);
            cell.c.getAndAdd(1);
        }

        @Actor
        public void other(JJJ_Result result) {
            result.r2 = cell.a.getAndAdd(2);
            cell.c.getAndAdd(2);
        }

        /** Reads the sum, if it is the same in both words. */
        @Arbiter
        public void sum(JJJ_Result result) {
            result.r3 = cell.a.get() == cell.c.get() ? cell.a.get() : -1;
        }
    }

    /** Both threads set a word that is not set yet. */
    @JCStressTest
    @Outcome(
            id = {"1, 0, 1", "0, 1, 2"},
            expect = ACCEPTABLE,
            desc = "One wins, and its value stays.")
    @Outcome(expect = FORBIDDEN, desc = "Both or neither wins, or the loser's value stays.")
    @State
    public static class CompareAndSet {

        private final Cell cell = Cell.next();

        @Actor
        public void one(JJJ_Result result) {
            result.r1 = cell.a.compareAndSet(0, 1) ? 1 : 0;
        }

        @Actor
        public void other(JJJ_Result result) {
            result.r2 = cell.a.compareAndSet(0, 2) ? 1 : 0;
        }

        @Arbiter
        public void end(JJJ_Result result) {
            result.r3 = cell.a.get();
        }
    }
}

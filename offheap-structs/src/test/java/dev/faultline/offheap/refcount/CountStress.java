package dev.faultline.offheap.refcount;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.faultline.offheap.jcstress.Cell;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The guarantees of reference counts on processors with weak memory ordering. */
public final class CountStress {

    private static final Rcuref.Listener IGNORED = new Told();

    private CountStress() {}

    /** Two holders write to the object and put it; the one that releases it sees what both wrote. */
    @JCStressTest
    @Outcome(
            id = {"3, 0", "0, 3"},
            expect = ACCEPTABLE,
            desc = "One releases, and sees both writes.")
    @Outcome(expect = FORBIDDEN, desc = "Both or neither releases, or a write is not seen.")
    @State
    public static class LastPutSeesAll {

        private final Cell cell = Cell.next();
        private final Rcuref count = new Rcuref(cell.c, IGNORED);

        public LastPutSeesAll() {
            count.init(2);
        }

        @Actor
        public void one(II_Result result) {
            cell.a.set(1);
            result.r1 = count.put() ? (int) (cell.a.get() + cell.b.get()) : 0;
        }

        @Actor
        public void other(II_Result result) {
            cell.b.set(2);
            result.r2 = count.put() ? (int) (cell.a.get() + cell.b.get()) : 0;
        }
    }

    /** The same with the count that rcuref replaced. */
    @JCStressTest
    @Outcome(
            id = {"3, 0", "0, 3"},
            expect = ACCEPTABLE,
            desc = "One releases, and sees both writes.")
    @Outcome(expect = FORBIDDEN, desc = "Both or neither releases, or a write is not seen.")
    @State
    public static class LastPutOfCasCountSeesAll {

        private final Cell cell = Cell.next();
        private final CasCount count = new CasCount(cell.c);

        public LastPutOfCasCountSeesAll() {
            count.init(2);
        }

        @Actor
        public void one(II_Result result) {
            cell.a.set(1);
            result.r1 = count.put() ? (int) (cell.a.get() + cell.b.get()) : 0;
        }

        @Actor
        public void other(II_Result result) {
            cell.b.set(2);
            result.r2 = count.put() ? (int) (cell.a.get() + cell.b.get()) : 0;
        }
    }

    /** The only reference is put while another thread takes one and puts it. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Released by the first: the other came too late, or lost.")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Revived, and released by the other.")
    @Outcome(expect = FORBIDDEN, desc = "Released twice, not at all, or taken when dead.")
    @State
    public static class LastPutAgainstGet {

        private final Cell cell = Cell.next();
        private final Rcuref count = new Rcuref(cell.c, IGNORED);

        public LastPutAgainstGet() {
            count.init(1);
        }

        @Actor
        public void holder(II_Result result) {
            result.r1 = count.put() ? 1 : 0;
        }

        @Actor
        public void finder(II_Result result) {
            result.r2 = count.get() && count.put() ? 1 : 0;
        }
    }

    /** The same with the count that rcuref replaced. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Released by the first.")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Released by the other.")
    @Outcome(expect = FORBIDDEN, desc = "Released twice or not at all.")
    @State
    public static class LastPutOfCasCountAgainstGet {

        private static final CasCount.Retries RETRIES = new CasCount.Retries();

        private final Cell cell = Cell.next();
        private final CasCount count = new CasCount(cell.c);

        public LastPutOfCasCountAgainstGet() {
            count.init(1);
        }

        @Actor
        public void holder(II_Result result) {
            result.r1 = count.put() ? 1 : 0;
        }

        @Actor
        public void finder(II_Result result) {
            result.r2 = count.get(RETRIES) && count.put() ? 1 : 0;
        }
    }
}

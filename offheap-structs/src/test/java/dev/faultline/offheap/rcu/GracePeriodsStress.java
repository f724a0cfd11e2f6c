package dev.faultline.offheap.rcu;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.faultline.offheap.jcstress.Cell;
import dev.faultline.offheap.jcstress.Recycled;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** A reader that finds the old object (0) must not see it freed (1), even with plain reads. */
public final class GracePeriodsStress {

    /** Shared by one state: a callback left over from one state must not write to another state. */
    private record Guarded(GracePeriods periods, Cell cell) {

        private static final Recycled<Guarded> ALL =
                new Recycled<>(number -> new Guarded(GracePeriods.forReaders(1), Cell.next()));

        static Guarded next() {
            Guarded next = ALL.next();
            next.periods.offline(0);
            next.periods.barrier();
            next.cell.reset();
            return next;
        }
    }

    private GracePeriodsStress() {}

    /** The reader enters while the updater checks which readers are inside. */
    @JCStressTest
    @Outcome(
            id = {"0, 1", "1, 0", "1, 1"},
            expect = ACCEPTABLE,
            desc = "The reader is seen inside, or does not find the old object.")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "The reader found the old object and was not seen inside.")
    @State
    public static class EnterAgainstBegin {

        private final Guarded guarded = Guarded.next();
        private final GracePeriods periods = guarded.periods;
        private final Cell cell = guarded.cell;

        @Actor
        public void reader(II_Result result) {
            periods.online(0);
            result.r1 = (int) cell.a.get();
        }

        @Actor
        public void updater(II_Result result) {
            cell.a.set(1);
            result.r2 = periods.holdsUp(0, periods.begin()) ? 1 : 0;
        }
    }

    /** The reader enters while the updater waits. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "1, 0", "1, 1"},
            expect = ACCEPTABLE,
            desc = "The old object is not freed, or it is not found.")
    @Outcome(id = "0, 1", expect = FORBIDDEN, desc = "The old object is found and is freed.")
    @State
    public static class EnterAgainstSynchronize {

        private final Guarded guarded = Guarded.next();
        private final GracePeriods periods = guarded.periods;
        private final Cell cell = guarded.cell;

        @Actor
        public void reader(II_Result result) {
            periods.online(0);
            result.r1 = (int) cell.a.get();
            result.r2 = (int) cell.b.get();
            periods.offline(0);
        }

        @Actor
        public void updater() {
            cell.a.set(1);
            periods.synchronize();
            cell.b.set(1);
        }
    }

    /** The reader is inside from the start, and quiescent once. */
    @JCStressTest
    @Outcome(
            id = {"0, 0, 0, 0", "0, 0, 1, 0", "0, 0, 1, 1", "1, 0, 1, 0", "1, 0, 1, 1"},
            expect = ACCEPTABLE,
            desc = "The old object is freed after the reader was quiescent, and not found any more.")
    @Outcome(expect = FORBIDDEN, desc = "The old object is found and is freed, or freed too early.")
    @State
    public static class QuiescentAgainstSynchronize {

        private final Guarded guarded = Guarded.next();
        private final GracePeriods periods = guarded.periods;
        private final Cell cell = guarded.cell;

        public QuiescentAgainstSynchronize() {
            periods.online(0);
        }

        @Actor
        public void reader(IIII_Result result) {
            result.r1 = (int) cell.a.get();
            result.r2 = (int) cell.b.get();
            periods.announce(0);
            result.r3 = (int) cell.a.get();
            result.r4 = (int) cell.b.get();
            periods.offline(0);
        }

        @Actor
        public void updater() {
            cell.a.set(1);
            periods.synchronize();
            cell.b.set(1);
        }
    }

    /** One thread defers the callback; the reader runs it after it has exited. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "1, 0", "1, 1"},
            expect = ACCEPTABLE,
            desc = "The old object is not freed, or it is not found.")
    @Outcome(id = "0, 1", expect = FORBIDDEN, desc = "The old object is found and is freed.")
    @State
    public static class EnterAgainstPoll {

        private final Guarded guarded = Guarded.next();
        private final GracePeriods periods = guarded.periods;
        private final Cell cell = guarded.cell;

        @Actor
        public void reader(II_Result result) {
            periods.online(0);
            result.r1 = (int) cell.a.get();
            result.r2 = (int) cell.b.get();
            periods.offline(0);
            periods.poll();
        }

        @Actor
        public void updater() {
            cell.a.set(1);
            periods.defer(() -> cell.b.set(1));
            periods.poll();
            periods.poll();
        }
    }

    /**
     * An {@code enter} that is wrong: a plain store. The processor delays it while the reader reads, and an updater
     * that waits for readers sees none inside.
     */
    @JCStressTest
    @Outcome(
            id = {"0, 1", "1, 0", "1, 1"},
            expect = ACCEPTABLE,
            desc = "The reader is seen inside, or does not find the old object.")
    @Outcome(
            id = "0, 0",
            expect = ACCEPTABLE_INTERESTING,
            desc = "The reader found the old object and was not seen inside: it will be freed under its hands.")
    @State
    public static class BrokenPlainEnter {

        private final Cell cell = Cell.next();

        @Actor
        public void reader(II_Result result) {
            cell.b.set(1);
            result.r1 = (int) cell.a.get();
        }

        @Actor
        public void updater(II_Result result) {
            cell.a.set(1);
            cell.c.getAndAdd(1);
            result.r2 = (int) cell.b.getVolatile();
        }
    }
}

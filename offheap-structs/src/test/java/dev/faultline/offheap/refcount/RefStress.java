package dev.faultline.offheap.refcount;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.faultline.offheap.jcstress.Recycled;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.LongWord;
import dev.faultline.offheap.memory.StripeAreas;
import dev.faultline.offheap.rcu.GracePeriods;
import dev.faultline.offheap.rcu.Reader;
import dev.faultline.offheap.rcu.Readers;
import dev.faultline.offheap.refcount.PercpuRef.Init;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * What the owner of a stripe stores without an atomic operation is in the sum, however the processor reorders: with
 * real grace periods, one user, and one thread that kills and polls.
 */
public final class RefStress {

    private RefStress() {}

    /** A reader and a reference count that are used again and again. */
    static final class Counted {

        private static final Block BLOCK = Block.allocate(Recycled.COUNT * 128L, 128);
        private static final StripeAreas AREAS = StripeAreas.padded(1, 64);
        private static final Recycled<Counted> ALL = new Recycled<>(Counted::new);

        final GracePeriods periods = GracePeriods.forReaders(1);
        final Reader reader = Readers.withoutOwner(periods, 0);
        final PercpuRef ref;
        int released;

        private Counted(int number) {
            ref = PercpuRef.open(BLOCK, number * 128L, AREAS, periods, () -> released++, Init.ALLOW_REINIT);
        }

        /** Alive, per stripe, with the initial reference and a number of others. */
        static Counted next(int references) {
            Counted counted = ALL.next();
            counted.end();
            counted.ref.reinit();
            counted.released = 0;
            counted.reader.enter();
            for (int i = 0; i < references; i++) {
                counted.ref.get(counted.reader);
            }
            counted.reader.exit();
            return counted;
        }

        /** Also works for a count that was made and never used. */
        private void end() {
            if (!ref.isDying()) {
                ref.kill();
            }
            periods.poll();
            reader.enter();
            while (!ref.isZero()) {
                ref.put(reader);
            }
            reader.exit();
        }

        void kill() {
            ref.kill();
            periods.poll();
        }

        void result(II_Result result) {
            periods.poll();
            result.r1 = released;
            result.r2 = ref.isZero() ? 0 : 1;
        }
    }

    /** A count that started as one word and has changed to stripes. */
    static final class Turned {

        private static final Block BLOCK = Block.allocate(Recycled.COUNT * 128L, 128);
        private static final Recycled<Turned> ALL = new Recycled<>(Turned::new);

        private final LongWord count;
        private final LongWord state;
        final GracePeriods periods = GracePeriods.forReaders(2);
        final Reader user = Readers.withoutOwner(periods, 0);
        final Reader killer = Readers.withoutOwner(periods, 1);
        private final StripeAreas areas = StripeAreas.padded(2, 64);
        private final StripeAreas.Slot slot = areas.allocate(Integer.BYTES);
        DynamicRef ref;
        int released;

        private Turned(int number) {
            count = BLOCK.int64(number * 128L);
            state = BLOCK.int64(number * 128L + 8);
        }

        /** With the initial reference and two others; the second get changes the count to stripes if {@code turned}. */
        static Turned next(boolean turned) {
            Turned one = ALL.next();
            one.periods.poll();
            one.released = 0;
            for (int stripe = 0; stripe < 2; stripe++) {
                one.slot.int32s().set(stripe, 0);
            }
            one.ref = new DynamicRef(
                    one.count,
                    one.state,
                    2,
                    new DynamicRef.Dependencies(
                            () -> new DynamicRef.Counters(one.slot.int32s(), one.slot.number(), () -> {}),
                            RcuCallbacks.of(one.periods, one.areas),
                            () -> 0),
                    () -> one.released++);
            one.user.enter();
            one.ref.get(one.user);
            if (turned) {
                one.ref.get(one.user);
                one.ref.put(one.user);
            }
            one.user.exit();
            return one;
        }

        void put() {
            user.enter();
            ref.put(user);
            user.exit();
        }

        void getAndPut() {
            user.enter();
            ref.get(user);
            ref.put(user);
            ref.put(user);
            user.exit();
        }

        void kill() {
            if (ref.kill()) {
                killer.enter();
                ref.put(killer);
                killer.exit();
            }
            periods.poll();
        }

        void result(II_Result result) {
            periods.poll();
            result.r1 = released;
            result.r2 = ref.state() == DynamicRef.DEAD ? 0 : 1;
        }
    }

    /** The last reference but the initial one is put. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Released once.")
    @Outcome(expect = FORBIDDEN, desc = "The put is lost, or counted twice.")
    @State
    public static class PutWhileKilled {

        private final Counted counted = Counted.next(1);

        @Actor
        public void user() {
            counted.reader.enter();
            counted.ref.put(counted.reader);
            counted.reader.exit();
        }

        @Actor
        public void killer() {
            counted.kill();
        }

        @Arbiter
        public void end(II_Result result) {
            counted.result(result);
        }
    }

    /** Another reference is taken; the orders differ in which references are counted where. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Released once.")
    @Outcome(expect = FORBIDDEN, desc = "A get or a put is lost.")
    @State
    public static class GetAndPutWhileKilled {

        private final Counted counted = Counted.next(0);

        @Actor
        public void user() {
            counted.reader.enter();
            if (counted.ref.tryGetLive(counted.reader)) {
                counted.ref.put(counted.reader);
            }
            counted.reader.exit();
        }

        @Actor
        public void killer() {
            counted.kill();
        }

        @Arbiter
        public void end(II_Result result) {
            counted.result(result);
        }
    }

    /** References are used while the count is switched to one word and back. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "All references are counted.")
    @Outcome(expect = FORBIDDEN, desc = "A get or a put is lost.")
    @State
    public static class UseWhileSwitched {

        private final Counted counted = Counted.next(0);

        @Actor
        public void user() {
            counted.reader.enter();
            counted.ref.get(counted.reader);
            counted.reader.exit();
            counted.reader.enter();
            counted.ref.put(counted.reader);
            counted.reader.exit();
        }

        @Actor
        public void switcher() {
            counted.ref.switchToAtomic(() -> {});
            counted.periods.poll();
            counted.ref.switchToPercpu();
        }

        @Arbiter
        public void end(II_Result result) {
            counted.periods.poll();
            counted.kill();
            counted.result(result);
        }
    }

    /** A count that has changed to stripes. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Released once.")
    @Outcome(expect = FORBIDDEN, desc = "The put is lost, or counted twice.")
    @State
    public static class DynamicPutWhileKilled {

        private final Turned turned = Turned.next(true);

        @Actor
        public void user() {
            turned.put();
        }

        @Actor
        public void killer() {
            turned.kill();
        }

        @Arbiter
        public void end(II_Result result) {
            turned.result(result);
        }
    }

    /** A count that the next get changes to stripes. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Released once.")
    @Outcome(expect = FORBIDDEN, desc = "A get or a put is lost.")
    @State
    public static class DynamicTurnsWhileKilled {

        private final Turned turned = Turned.next(false);

        @Actor
        public void user() {
            turned.getAndPut();
        }

        @Actor
        public void killer() {
            turned.kill();
        }

        @Arbiter
        public void end(II_Result result) {
            turned.result(result);
        }
    }
}

package dev.faultline.offheap.refcount;

import dev.faultline.offheap.lincheck.Linearizability;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.StripeAreas;
import dev.faultline.offheap.rcu.GracePeriods;
import dev.faultline.offheap.rcu.Reader;
import dev.faultline.offheap.rcu.Readers;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Counts on stripes, which threads get and put while one of them kills. A thread gets and puts only while it has a
 * reference. How often the object was released is asked after a grace period: whether a put or the end of the grace
 * period releases, and when, is not promised. Nor is what a {@code tryGetLive} returns while a kill is under way, or
 * whether counting is per stripe at some moment; these calls are left out.
 */
@Tag("slow")
@Tag("stress")
class RefLincheckTest {

    private static final int THREADS = 4; // Lincheck runs 1 and 2, and may number what is before and after them 0 and 3

    /** What the operations do one after the other. The thread that kills then has the initial reference. */
    public static class Counted {

        final int[] own = {0, 1, 1, 0};
        int references = 3;
        boolean killed;
        boolean known;

        public boolean get(int thread) {
            if (own[thread] == 0) {
                return false;
            }
            own[thread]++;
            references++;
            return true;
        }

        public boolean put(int thread) {
            if (own[thread] == 0) {
                return false;
            }
            own[thread]--;
            references--;
            return true;
        }

        public boolean kill(int thread) {
            if (killed) {
                return false;
            }
            killed = true;
            own[thread]++;
            return true;
        }

        /** {@return how often the object was released} */
        public int releases() {
            known = killed;
            return killed && references == 0 ? 1 : 0;
        }
    }

    /** A kill puts the initial reference itself; until a grace period has passed, it is not known that none is left. */
    public static class CountedPercpu extends Counted {

        @Override
        public boolean kill(int thread) {
            if (killed) {
                return false;
            }
            killed = true;
            references--;
            return true;
        }

        public boolean tryGet(int thread) {
            if (known && references == 0) {
                return false;
            }
            own[thread]++;
            references++;
            return true;
        }
    }

    /** The operations of a count. */
    public abstract static class Operations {

        final GracePeriods periods = GracePeriods.forReaders(THREADS);
        final StripeAreas areas = StripeAreas.packed(THREADS, 4096);
        final Block block = Block.allocate(64, 64);
        final AtomicInteger released = new AtomicInteger();
        final Reader[] readers = new Reader[THREADS];
        final int[] own = {0, 1, 1, 0};

        Operations() {
            for (int i = 0; i < THREADS; i++) {
                readers[i] = Readers.withoutOwner(periods, i);
            }
        }

        /** Takes the references that the threads have at first. */
        void begin() {
            for (int thread = 1; thread <= 2; thread++) {
                readers[thread].enter();
                take(readers[thread]);
                readers[thread].exit();
            }
        }

        abstract void take(Reader reader);

        abstract void give(Reader reader);

        /** Closes the count. */
        abstract void end();

        @Operation
        public boolean get(@Param(gen = ThreadIdGen.class) int thread) {
            if (own[thread] == 0) {
                return false;
            }
            own[thread]++;
            readers[thread].enter();
            take(readers[thread]);
            readers[thread].exit();
            return true;
        }

        @Operation
        public boolean put(@Param(gen = ThreadIdGen.class) int thread) {
            if (own[thread] == 0) {
                return false;
            }
            own[thread]--;
            readers[thread].enter();
            give(readers[thread]);
            readers[thread].exit();
            return true;
        }

        /** {@return whether it was the first kill} */
        @Operation
        public abstract boolean kill(@Param(gen = ThreadIdGen.class) int thread);

        /** {@return how often the object was released, after a grace period} */
        @Operation
        public int releases() {
            periods.barrier();
            return released.get();
        }

        /** Frees the memory. */
        @Validate
        public void close() {
            periods.barrier();
            end();
            periods.close();
            areas.close();
            block.close();
        }
    }

    /** A count per stripe. */
    public static class OfPercpuRef extends Operations {

        final PercpuRef ref = ref();

        public OfPercpuRef() {
            begin();
        }

        PercpuRef ref() {
            return PercpuRef.open(block, 0, areas, periods, released::incrementAndGet);
        }

        @Override
        void take(Reader reader) {
            ref.get(reader);
        }

        @Override
        void give(Reader reader) {
            ref.put(reader);
        }

        @Override
        void end() {
            ref.close();
        }

        @Operation
        @Override
        public boolean kill(@Param(gen = ThreadIdGen.class) int thread) {
            try {
                ref.kill();
                return true;
            } catch (IllegalStateException deadAlready) {
                return false;
            }
        }
    }

    /** A count per stripe, with what it promises of {@code tryGet}. */
    public static class OfPercpuRefAndTries extends OfPercpuRef {

        @Operation
        public boolean tryGet(@Param(gen = ThreadIdGen.class) int thread) {
            readers[thread].enter();
            boolean got = ref.tryGet(readers[thread]);
            readers[thread].exit();
            own[thread] += got ? 1 : 0;
            return got;
        }
    }

    /** A count that may change to stripes. */
    public abstract static class OfDynamicRef extends Operations {

        private final DynamicRef ref;

        OfDynamicRef(int threshold) {
            ref = DynamicRef.open(block, 0, areas, periods, () -> 0, threshold, released::incrementAndGet);
            begin();
        }

        @Override
        void take(Reader reader) {
            ref.get(reader);
        }

        @Override
        void give(Reader reader) {
            ref.put(reader);
        }

        @Override
        void end() {
            ref.close();
        }

        @Operation
        @Override
        public boolean kill(@Param(gen = ThreadIdGen.class) int thread) {
            boolean first = ref.kill();
            own[thread] += first ? 1 : 0;
            return first;
        }
    }

    /** One word: it does not become busy. */
    public static class OfIdleDynamicRef extends OfDynamicRef {

        public OfIdleDynamicRef() {
            super(DynamicRef.DEFAULT_THRESHOLD);
        }
    }

    /** Changes to stripes with the fourth get. */
    public static class OfBusyDynamicRef extends OfDynamicRef {

        public OfBusyDynamicRef() {
            super(4);
        }
    }

    @Test
    void percpu_ref_is_linearizable() {
        Linearizability.of(CountedPercpu.class).check(OfPercpuRefAndTries.class);
    }

    @Test
    void a_dynamic_ref_of_one_word_is_linearizable() {
        Linearizability.of(Counted.class).check(OfIdleDynamicRef.class);
    }

    @Test
    void a_dynamic_ref_that_changes_to_stripes_is_linearizable() {
        Linearizability.of(Counted.class).check(OfBusyDynamicRef.class);
    }
}

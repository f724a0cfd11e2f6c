package dev.faultline.offheap.refcount;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.lincheck.Linearizability;
import dev.faultline.offheap.memory.Block;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A count that starts with a reference that anyone may drop once; threads drop only what they took. */
@Tag("slow")
@Tag("stress")
class RcurefLincheckTest {

    private static final int THREADS = 4;

    /** What the operations do one after the other. */
    public static class Counted {

        private final int[] own = new int[THREADS];
        private int references = 1;

        public boolean get(int thread) {
            if (references == 0) {
                return false;
            }
            references++;
            own[thread]++;
            return true;
        }

        public boolean put(int thread) {
            return own[thread] > 0 && own[thread]-- > 0 && --references == 0;
        }

        public boolean dropFirst() {
            return --references == 0;
        }
    }

    /** The operations of a count. */
    public abstract static class Operations {

        private final Block block = Block.allocate(64, 64);
        private final TestCount count;
        private final int[] own = new int[THREADS];

        Operations(TestCount.Form form) {
            count = form.on(block.int32(0), new Told());
        }

        @Operation
        public boolean get(@Param(gen = ThreadIdGen.class) int thread) {
            boolean got = count.get();
            own[thread] += got ? 1 : 0;
            return got;
        }

        /** {@return whether it was the last reference} */
        @Operation
        public boolean put(@Param(gen = ThreadIdGen.class) int thread) {
            return own[thread] > 0 && own[thread]-- > 0 && count.put();
        }

        /** {@return whether it was the last reference} */
        @Operation(runOnce = true)
        public boolean dropFirst() {
            return count.put();
        }

        /** Frees the memory. */
        @Validate
        public void close() {
            block.close();
        }
    }

    /** The count as it is. */
    public static class Sound extends Operations {

        public Sound() {
            super(TestCount::rcuref);
        }
    }

    /** A count without atomic additions. */
    public static class Plain extends Operations {

        public Plain() {
            super((word, listener) -> new TestCount() {
                @Override
                public boolean get() {
                    int references = word.getVolatile();
                    Thread.yield(); // makes the race likely
                    boolean alive = references >= 0;
                    word.setVolatile(references + (alive ? 1 : 0));
                    return alive;
                }

                @Override
                public boolean put() {
                    int left = word.getVolatile() - 1;
                    Thread.yield();
                    word.setVolatile(left);
                    return left < 0;
                }
            });
        }
    }

    @Test
    void rcuref_is_linearizable() {
        Linearizability.of(Counted.class).check(Sound.class);
    }

    @Test
    void a_count_that_reads_and_then_writes_is_not() {
        assertThatThrownBy(() -> Linearizability.of(Counted.class)
                        .iterations(50)
                        .invocationsPerIteration(5_000)
                        .check(Plain.class))
                .isInstanceOf(LincheckAssertionError.class);
    }
}

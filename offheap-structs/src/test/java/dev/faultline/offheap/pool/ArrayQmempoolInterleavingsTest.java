package dev.faultline.offheap.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.interleave.Interleavings;
import dev.faultline.offheap.interleave.SteppedInt;
import dev.faultline.offheap.interleave.SteppedLongs;
import dev.faultline.offheap.interleave.SteppedSlots;
import dev.faultline.offheap.interleave.SteppedStack;
import dev.faultline.offheap.interleave.StressTime;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.LongWords;
import dev.faultline.offheap.queue.AlfQueue;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two stripes with arrays of two and a shared queue of two, in every order of the steps on the
 * objects. A call of the shared queue belongs to the step before it: {@code AlfQueueInterleavingsTest} tries the steps
 * within.
 */
@Tag("slow")
class ArrayQmempoolInterleavingsTest {

    private static final int OBJECTS = 3;
    private static final Block COUNTERS = Block.allocate(4096, 128);
    private static final AlfQueue SHARED = AlfQueue.create(2, AlfQueue.Mode.MPMC);

    @AfterAll
    static void close() {
        SHARED.close();
        COUNTERS.close();
    }

    /** A cache of objects that are all free at first. */
    private static final class Bag implements ObjectCache, ObjectCache.Local {
        private final Slots slots;
        private final long[] held = new long[OBJECTS];
        private int count;

        Bag(Slots slots) {
            this.slots = slots;
            slots.thread(0, OBJECTS);
            for (int index = 0; index < OBJECTS; index++) {
                slots.acquire(index);
                held[count++] = slots.handle(index);
            }
        }

        @Override
        public long allocate() {
            return count == 0 ? 0 : slots.handOut(held[--count]);
        }

        @Override
        public void free(long handle) {
            slots.takeBack(handle);
            held[count++] = handle;
        }

        @Override
        public Slots slots() {
            return slots;
        }

        @Override
        public StripeNodes stripes() {
            return StripeNodes.onOneNode(2);
        }

        @Override
        public Local local(int stripe) {
            return this;
        }

        @Override
        public int held() {
            return count;
        }

        @Override
        public AllocatorStatistics counts() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    /** A pool, and which objects are out. */
    private static final class Pool {
        private final Slots slots;
        private final Bag bag;
        private final ArrayQmempool pool;
        private final boolean[] out = new boolean[OBJECTS];

        Pool(Function<String, SteppedStack> stack) {
            SteppedLongs words = new SteppedLongs("objects", 2 * OBJECTS);
            slots = new Slots(words, mismatch -> new SteppedSlots(words, OBJECTS, mismatch), OBJECTS, 8, () -> {});
            bag = new Bag(slots);
            SHARED.relaxedDequeue(new long[2], 0, 2); // what a schedule that was given up has left
            pool = new ArrayQmempool(
                    bag, SHARED, COUNTERS, new SteppedStack[] {stack.apply("array0"), stack.apply("array1")});
        }

        long take(int stripe) {
            long handle = pool.local(stripe).allocate();
            if (handle != 0) {
                int index = slots.index(handle);
                assertThat(out[index]).as("object %d is out twice", index).isFalse();
                out[index] = true;
                slots.set(handle, 0, 100 + stripe);
            }
            return handle;
        }

        void give(int stripe, long handle, int writer) {
            if (handle != 0) {
                assertThat(slots.get(handle, 0)).isEqualTo(100 + writer);
                out[slots.index(handle)] = false;
                pool.local(stripe).free(handle);
            }
        }

        void expectNothingLost() {
            int left = pool.heldBy(0) + pool.heldBy(1) + pool.heldShared() + bag.held();
            for (boolean one : out) {
                left += one ? 1 : 0;
            }
            assertThat(left).as("objects").isEqualTo(OBJECTS);
        }
    }

    /** Only the owner uses an array, so that these arrays are no steps. */
    private static LongWords unstepped(String name) {
        LongWords words = COUNTERS.int64s(name.equals("array0") ? 1024 : 2048, 3, 8);
        words.set(0, 0);
        return words;
    }

    private static LongWords stepped(String name) {
        return new SteppedLongs(name, 3);
    }

    /** B frees an object of A into its full array, which gives away another one; A gets that one, or none. */
    private static Interleavings passing(int takes, Function<String, SteppedStack> stack) {
        return Interleavings.of(scenario -> {
            Pool pool = new Pool(stack);
            long[] objects = {pool.take(0), pool.take(0), pool.take(0)};
            pool.give(1, objects[0], 0);
            pool.give(1, objects[1], 0);
            SteppedInt begun = scenario.int32("begun", 0); // what A does before its first step is always first
            scenario.thread("A", () -> {
                begun.set(1);
                pool.give(0, pool.take(0), 0);
            });
            scenario.thread("B", () -> {
                pool.give(1, objects[2], 0);
                for (int i = 0; i < takes; i++) {
                    objects[i] = pool.take(1);
                }
                for (int i = 0; i < takes; i++) {
                    pool.give(1, objects[i], 1);
                }
            });
            scenario.atEnd(pool::expectNothingLost);
        });
    }

    private static SteppedStack stack(String name) {
        return new SteppedStack(unstepped(name));
    }

    @Test
    void stripes_that_free_each_others_objects_have_each_object_once() {
        passing(2, ArrayQmempoolInterleavingsTest::stack)
                .sample(StressTime.seed(getClass().getSimpleName()), 2000);
        assertThat(passing(1, ArrayQmempoolInterleavingsTest::stack).explore()).isGreaterThan(1000);
    }

    @Test
    void a_stripe_that_ended_may_be_drained_while_the_other_works() {
        long schedules = Interleavings.of(scenario -> {
                    Pool pool = new Pool(name -> new SteppedStack(stepped(name)));
                    pool.give(0, pool.take(0), 0);
                    scenario.thread("A", () -> pool.pool.drain(0));
                    scenario.thread("B", () -> pool.give(1, pool.take(1), 1));
                    scenario.atEnd(pool::expectNothingLost);
                })
                .explore();
        assertThat(schedules).isGreaterThan(100);
    }

    @Test
    void an_array_that_keeps_what_it_gave_away_is_caught() {
        expectCaught(passing(2, name -> new SteppedStack(unstepped(name)) {
            @Override
            protected int left(int size, int taken) {
                return size;
            }
        }));
    }

    @Test
    void two_threads_on_one_stripe_are_caught() {
        expectCaught(Interleavings.of(scenario -> {
            Pool pool = new Pool(name -> new SteppedStack(stepped(name)));
            long one = pool.take(0);
            long other = pool.take(0);
            pool.give(0, one, 0);
            pool.give(0, other, 0);
            scenario.thread("A", () -> pool.take(0));
            scenario.thread("B", () -> pool.take(0));
            scenario.atEnd(pool::expectNothingLost);
        }));
    }

    private static void expectCaught(Interleavings broken) {
        assertThatThrownBy(broken::explore).isInstanceOf(AssertionError.class);
    }
}

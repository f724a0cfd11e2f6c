package dev.faultline.offheap.refcount;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.offheap.interleave.StressTime;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.memory.LongWords;
import dev.faultline.offheap.rcu.GracePeriods;
import dev.faultline.offheap.rcu.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Threads find objects in a table, hold some, put them in any order, and replace the table's entries. An object has a
 * number and, in each of its lives, a name that determines the number; its memory is used again after a grace period. A
 * holder must never see the object freed or with another name, and each life must end with one release.
 */
@Tag("slow")
@Tag("stress")
class RcurefStressTest {

    private static final int PLACES = 4; // few, so that threads meet
    private static final int OBJECTS = 2048; // a grace period can last as long as four time slices
    private static final int THREADS = 4;
    private static final int MOST_HELD = 8;
    private static final int GARBAGE = 0x1000;
    private static final long POISON = 0xDEAD_DEAD_DEAD_DEADL;

    /** Off-heap objects, each with a count and a name. */
    private static final class World implements AutoCloseable {

        private final Block block = Block.allocate((PLACES + 2L * OBJECTS) * 64, 64);
        private final LongWords table = block.int64s(0, PLACES, 64);
        private final List<Rcuref> counts = new ArrayList<>();
        private final LongWords names = block.int64s((PLACES + OBJECTS) * 64L, OBJECTS, 64);
        private final ConcurrentLinkedQueue<Integer> free = new ConcurrentLinkedQueue<>();
        private final GracePeriods periods = GracePeriods.forReaders(THREADS);
        private final Told told = new Told();
        private final AtomicLong made = new AtomicLong();
        private final AtomicLong released = new AtomicLong();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();

        World() {
            for (int object = 0; object < OBJECTS; object++) {
                IntWord word = block.int32((PLACES + object) * 64L);
                word.set(GARBAGE);
                counts.add(new Rcuref(word, told));
                names.set(object, POISON);
                free.add(object);
            }
            for (int place = 0; place < PLACES; place++) {
                table.set(place, make());
            }
        }

        /** Makes an object with one reference; returns its name, or -1 when no memory is left. */
        long make() {
            Integer object = free.poll();
            if (object == null) {
                return -1;
            }
            long name = made.incrementAndGet() * OBJECTS + object;
            names.set(object, name);
            count(name).init(1);
            return name;
        }

        Rcuref count(long name) {
            return counts.get((int) (name % OBJECTS));
        }

        void put(long name, Reader reader) {
            if (count(name).put(reader)) {
                released.incrementAndGet();
                periods.defer(() -> free(name));
            }
        }

        private void free(long name) {
            int object = (int) (name % OBJECTS);
            names.set(object, POISON);
            counts.get(object).init(GARBAGE); // freed memory may hold anything, even a valid count
            free.add(object);
        }

        /** Finds an entry's object and takes a reference; returns -1 if it died in between. */
        long find(int place, boolean slowly) {
            long name = table.getVolatile(place);
            if (slowly) {
                Thread.yield();
            }
            return count(name).get() ? name : -1;
        }

        void expectAlive(long name, long seed) {
            assertThat(names.get((int) (name % OBJECTS)))
                    .as("name of the object, seed %d", seed)
                    .isEqualTo(name);
        }

        @Override
        public void close() {
            periods.close();
            block.close();
        }
    }

    private static void live(World world, long seed, long until) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Long> held = new ArrayList<>();
        try (Reader reader = world.periods.register()) {
            reader.enter();
            while (System.nanoTime() < until && world.failure.get() == null) {
                for (int step = 0; step < 100; step++) {
                    step(world, random, held, reader, seed);
                }
            }
            held.forEach(name -> world.put(name, reader));
        } catch (Throwable thrown) {
            world.failure.compareAndSet(null, thrown);
        }
    }

    private static void step(World world, SplittableRandom random, List<Long> held, Reader reader, long seed) {
        int drawn = random.nextInt(16);
        if (drawn < 7 && held.size() < MOST_HELD) {
            long name = world.find(random.nextInt(PLACES), random.nextInt(64) == 0);
            if (name >= 0) {
                world.expectAlive(name, seed);
                held.add(name);
            }
        } else if (drawn < 13 && !held.isEmpty()) {
            long name = held.remove(random.nextInt(held.size()));
            world.expectAlive(name, seed);
            world.put(name, reader);
        } else if (drawn == 13) {
            replace(world, random.nextInt(PLACES), reader);
        } else {
            reader.quiescent(); // held objects are kept by their counts
            world.periods.poll();
        }
    }

    private static void replace(World world, int place, Reader reader) {
        long fresh = world.make();
        if (fresh < 0) {
            return;
        }
        long old = world.table.getVolatile(place);
        if (world.table.compareAndSet(place, old, fresh)) {
            world.put(old, reader);
        } else {
            world.put(fresh, reader);
        }
    }

    @Test
    void objects_are_released_once_and_never_seen_freed() throws InterruptedException {
        long seed = StressTime.seed("RcurefStressTest");
        int liveBlocks = Block.live();
        try (World world = new World()) {
            long until = System.nanoTime() + StressTime.nanos(1);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                long own = seed + i;
                Thread thread = new Thread(() -> live(world, own, until));
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            if (world.failure.get() != null) {
                throw new AssertionError("seed " + seed, world.failure.get());
            }
            expectTheEnd(world, seed);
            System.out.println("RcurefStressTest: " + world.made + " objects lived");
        }
        assertThat(Block.live()).isEqualTo(liveBlocks);
    }

    private static void expectTheEnd(World world, long seed) {
        try (Reader reader = world.periods.register()) {
            for (int place = 0; place < PLACES; place++) {
                long name = world.table.get(place);
                assertThat(world.count(name).read())
                        .as("the table's, seed %d", seed)
                        .isOne();
                reader.enter();
                world.put(name, reader);
                reader.exit();
            }
        }
        world.periods.barrier();
        assertThat(world.released.get()).as("released, seed %d", seed).isEqualTo(world.made.get());
        assertThat(world.free).doesNotHaveDuplicates().hasSize(OBJECTS);
        assertThat(world.told.timesImbalanced()).isZero();
        assertThat(world.told.timesSaturated()).isZero();
    }
}

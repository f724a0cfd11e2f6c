package dev.faultline.offheap.refcount;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.offheap.interleave.StressTime;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.memory.IntWords;
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
 * Threads find objects in a table, hold some, put them in any order, and replace what is in the table. Objects are used again after
 * a grace period. Nobody holds a freed object, and every object is released as often as it was made.
 */
@Tag("stress")
class RcurefStressTest {

    private static final int PLACES = 4; // few, so that threads meet
    private static final int OBJECTS = 64;
    private static final int THREADS = 4;
    private static final int MOST_HELD = 8;
    private static final long POISON = 0xDEAD_DEAD_DEAD_DEADL;

    /** Objects off heap: a count and something to look at each. */
    private static final class World implements AutoCloseable {

        private final Block block = Block.allocate((PLACES + 2L * OBJECTS) * 64, 64);
        private final IntWords table = block.int32s(0, PLACES, 64);
        private final List<Rcuref> counts = new ArrayList<>();
        private final LongWords insides = block.int64s((PLACES + OBJECTS) * 64L, OBJECTS, 64);
        private final ConcurrentLinkedQueue<Integer> free = new ConcurrentLinkedQueue<>();
        private final GracePeriods periods = GracePeriods.forReaders(THREADS);
        private final Told told = new Told();
        private final AtomicLong made = new AtomicLong();
        private final AtomicLong released = new AtomicLong();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();

        World() {
            for (int object = 0; object < OBJECTS; object++) {
                IntWord word = block.int32((PLACES + object) * 64L);
                word.set(Rcuref.DEAD);
                counts.add(new Rcuref(word, told));
                insides.set(object, POISON);
                free.add(object);
            }
            for (int place = 0; place < PLACES; place++) {
                table.set(place, make());
            }
        }

        /** Makes an object with one reference; waits for freed ones where need be. */
        int make() {
            Integer object = free.poll();
            if (object == null) {
                return -1;
            }
            made.incrementAndGet();
            insides.set(object, object);
            counts.get(object).init(1);
            return object;
        }

        void put(int object, Reader reader) {
            if (counts.get(object).put(reader)) {
                released.incrementAndGet();
                periods.defer(() -> {
                    insides.set(object, POISON);
                    free.add(object);
                });
            }
        }

        /** Finds what is in a place and takes a reference; -1 when it died meanwhile. */
        int find(int place) {
            int object = table.getVolatile(place);
            return object >= 0 && counts.get(object).get() ? object : -1;
        }

        void expectAlive(int object, long seed) {
            assertThat(insides.get(object))
                    .as("object %d held, seed %d", object, seed)
                    .isEqualTo(object);
        }

        @Override
        public void close() {
            periods.close();
            block.close();
        }
    }

    private static void live(World world, long seed, long until) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Integer> held = new ArrayList<>();
        try (Reader reader = world.periods.register()) {
            reader.enter();
            while (System.nanoTime() < until && world.failure.get() == null) {
                for (int step = 0; step < 100; step++) {
                    step(world, random, held, reader, seed);
                }
            }
            held.forEach(object -> world.put(object, reader));
        } catch (Throwable thrown) {
            world.failure.compareAndSet(null, thrown);
        }
    }

    private static void step(World world, SplittableRandom random, List<Integer> held, Reader reader, long seed) {
        int drawn = random.nextInt(16);
        if (drawn < 7 && held.size() < MOST_HELD) {
            int object = world.find(random.nextInt(PLACES));
            if (object >= 0) {
                held.add(object);
            }
        } else if (drawn < 13 && !held.isEmpty()) {
            int object = held.remove(random.nextInt(held.size()));
            world.expectAlive(object, seed);
            world.put(object, reader);
        } else if (drawn == 13) {
            replace(world, random.nextInt(PLACES), reader);
        } else {
            reader.quiescent(); // what is held is held by its count
            world.periods.poll();
        }
    }

    private static void replace(World world, int place, Reader reader) {
        int fresh = world.make();
        if (fresh < 0) {
            return;
        }
        int old = world.table.getVolatile(place);
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
                int object = world.table.get(place);
                assertThat(world.counts.get(object).read())
                        .as("the table's, seed %d", seed)
                        .isOne();
                reader.enter();
                world.put(object, reader);
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

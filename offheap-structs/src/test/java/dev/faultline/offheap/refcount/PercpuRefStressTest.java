package dev.faultline.offheap.refcount;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.offheap.interleave.StressTime;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.StripeAreas;
import dev.faultline.offheap.rcu.GracePeriods;
import dev.faultline.offheap.rcu.Reader;
import dev.faultline.offheap.refcount.PercpuRef.Init;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Threads get and put at random while another thread kills, revives and switches. Each life is released once, and not
 * before the last reference is put; every holder of a reference checks this.
 */
@Tag("slow")
class PercpuRefStressTest {

    private static final int USERS = 3;
    private static final int TESTS = 3;

    /** Users hold up to some references for a while, and sometimes register anew, until they are told to stop. */
    private final class User implements Runnable {

        private final SplittableRandom random;
        private final GracePeriods periods;
        private final Counted counted;
        private int held;

        User(SplittableRandom random, GracePeriods periods, Counted counted) {
            this.random = random;
            this.periods = periods;
            this.counted = counted;
        }

        @Override
        public void run() {
            try {
                while (!stop.get()) {
                    useOneReader();
                }
            } catch (RuntimeException | Error failed) {
                failure.compareAndSet(null, failed);
            }
        }

        private void useOneReader() {
            try (Reader reader = periods.register()) {
                reader.enter();
                for (int i = random.nextInt(2000); i > 0 || stop.get() && held > 0; i--) {
                    step(reader);
                    if (random.nextInt(16) == 0) {
                        reader.quiescent();
                    }
                }
                while (held > 0) {
                    put(reader);
                }
            }
        }

        private void step(Reader reader) {
            if (held < 4 && !stop.get() && random.nextBoolean()) {
                if (held > 0 && random.nextInt(4) == 0) {
                    counted.getAnother(reader);
                    held++;
                } else if (counted.tryGet(reader)) {
                    held++;
                }
            } else if (held > 0) {
                put(reader);
            }
        }

        private void put(Reader reader) {
            assertThat(released.get()).as("a reference is held").isFalse();
            held--;
            counted.put(reader);
        }
    }

    private interface Counted {

        boolean tryGet(Reader reader);

        void getAnother(Reader reader);

        void put(Reader reader);
    }

    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicBoolean released = new AtomicBoolean();
    private final AtomicInteger releases = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private void release() {
        released.set(true); // before the release is counted, which starts a new life
        releases.incrementAndGet();
    }

    private List<Thread> start(SplittableRandom random, GracePeriods periods, Counted counted) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
            threads.add(new Thread(new User(random.split(), periods, counted), "user " + i));
        }
        threads.forEach(Thread::start);
        return threads;
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(60_000);
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void lives_end_once_each_whatever_is_switched_meanwhile(boolean packed) throws InterruptedException {
        SplittableRandom random = new SplittableRandom(StressTime.seed("percpu_ref"));
        int liveBefore = Block.live();
        long end = System.nanoTime() + StressTime.nanos(TESTS);
        GracePeriods periods = GracePeriods.forReaders(USERS + 1);
        StripeAreas areas = packed ? StripeAreas.packed(USERS + 1, 4096) : StripeAreas.padded(USERS + 1, 128);
        try (Block block = Block.allocate(64, 64)) {
            PercpuRef ref = PercpuRef.open(block, 0, areas, periods, this::release, Init.ALLOW_REINIT);
            List<Thread> users = start(random, periods, counted(ref));
            int lives = 0;
            while (System.nanoTime() < end && failure.get() == null) {
                control(ref, periods, random);
                if (random.nextInt(8) == 0) {
                    lives++;
                    endLife(ref, periods, lives);
                    if (failure.get() != null) {
                        break; // the user's own failure is reported
                    }
                    released.set(false);
                    ref.reinit();
                }
            }
            stop.set(true);
            join(users);
            assertThat(failure.get()).isNull();
            ref.switchToPercpu();
            ref.kill();
            periods.barrier();
            assertThat(releases.get()).isEqualTo(lives + 1);
            assertThat(ref.isZero()).isTrue();
            ref.close();
            System.out.println("percpu_ref: " + lives + " lives");
        }
        areas.close();
        periods.close();
        assertThat(Block.live()).isEqualTo(liveBefore);
    }

    private static Counted counted(PercpuRef ref) {
        return new Counted() {
            @Override
            public boolean tryGet(Reader reader) {
                return ref.tryGetLive(reader);
            }

            @Override
            public void getAnother(Reader reader) {
                ref.get(reader);
            }

            @Override
            public void put(Reader reader) {
                ref.put(reader);
            }
        };
    }

    private static void control(PercpuRef ref, GracePeriods periods, SplittableRandom random) {
        switch (random.nextInt(6)) {
            case 0 -> ref.switchToAtomic(() -> {});
            case 1 -> ref.switchToAtomicSync();
            case 2 -> ref.switchToPercpu();
            case 3 -> killAndRevive(ref, periods, random);
            case 4 -> periods.poll();
            default -> Thread.yield();
        }
    }

    /**
     * A reference is held during this; otherwise the kill might release the object, and there would be nothing to
     * revive.
     */
    private static void killAndRevive(PercpuRef ref, GracePeriods periods, SplittableRandom random) {
        try (Reader reader = periods.register()) {
            reader.enter();
            ref.get(reader);
            ref.kill();
            if (random.nextBoolean()) {
                reader.quiescent();
                periods.poll();
            }
            ref.resurrect();
            ref.put(reader);
        }
    }

    private void endLife(PercpuRef ref, GracePeriods periods, int lives) {
        AtomicBoolean confirmed = new AtomicBoolean();
        ref.killAndConfirm(() -> confirmed.set(true));
        long patience = System.nanoTime() + 30_000_000_000L;
        while (releases.get() < lives && failure.get() == null) {
            periods.poll();
            Thread.yield();
            assertThat(System.nanoTime()).as("is released some time").isLessThan(patience);
        }
        if (failure.get() == null) {
            assertThat(confirmed).isTrue();
            assertThat(releases.get()).isEqualTo(lives);
            assertThat(ref.isZero()).isTrue();
        }
    }

    @Test
    void dynamic_ones_turn_and_are_killed_at_random() throws InterruptedException {
        SplittableRandom random = new SplittableRandom(StressTime.seed("dynamic ref"));
        int liveBefore = Block.live();
        long end = System.nanoTime() + StressTime.nanos(TESTS);
        int lives = 0;
        int turned = 0;
        while (System.nanoTime() < end) {
            turned += liveAndDie(random) ? 1 : 0;
            lives++;
            assertThat(releases.get()).isEqualTo(lives);
        }
        assertThat(Block.live()).isEqualTo(liveBefore);
        System.out.println("dynamic ref: " + lives + " lives, " + turned + " turned");
    }

    /** Users may rely on the initial reference, since they stop when they see the object killed. */
    private boolean liveAndDie(SplittableRandom random) throws InterruptedException {
        GracePeriods periods = GracePeriods.forReaders(USERS + 1);
        try (StripeAreas areas = StripeAreas.packed(USERS + 1, 4096);
                Block block = Block.allocate(64, 64)) {
            stop.set(false);
            released.set(false);
            DynamicRef ref = DynamicRef.open(block, 0, areas, periods, System::nanoTime, 64, this::release);
            boolean percpu;
            try (Reader killer = periods.register()) {
                killer.enter();
                for (int i = 0; i < USERS; i++) {
                    ref.get(killer); // one for each user
                }
                killer.exit();
                List<Thread> users = startDynamic(random, periods, ref);
                spin(random.nextInt(20_000));
                percpu = ref.isPercpu();
                assertThat(ref.kill()).isTrue();
                assertThat(ref.kill()).isFalse();
                killer.enter();
                ref.put(killer);
                killer.exit();
                spin(random.nextInt(2000));
                stop.set(true);
                while (users.stream().anyMatch(Thread::isAlive)) {
                    periods.poll();
                    Thread.yield();
                }
            }
            periods.barrier();
            assertThat(failure.get()).isNull();
            assertThat(released.get()).isTrue();
            ref.close();
            periods.close();
            return percpu;
        }
    }

    private static void spin(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
    }

    /** Each user holds one reference all the time, takes others in between, and puts its own last. */
    private List<Thread> startDynamic(SplittableRandom random, GracePeriods periods, DynamicRef ref) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
            SplittableRandom own = random.split();
            threads.add(new Thread(() -> {
                try (Reader reader = periods.register()) {
                    reader.enter();
                    while (!stop.get()) {
                        int more = own.nextInt(3);
                        for (int get = 0; get < more; get++) {
                            ref.get(reader);
                        }
                        reader.quiescent();
                        assertThat(released.get()).isFalse();
                        for (int put = 0; put < more; put++) {
                            ref.put(reader);
                        }
                        reader.quiescent();
                    }
                    assertThat(released.get()).isFalse();
                    ref.put(reader);
                } catch (RuntimeException | Error failed) {
                    failure.compareAndSet(null, failed);
                }
            }));
        }
        threads.forEach(Thread::start);
        return threads;
    }
}

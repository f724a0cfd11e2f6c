package dev.faultline.offheap.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.offheap.interleave.StressTime;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.LongWords;
import dev.faultline.offheap.queue.AlfQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Threads allocate objects, fill them with their own number, pass some to each other through a queue, and free them.
 * The numbers show an object that two threads have at the same time; the counts at the end show a lost one.
 */
@Tag("slow")
class PoolStressTest {

    private static final int THREADS = 4;
    private static final int WORDS_WRITTEN = 15;
    private static final long MOST_MILLIS_TO_END = 20_000;
    private static final int RUNS = 2 * (int) kinds().count() + 2;

    static Stream<Kind> kinds() {
        return Stream.of(Kind.values()).filter(kind -> StressTime.isChosen(kind.name()));
    }

    private static long millis() {
        return Math.max(50, TimeUnit.NANOSECONDS.toMillis(StressTime.nanos(RUNS)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void every_object_has_one_owner_at_a_time_and_none_is_lost(Kind kind) throws Exception {
        throwObjects(kind, 8 * WORDS_WRITTEN);
        throwObjects(kind, 4096); // small magazines (4) and arrays (8) are exchanged often
    }

    private static void throwObjects(Kind kind, int objectBytes) throws Exception {
        long seed = StressTime.seed("PoolStressTest");
        int live = Block.live();
        int objects = 300 + new Random(seed).nextInt(1000);
        try (Kind.Stack stack = kind.open(new StripeNodes(THREADS, 2), objects, objectBytes);
                AlfQueue between = AlfQueue.create(128, AlfQueue.Mode.MPMC)) {
            List<Thrower> throwers = new ArrayList<>();
            for (int stripe = 0; stripe < THREADS; stripe++) {
                throwers.add(new Thrower(stack.top(), stripe, between, seed + stripe));
            }
            runAll(throwers, millis(), "seed " + seed);

            for (long handle = between.poll(0); handle != 0; handle = between.poll(0)) {
                stack.top().local(0).free(handle);
            }
            AllocatorStatistics counts = stack.top().counts();
            assertThat(counts.get(AllocatorCounter.ALLOCATIONS)).isEqualTo(counts.get(AllocatorCounter.FREES));
            assertThat(stack.top().held()).isEqualTo(stack.slab().inUse());
            stack.closeLayers();
            assertThat(stack.slab().inUse()).as("seed " + seed).isZero();
            assertThat(stack.slab().lost()).isZero();
        }
        assertThat(Block.live()).isEqualTo(live);
    }

    /** How often threads are started again when a busy machine has let them do too little. */
    private static final int MOST_ROUNDS = 50;

    private interface Part {
        void step();

        void end();
    }

    private static void runAll(List<? extends Part> parts, long millis, String where) throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        CyclicBarrier start = new CyclicBarrier(parts.size());
        List<Thread> threads = new ArrayList<>();
        for (Part part : parts) {
            Thread thread = new Thread(() -> {
                try {
                    start.await();
                    while (!stop.get() && failure.get() == null) {
                        part.step();
                    }
                    part.end();
                } catch (Throwable thrown) {
                    failure.compareAndSet(null, thrown);
                }
            });
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        Thread.sleep(millis);
        stop.set(true);
        for (Thread thread : threads) {
            thread.join(MOST_MILLIS_TO_END);
            if (thread.isAlive()) {
                failure.compareAndSet(null, new IllegalStateException("a thread does not end"));
            }
        }
        if (failure.get() != null) {
            throw new AssertionError(where, failure.get());
        }
    }

    private static final class Thrower implements Part {
        private final ObjectCache.Local local;
        private final Slots slots;
        private final LongWords words;
        private final long name;
        private final AlfQueue between;
        private final Random random;
        private final long[] mine = new long[100];
        private int count;

        Thrower(ObjectCache cache, int stripe, AlfQueue between, long seed) {
            local = cache.local(stripe);
            slots = cache.slots();
            words = slots.words();
            name = 1000L + stripe;
            this.between = between;
            random = new Random(seed);
        }

        @Override
        public void step() {
            int course = random.nextInt(4);
            int steps = random.nextInt(60);
            for (int i = 0; i < steps; i++) {
                switch (course) {
                    case 0 -> allocate();
                    case 1 -> free();
                    case 2 -> give();
                    default -> take();
                }
            }
        }

        private void allocate() {
            if (count < mine.length) {
                long handle = local.allocate();
                if (handle != 0) {
                    write(handle, name);
                    mine[count++] = handle;
                }
            }
        }

        private void free() {
            if (count > 0) {
                long handle = mine[--count];
                expect(handle, name);
                local.free(handle);
            }
        }

        private void give() {
            if (count > 0) {
                long handle = mine[--count];
                expect(handle, name);
                write(handle, -1);
                if (!between.offer(handle)) {
                    write(handle, name);
                    mine[count++] = handle;
                }
            }
        }

        private void take() {
            if (count < mine.length) {
                long handle = between.poll(0);
                if (handle != 0) {
                    expect(handle, -1);
                    write(handle, name);
                    mine[count++] = handle;
                }
            }
        }

        private void write(long handle, long what) {
            int first = slots.firstWord(handle);
            for (int word = 0; word < WORDS_WRITTEN; word++) {
                words.set(first + word, what);
            }
        }

        private void expect(long handle, long what) {
            int first = slots.firstWord(handle);
            for (int word = 0; word < WORDS_WRITTEN; word++) {
                if (words.get(first + word) != what) {
                    throw new AssertionError("object 0x" + Long.toHexString(handle) + " of " + what + " has "
                            + words.get(first + word) + " in word " + word);
                }
            }
        }

        @Override
        public void end() {
            while (count > 0) {
                free();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sockets_lose_no_packet_while_one_side_sends_and_the_other_acknowledges(boolean oneCache) throws Exception {
        long seed = StressTime.seed(getClass().getSimpleName());
        int live = Block.live();
        StripeNodes stripes = StripeNodes.onOneNode(3);
        try (Slab pairs = Slab.create(stripes, 600, 456, 64);
                Slab heads = Slab.create(stripes, 600, 232, 64)) {
            try (ArrayCaches pairArrays = ArrayCaches.over(pairs);
                    ArrayCaches headArrays = ArrayCaches.over(heads)) {
                Conversation conversation =
                        new Conversation(oneCache ? pairArrays : headArrays, pairArrays, new Random(seed));
                conversation.run("seed " + seed);
            }
            assertThat(pairs.inUse() + heads.inUse()).as("seed " + seed).isZero();
        }
        assertThat(Block.live()).isEqualTo(live);
    }

    private record Conversation(ObjectCache heads, ObjectCache pairs, Random random) {

        void run(String where) throws InterruptedException {
            try (AlfQueue requests = AlfQueue.create(64, AlfQueue.Mode.SPSC);
                    AlfQueue answers = AlfQueue.create(64, AlfQueue.Mode.SPSC);
                    AlfQueue clones = AlfQueue.create(64, AlfQueue.Mode.SPSC);
                    SkbCaches sockets = SkbCaches.create(heads, pairs, 8, SkbCaches.Switches.ON)) {
                Part network = new Network(sockets, requests, answers, new Random(random.nextLong()));
                Part server = new Server(sockets, requests, answers, clones, new Random(random.nextLong()));
                Part driver = new Driver(sockets, clones);
                List<Part> parts = List.of(network, server, driver);
                for (int round = 0; round < MOST_ROUNDS && !hasFreed(sockets); round++) { // a busy machine may run none
                    runAll(parts, millis(), where);
                }
                for (Part part : List.of(driver, server, network, driver)) {
                    part.end(); // packets that arrived after it had ended
                }
                for (int socket = 0; socket < 8; socket++) {
                    assertThat(sockets.queuedBytes(socket)).as(where).isZero();
                }
                assertThat(hasFreed(sockets)).isTrue();
            }
        }
    }

    private static boolean hasFreed(SkbCaches sockets) {
        return sockets.counts().get(AllocatorCounter.FREE_HITS) > 0;
    }

    /** Packets travel with the number of their socket: first the handle, then the number. */
    private static boolean put(AlfQueue queue, long packet, int socket) {
        return queue.enqueue(new long[] {packet, socket + 1}, 0, 2) == 2;
    }

    /** Receives, delivers, and sees acknowledgements. */
    private record Network(SkbCaches sockets, AlfQueue requests, AlfQueue answers, Random random) implements Part {
        @Override
        public void step() {
            SkbCaches.Local local = sockets.local(0);
            int socket = random.nextInt(8);
            long packet = local.receive();
            if (packet != 0) {
                local.deliver(socket);
                if (!put(requests, packet, socket)) {
                    local.read(socket, packet); // dropped
                }
            }
            end();
        }

        @Override
        public void end() {
            long[] pair = new long[2];
            while (answers.dequeue(pair, 0, 2) == 2) {
                sockets.local(0).acknowledged((int) pair[1] - 1, pair[0]);
            }
        }
    }

    /** Reads requests, answers them, disconnects now and then. */
    private record Server(SkbCaches sockets, AlfQueue requests, AlfQueue answers, AlfQueue clones, Random random)
            implements Part {
        @Override
        public void step() {
            SkbCaches.Local local = sockets.local(1);
            long[] pair = new long[2];
            if (requests.dequeue(pair, 0, 2) != 2) {
                Thread.yield();
                return;
            }
            int socket = (int) pair[1] - 1;
            local.read(socket, pair[0]);
            long answer = local.send(socket, random.nextInt(4) / 3);
            if (answer != 0) {
                local.takeClone(answer);
                if (!clones.offer(answer)) {
                    local.cloneSent(answer);
                }
                if (!put(answers, answer, socket)) {
                    local.acknowledged(socket, answer);
                }
            }
            if (random.nextInt(1000) == 0) {
                local.disconnect(socket);
            }
        }

        @Override
        public void end() {
            long[] pair = new long[2];
            while (requests.dequeue(pair, 0, 2) == 2) {
                sockets.local(1).read((int) pair[1] - 1, pair[0]);
            }
        }
    }

    /** Drops the driver's clones. */
    private record Driver(SkbCaches sockets, AlfQueue clones) implements Part {
        @Override
        public void step() {
            long packet = clones.poll(0);
            if (packet == 0) {
                Thread.yield();
            } else {
                sockets.local(2).cloneSent(packet);
            }
        }

        @Override
        public void end() {
            for (long packet = clones.poll(0); packet != 0; packet = clones.poll(0)) {
                sockets.local(2).cloneSent(packet);
            }
        }
    }
}

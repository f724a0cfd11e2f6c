package dev.faultline.offheap.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.offheap.interleave.StressTime;
import dev.faultline.offheap.pool.ObjectCache;
import dev.faultline.offheap.pool.Slab;
import dev.faultline.offheap.pool.Stripes;
import dev.faultline.offheap.queue.AlfQueue;
import dev.faultline.offheap.rcu.GracePeriods;
import dev.faultline.offheap.rcu.Reader;
import dev.faultline.offheap.refcount.CasCount;
import dev.faultline.offheap.refcount.PercpuRef;
import dev.faultline.offheap.refcount.Rcuref;
import dev.faultline.offheap.refcount.SharedDeviceCount;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One thread works in a loop, another closes what it works on at a random time. The worker must end in an {@link
 * IllegalStateException}: anything else fails here, and a crash of the VM ends the whole run. Blocks are of 64 MiB
 * where they can
 * be, since the C library maps and unmaps those one by one, so that a late access is a crash and not a silent mistake.
 *
 * <p>In a stress run, 1,000 rounds of each ({@code -Dfaultline.close.rounds=N} gives another number).
 */
@Tag("slow")
class CloseStressTest {

    private static final int BYTES = 64 << 20;
    private static final int WORDS = BYTES / Long.BYTES;
    private static final int ROUNDS = Integer.getInteger("faultline.close.rounds", StressTime.isLong() ? 1000 : 8);
    private static final long MOST_SECONDS_TO_END = 20;

    /** What is opened, worked on without end, and closed. */
    private record Case(Work work, Runnable close) {}

    /** Work without end; {@code sum} keeps what was read from being optimised away. */
    private interface Work {
        void run(Sum sum) throws Exception;
    }

    /** What was read. */
    private static final class Sum {
        volatile long value;
        LongWords words; // read again at each access, as a structure's field may be
    }

    private enum Kind {
        PLAIN_READS {
            @Override
            Case open() {
                Block block = Block.allocate(BYTES, 64);
                LongWords words = block.int64s(0, WORDS, 8);
                return new Case(
                        sum -> {
                            long read = 0;
                            for (int i = 0; i >= 0; i = i + 4097 & WORDS - 1) {
                                read += words.get(i);
                                if (read == 1) {
                                    sum.value = read;
                                }
                            }
                        },
                        block::close);
            }
        },
        PLAIN_READS_OF_A_FIELD {
            @Override
            Case open() {
                Block block = Block.allocate(BYTES, 64);
                return new Case(
                        sum -> {
                            sum.words = block.int64s(0, WORDS, 8);
                            for (int i = 0; i >= 0; i = i + 4097 & WORDS - 1) {
                                sum.value += sum.words.get(i);
                            }
                        },
                        block::close);
            }
        },
        READS_AFTER_LOOPS_WITHOUT_MEMORY {
            @Override
            Case open() {
                Block block = Block.allocate(BYTES, 64);
                LongWord word = block.int64(BYTES / 2);
                return new Case(
                        sum -> {
                            long steps = 0;
                            while (true) {
                                for (long i = 0; i < 300; i += 1 + (steps & 1)) {
                                    steps += i;
                                }
                                steps += word.get();
                                if (steps == 42) {
                                    sum.value = steps;
                                }
                            }
                        },
                        block::close);
            }
        },
        PLAIN_WRITES_OF_INTS {
            @Override
            Case open() {
                Block block = Block.allocate(BYTES, 64);
                IntWords words = block.int32s(0, WORDS, 8);
                IntWord one = block.int32(4);
                return new Case(
                        sum -> {
                            for (int i = 0; i >= 0; i = i + 4097 & WORDS - 1) {
                                words.set(i, i);
                                one.set(i);
                            }
                        },
                        block::close);
            }
        },
        ATOMIC_STEPS {
            @Override
            Case open() {
                Block block = Block.allocate(BYTES, 64);
                LongWords words = block.int64s(0, WORDS, 8);
                IntWord one = block.int32(BYTES / 2);
                return new Case(
                        sum -> {
                            for (int i = 0; i >= 0; i = i + 4097 & WORDS - 1) {
                                words.getAndAdd(i, 1);
                                words.compareAndSet(i, 1, 2);
                                one.setOrdered(one.getVolatile() + 1);
                            }
                        },
                        block::close);
            }
        },
        BULKS_WRITTEN {
            @Override
            Case open() {
                Block block = Block.allocate(BYTES, 64);
                LongWords words = block.int64s(0, WORDS, 8);
                return new Case(
                        sum -> {
                            while (true) {
                                words.setAll(0, NUMBERS, 0, WORDS);
                            }
                        },
                        block::close);
            }
        },
        BULKS_READ {
            @Override
            Case open() {
                Block block = Block.allocate(BYTES, 64);
                LongWords words = block.int64s(0, WORDS / 2, 16);
                long[] to = new long[WORDS / 2];
                return new Case(
                        sum -> {
                            while (true) {
                                words.getAll(0, to, 0, to.length);
                            }
                        },
                        block::close);
            }
        },
        WHOLE_COPIES {
            @Override
            Case open() {
                Block block = Block.allocate(BYTES, 64);
                return new Case(
                        sum -> {
                            while (true) {
                                sum.value += block.toByteArray()[7];
                            }
                        },
                        block::close);
            }
        },
        FIELDS {
            @Override
            Case open() {
                Block block = Block.allocate(BYTES, 64);
                NumberField count =
                        StructView.bind(BlockTest.COUNTER, block, BYTES / 2).number("count");
                NumberField small =
                        StructView.bind(BlockTest.COUNTER, block, BYTES / 2).number("small");
                return new Case(
                        sum -> {
                            while (true) {
                                sum.value += count.get() + count.getAndAdd(1) + small.get();
                                small.set(sum.value);
                            }
                        },
                        block::close);
            }
        },
        QUEUE {
            @Override
            Case open() {
                AlfQueue queue = AlfQueue.create(65_536, AlfQueue.Mode.MPMC);
                long[] bulk = new long[30_000];
                return new Case(
                        sum -> {
                            while (true) {
                                queue.enqueue(bulk, 0, bulk.length);
                                queue.offer(7);
                                sum.value += queue.poll(0) + queue.dequeue(bulk, 0, bulk.length) + queue.size();
                            }
                        },
                        queue::close);
            }
        },
        SLAB {
            @Override
            Case open() {
                Slab slab = Slab.create(Stripes.onOneNode(2), 1 << 16, 1016, 64);
                return new Case(
                        sum -> {
                            ObjectCache.Local local = slab.local(0);
                            LongWords words = slab.slots().words();
                            while (true) {
                                long handle = local.allocate();
                                words.set(slab.slots().firstWord(handle), 1);
                                local.free(handle);
                            }
                        },
                        slab::close);
            }
        },
        COUNTS_IN_A_BLOCK {
            @Override
            Case open() {
                Block block = Block.allocate(BYTES, 64);
                Rcuref rcuref = new Rcuref(block.int32(BYTES / 2), SILENT);
                rcuref.init(1);
                CasCount cas = new CasCount(block.int32(BYTES / 4));
                cas.init(1);
                SharedDeviceCount shared = new SharedDeviceCount(block, BYTES / 8);
                CasCount.Retries retries = new CasCount.Retries();
                GracePeriods periods = GracePeriods.forReaders(1);
                return new Case(
                        sum -> {
                            try (Reader reader = periods.register()) {
                                reader.enter();
                                while (true) {
                                    rcuref.get();
                                    rcuref.put(reader);
                                    cas.get(retries);
                                    cas.put();
                                    shared.hold();
                                    shared.put();
                                }
                            } finally {
                                periods.close();
                            }
                        },
                        block::close);
            }
        },
        COUNTS_PER_STRIPE {
            @Override
            Case open() {
                Block block = Block.allocate(4096, 64);
                StripeAreas areas = StripeAreas.padded(1024, 64);
                GracePeriods periods = GracePeriods.forReaders(1);
                PercpuRef ref = PercpuRef.open(block, 0, areas, periods, () -> {});
                return new Case(
                        sum -> {
                            try (Reader reader = periods.register()) {
                                reader.enter();
                                while (true) {
                                    ref.get(reader);
                                    ref.put(reader);
                                    sum.value += ref.tryGetLive(reader) ? 1 : 0;
                                    reader.quiescent();
                                }
                            } finally {
                                periods.close();
                                areas.close();
                            }
                        },
                        () -> {
                            ref.close();
                            block.close();
                        });
            }
        };

        private static final long[] NUMBERS = new long[WORDS];
        private static final Rcuref.Listener SILENT = new Rcuref.Listener() {
            @Override
            public void saturated() {
                // does not happen
            }

            @Override
            public void imbalancedPut() {
                // does not happen
            }
        };

        abstract Case open();
    }

    @ParameterizedTest
    @EnumSource
    void a_thread_at_work_on_what_is_closed_ends_in_an_exception(Kind kind) throws Exception {
        long seed = StressTime.seed("CloseStressTest " + kind);
        Random random = new Random(seed);
        int liveBefore = Block.live();
        for (int round = 0; round < ROUNDS; round++) {
            Case opened = kind.open();
            Throwable end = closeAtWork(opened, random.nextInt(round % 7 == 0 ? 20_000 : 3_000), round % 2 == 1);
            assertThat(end)
                    .as("%s, round %d of seed %d", kind, round, seed)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
        assertThat(Block.live()).isEqualTo(liveBefore);
    }

    /** Returns what ended the worker. */
    private static Throwable closeAtWork(Case opened, int micros, boolean virtual) throws Exception {
        AtomicReference<Throwable> end = new AtomicReference<>();
        CyclicBarrier start = new CyclicBarrier(2);
        Runnable body = () -> {
            try {
                start.await();
                opened.work().run(new Sum());
            } catch (Throwable thrown) {
                end.set(thrown);
            }
        };
        Thread worker = virtual ? ReclaimerTest.startVirtualOrNull(body) : null;
        if (worker == null) {
            worker = new Thread(body, "worker");
            worker.start();
        }
        start.await();
        TimeUnit.MICROSECONDS.sleep(micros);
        opened.close().run();
        worker.join(TimeUnit.SECONDS.toMillis(MOST_SECONDS_TO_END));
        assertThat(worker.isAlive())
                .as("still at work after %d s", MOST_SECONDS_TO_END)
                .isFalse();
        return end.get();
    }
}

package dev.faultline.offheap.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.offheap.interleave.StressTime;
import dev.faultline.offheap.pool.ArrayQmempool;
import dev.faultline.offheap.pool.ObjectCache;
import dev.faultline.offheap.pool.Slab;
import dev.faultline.offheap.pool.StripeNodes;
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
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One thread works in a loop, another closes what it works on at a random time. The worker must end with an {@link
 * IllegalStateException}: anything else fails here, and a crash of the VM ends the whole run. Blocks have 64 MiB where
 * possible: the C library maps and unmaps such blocks one by one, so that a late access is a crash and not unnoticed.
 *
 * <p>A stress run has 1,000 rounds of each kind ({@code -Dfaultline.close.rounds=N} sets another number).
 */
@Tag("slow")
class CloseStressTest {

    private static final int BYTES = 64 << 20;
    private static final int WORDS = BYTES / Long.BYTES;
    private static final int ROUNDS = Integer.getInteger("faultline.close.rounds", StressTime.isLong() ? 1000 : 8);
    private static final long MOST_SECONDS_TO_END = 20;

    private static final long[] NUMBERS = new long[WORDS];

    /** A structure that is open, work on it that only ends by an exception, and how to close it. */
    private record Case(Work work, Runnable close) {}

    /** Work without end; {@code sum} keeps reads from being optimised away. */
    private interface Work {
        void run(Sum sum) throws Exception;
    }

    private static final class Sum {
        volatile long value;
        LongWords words; // read again at each access, as a structure's field may be
    }

    /** Work on a block of 64 MiB. */
    private static Supplier<Case> onBlock(Function<Block, Work> work) {
        return () -> {
            Block block = Block.allocate(BYTES, 64);
            return new Case(work.apply(block), block::close);
        };
    }

    private enum Kind {
        PLAIN_READS(onBlock(block -> {
            LongWords words = block.int64s(0, WORDS, 8);
            return sum -> {
                long read = 0;
                for (int i = 0; i >= 0; i = i + 4097 & WORDS - 1) {
                    read += words.get(i);
                    if (read == 1) {
                        sum.value = read;
                    }
                }
            };
        })),
        PLAIN_READS_OF_A_FIELD(onBlock(block -> sum -> {
            sum.words = block.int64s(0, WORDS, 8);
            for (int i = 0; i >= 0; i = i + 4097 & WORDS - 1) {
                sum.value += sum.words.get(i);
            }
        })),
        READS_AFTER_LOOPS_WITHOUT_MEMORY(onBlock(block -> {
            LongWord word = block.int64(BYTES / 2);
            return sum -> {
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
            };
        })),
        PLAIN_WRITES_OF_INTS(onBlock(block -> {
            IntWords words = block.int32s(0, WORDS, 8);
            IntWord one = block.int32(4);
            return sum -> {
                for (int i = 0; i >= 0; i = i + 4097 & WORDS - 1) {
                    words.set(i, i);
                    one.set(i);
                }
            };
        })),
        ATOMIC_STEPS(onBlock(block -> {
            LongWords words = block.int64s(0, WORDS, 8);
            IntWord one = block.int32(BYTES / 2);
            return sum -> {
                for (int i = 0; i >= 0; i = i + 4097 & WORDS - 1) {
                    words.getAndAdd(i, 1);
                    words.compareAndSet(i, 1, 2);
                    one.setOrdered(one.getVolatile() + 1);
                }
            };
        })),
        BULKS_WRITTEN(onBlock(block -> {
            LongWords words = block.int64s(0, WORDS, 8);
            return sum -> {
                while (true) {
                    words.setAll(0, NUMBERS, 0, WORDS);
                }
            };
        })),
        BULKS_READ(onBlock(block -> {
            LongWords words = block.int64s(0, WORDS / 2, 16);
            long[] to = new long[WORDS / 2];
            return sum -> {
                while (true) {
                    words.getAll(0, to, 0, to.length);
                }
            };
        })),
        WHOLE_COPIES(onBlock(block -> sum -> {
            while (true) {
                sum.value += block.toByteArray()[7];
            }
        })),
        FIELDS(onBlock(block -> {
            StructView counter = StructView.bind(BlockTest.COUNTER, block, BYTES / 2);
            NumberField count = counter.number("count");
            NumberField small = counter.number("small");
            return sum -> {
                while (true) {
                    sum.value += count.get() + count.getAndAdd(1) + small.get();
                    small.set(sum.value);
                }
            };
        })),
        QUEUE(() -> {
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
        }),
        SLAB(() -> {
            Slab slab = Slab.create(StripeNodes.onOneNode(2), 1 << 16, 1016, 64);
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
        }),
        POOL_WITH_ARRAYS(() -> {
            Slab slab = Slab.create(StripeNodes.onOneNode(1), 1 << 16, 1016, 64);
            ArrayQmempool pool = ArrayQmempool.create(slab, 16, 32);
            return new Case(
                    sum -> {
                        ObjectCache.Local local = pool.local(0);
                        long[] out = new long[40];
                        while (true) {
                            for (int i = 0; i < out.length; i++) {
                                out[i] = local.allocate();
                                pool.slots().set(out[i], 0, i);
                            }
                            for (long handle : out) {
                                sum.value += pool.slots().get(handle, 0);
                                local.free(handle);
                            }
                        }
                    },
                    () -> {
                        slab.close(); // in the wrong order: the pool is at work, and its close would meet that
                        try {
                            pool.close();
                        } catch (IllegalStateException slabIsClosed) {
                            // what it would give back has no slab any more
                        }
                    });
        }),
        STACK(onBlock(block -> {
            LongStack stack = LongStack.bind(block, 0, WORDS - 3);
            long[] some = new long[WORDS / 2];
            return sum -> {
                while (true) {
                    stack.addAll(some, 0, some.length);
                    stack.push(7);
                    sum.value += stack.pop(0) + stack.takeOldest(some, 0, some.length);
                }
            };
        })),
        COUNTS_IN_A_BLOCK(onBlock(block -> {
            Rcuref rcuref = new Rcuref(block.int32(BYTES / 2), new NoMisuse());
            rcuref.init(1);
            CasCount cas = new CasCount(block.int32(BYTES / 4));
            cas.init(1);
            SharedDeviceCount shared = new SharedDeviceCount(block, BYTES / 8);
            CasCount.Retries retries = new CasCount.Retries();
            return sum -> asReader(reader -> {
                rcuref.get();
                rcuref.put(reader);
                cas.get(retries);
                cas.put();
                shared.hold();
                shared.put();
            });
        })),
        COUNTS_PER_STRIPE(() -> {
            Block block = Block.allocate(4096, 64);
            StripeAreas areas = StripeAreas.padded(1024, 64);
            GracePeriods periods = GracePeriods.forReaders(1);
            PercpuRef ref = PercpuRef.open(block, 0, areas, periods, () -> {});
            return new Case(
                    sum -> {
                        try (areas;
                                periods;
                                Reader reader = periods.register()) {
                            reader.enter();
                            while (true) {
                                ref.get(reader);
                                ref.put(reader);
                                sum.value += ref.tryGetLive(reader) ? 1 : 0;
                                reader.quiescent();
                            }
                        }
                    },
                    () -> {
                        ref.close();
                        block.close();
                    });
        });

        private final Supplier<Case> open;

        Kind(Supplier<Case> open) {
            this.open = open;
        }
    }

    /** Repeats a step inside a reader without end. */
    private static void asReader(Consumer<Reader> step) {
        try (GracePeriods periods = GracePeriods.forReaders(1);
                Reader reader = periods.register()) {
            reader.enter();
            while (true) {
                step.accept(reader);
            }
        }
    }

    private static final class NoMisuse implements Rcuref.Listener {

        @Override
        public void saturated() {
            throw new AssertionError("saturated");
        }

        @Override
        public void imbalancedPut() {
            throw new AssertionError("imbalanced put");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_thread_at_work_on_what_is_closed_ends_in_an_exception(Kind kind) throws Exception {
        long seed = StressTime.seed("CloseStressTest " + kind);
        Random random = new Random(seed);
        int liveBefore = Block.live();
        for (int round = 0; round < ROUNDS; round++) {
            Case opened = kind.open.get();
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

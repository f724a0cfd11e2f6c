package dev.faultline.bench.suites;

import dev.faultline.bench.contestants.pool.CachePool;
import dev.faultline.bench.contestants.pool.CachePool.Front;
import dev.faultline.bench.contestants.pool.NewObjectPool;
import dev.faultline.bench.peers.CommonsPool;
import dev.faultline.bench.peers.NettyPool;
import dev.faultline.bench.plan.BenchLibrary;
import dev.faultline.bench.plan.ContestantSpec;
import dev.faultline.bench.plan.PublishedFigure;
import dev.faultline.bench.plan.ScenarioSpec;
import dev.faultline.bench.plan.Suite;
import dev.faultline.bench.plan.ThreadSplit;
import java.util.List;

/** Pools of records: freed at once, freed in bursts, and freed by another thread. */
final class PoolSuite {

    private static final String SOURCE = "posting of alf_queue and qmempool to netdev";
    /** The kernel's slab of the posting is SLUB, which keeps a list for each CPU before its lock; ours keeps none. */
    private static final String XEON = "in the kernel, E5-2695, over SLUB with a list for each CPU";

    private static final int BURST = 256;

    private static final ContestantSpec SLAB =
            ContestantSpec.of("slab", "Slab: free lists under a lock", CachePool.class, Front.SLAB);
    private static final ContestantSpec ARRAY_CACHES =
            ContestantSpec.of("array-caches", "ArrayCaches over it", CachePool.class, Front.ARRAY_CACHES);
    private static final ContestantSpec ALIEN_CACHES = ContestantSpec.of(
            "alien-caches", "the same, half of the threads on another node", CachePool.class, Front.ALIEN_CACHES);
    private static final ContestantSpec MAGAZINES =
            ContestantSpec.of("magazines", "Magazines over it", CachePool.class, Front.MAGAZINES);
    private static final ContestantSpec DEFERRED =
            ContestantSpec.of("deferred", "DeferredFrees over Magazines", CachePool.class, Front.DEFERRED);
    private static final ContestantSpec QMEMPOOL =
            ContestantSpec.of("qmempool", "Qmempool over it", CachePool.class, Front.QMEMPOOL);
    private static final ContestantSpec ARRAY_QMEMPOOL = ContestantSpec.of(
            "array-qmempool", "the same with an array for each thread", CachePool.class, Front.ARRAY_QMEMPOOL);
    private static final ContestantSpec NEW_OBJECT =
            ContestantSpec.of("new-object", "a new object each time; the collector frees", NewObjectPool.class);
    private static final ContestantSpec COMMONS_POOL = ContestantSpec.of(
                    "commons-pool", "commons-pool2 GenericObjectPool", CommonsPool.class)
            .needing(BenchLibrary.COMMONS_POOL);
    private static final ContestantSpec NETTY = ContestantSpec.of(
                    "netty", "Netty's Recycler, one a thread, told to keep every object", NettyPool.class)
            .needing(BenchLibrary.NETTY);

    private static final List<ContestantSpec> ALL = List.of(
            SLAB,
            ARRAY_CACHES,
            ALIEN_CACHES,
            MAGAZINES,
            DEFERRED,
            QMEMPOOL,
            ARRAY_QMEMPOOL,
            NEW_OBJECT,
            COMMONS_POOL,
            NETTY);
    private static final List<ContestantSpec> ONE_THREAD =
            List.of(SLAB, ARRAY_CACHES, MAGAZINES, QMEMPOOL, ARRAY_QMEMPOOL, NEW_OBJECT, COMMONS_POOL, NETTY);

    private PoolSuite() {}

    static Suite suite() {
        return new Suite("pool", "pools of records of 256 bytes", ALL, List.of(instant(), burst(), crossThread()));
    }

    private static ScenarioSpec instant() {
        return ScenarioSpec.builder(
                        "instant", "allocate one, free it", ThreadSplit.ONE, "PoolBenchmark.instant", ONE_THREAD)
                .published(
                        qmempool(2.5, XEON + ", softirq: 7.837 and 19.563 ns"),
                        qmempool(1.06, XEON + ", other context: 18.536 and 19.563 ns"))
                .build();
    }

    private static ScenarioSpec burst() {
        return ScenarioSpec.builder(
                        "burst-256",
                        "allocate 256, then free them; a record",
                        ThreadSplit.ONE,
                        "PoolBenchmark.burst",
                        ONE_THREAD)
                .param("size", BURST)
                .opsPerInvocation(BURST)
                .published(
                        qmempool(3.82, XEON + ", softirq: 11.782 and 45.039 ns"),
                        qmempool(1.86, XEON + ", other context: 24.186 and 45.039 ns"))
                .build();
    }

    private static ScenarioSpec crossThread() {
        return ScenarioSpec.builder(
                        "cross-thread",
                        "allocate on one thread, free on another",
                        ThreadSplit.HALVES,
                        "PoolBenchmark.handOver",
                        ALL)
                .group("producer", "consumer")
                .published(
                        qmempool(1.048, "the kernel forwards on one CPU, 879 and 839 ns a packet"),
                        qmempool(1.003, "the kernel forwards on 12 CPUs: near nothing"))
                .build();
    }

    private static PublishedFigure qmempool(double timesAsFast, String conditions) {
        return PublishedFigure.speedup(QMEMPOOL, SLAB, timesAsFast, timesAsFast, conditions, SOURCE);
    }
}

package dev.faultline.offheap.bench;

import static dev.faultline.offheap.bench.Library.COMMONS_POOL;
import static dev.faultline.offheap.bench.Library.NETTY;

import dev.faultline.measure.Published;
import java.util.List;

/** Pools of records: at once back, in bursts, and freed by another thread. */
final class PoolSuite {

    private static final String SOURCE = "posting of alf_queue and qmempool to netdev";
    /** The kernel's slab of the posts is SLUB, which keeps a list for each CPU before its lock; ours keeps none. */
    private static final String XEON = "in the kernel, E5-2695, over SLUB with a list for each CPU";

    private static final int BURST = 256;

    private PoolSuite() {}

    static Suite suite() {
        return new Suite(
                "pool", "pools of records of 256 bytes", entries(), List.of(instant(), burst(), crossThread()));
    }

    private static List<Entry> entries() {
        return List.of(
                Entry.own("slab", "Slab: free lists under a lock", "SlabPool"),
                Entry.own("array-caches", "ArrayCaches over it", "ArrayCachePool"),
                Entry.own("alien-caches", "the same, half of the threads on another node", "AlienCachePool"),
                Entry.own("magazines", "Magazines over it", "MagazinePool"),
                Entry.own("deferred", "DeferredFrees over Magazines", "DeferredPool"),
                Entry.own("qmempool", "Qmempool over it", "QmemPool"),
                Entry.own("new-object", "a new object each time; the collector frees", "NewObjectPool"),
                Entry.peer("commons-pool", "commons-pool2 GenericObjectPool", "CommonsPool", COMMONS_POOL),
                Entry.peer("netty", "Netty's Recycler, one a thread, told to keep every object", "NettyPool", NETTY));
    }

    private static Shape instant() {
        return Shape.of("instant", "allocate one, free it", Crowd.ONE, "PoolBenchmark.instant")
                .only("slab", "array-caches", "magazines", "qmempool", "new-object", "commons-pool", "netty")
                .beside(
                        Published.speedup(
                                "qmempool", "slab", 2.5, 2.5, XEON + ", softirq: 7.837 and 19.563 ns", SOURCE),
                        Published.speedup(
                                "qmempool",
                                "slab",
                                1.06,
                                1.06,
                                XEON + ", other context: 18.536 and 19.563 ns",
                                SOURCE));
    }

    private static Shape burst() {
        return Shape.of("burst-256", "allocate 256, then free them; a record", Crowd.ONE, "PoolBenchmark.burst")
                .with("size", BURST)
                .ops(BURST)
                .only("slab", "array-caches", "magazines", "qmempool", "new-object", "commons-pool", "netty")
                .beside(
                        Published.speedup(
                                "qmempool", "slab", 3.82, 3.82, XEON + ", softirq: 11.782 and 45.039 ns", SOURCE),
                        Published.speedup(
                                "qmempool",
                                "slab",
                                1.86,
                                1.86,
                                XEON + ", other context: 24.186 and 45.039 ns",
                                SOURCE));
    }

    private static Shape crossThread() {
        return Shape.of(
                        "cross-thread",
                        "allocate on one thread, free on another",
                        Crowd.HALVES,
                        "PoolBenchmark.handOver")
                .withRoles("producer", "consumer")
                .beside(
                        Published.speedup(
                                "qmempool",
                                "slab",
                                1.048,
                                1.048,
                                "the kernel forwards on one CPU, 879 and 839 ns a packet",
                                SOURCE),
                        Published.speedup(
                                "qmempool",
                                "slab",
                                1.003,
                                1.003,
                                "the kernel forwards on 12 CPUs: near nothing",
                                SOURCE));
    }
}

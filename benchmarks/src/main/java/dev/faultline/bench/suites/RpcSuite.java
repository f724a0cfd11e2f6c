package dev.faultline.bench.suites;

import dev.faultline.bench.contestants.rpc.SkbRpc;
import dev.faultline.bench.contestants.rpc.SkbRpc.Way;
import dev.faultline.bench.plan.ContestantSpec;
import dev.faultline.bench.plan.PublishedFigure;
import dev.faultline.bench.plan.ScenarioSpec;
import dev.faultline.bench.plan.Suite;
import dev.faultline.bench.plan.ThreadSplit;
import java.util.List;

/** Small calls over sockets, network and application on different threads and nodes. */
final class RpcSuite {

    private static final String SERIES = "series of Linux commits 472c2e07eef0 and 8b27dae5a2e8 (5.2)";

    private static final ContestantSpec ALIEN_CACHES = ContestantSpec.of(
            "alien-caches", "array caches, what is freed is another node's", SkbRpc.class, Way.ALIEN_CACHES);
    private static final ContestantSpec SOCKET_CACHES = ContestantSpec.of(
            "socket-caches", "the same, sockets keep a packet a direction", SkbRpc.class, Way.SOCKET_CACHES);
    private static final ContestantSpec DEFERRED =
            ContestantSpec.of("deferred", "the same, frees are sent home", SkbRpc.class, Way.DEFERRED);

    private static final List<ContestantSpec> ALL = List.of(
            ALIEN_CACHES,
            ContestantSpec.of("one-cache", "the same, one cache for both directions", SkbRpc.class, Way.ONE_CACHE),
            SOCKET_CACHES,
            DEFERRED,
            ContestantSpec.of(
                    "magazines", "magazines, what is another node's goes to its page", SkbRpc.class, Way.MAGAZINES),
            ContestantSpec.of("slab", "no caches", SkbRpc.class, Way.SLAB));

    private RpcSuite() {}

    static Suite suite() {
        ScenarioSpec few = sockets(8)
                .published(
                        PublishedFigure.speedup(
                                SOCKET_CACHES,
                                ALIEN_CACHES,
                                1.1,
                                1.1,
                                "small calls, the whole path; 112 threads; \"about 10 %\"",
                                SERIES),
                        PublishedFigure.speedup(
                                SOCKET_CACHES,
                                ALIEN_CACHES,
                                0.743,
                                0.743,
                                "netperf TCP_STREAM on localhost, twice as many threads as CPUs:"
                                        + " slower, later removed (d8b81175e412)",
                                "kernel test robot on 8b27dae5a2e8"),
                        PublishedFigure.speedup(
                                DEFERRED,
                                ALIEN_CACHES,
                                1.47,
                                1.47,
                                "one TCP flow, 49,685 and 73,076 Mbit; against frees where they happen",
                                "message of Linux commit 68822bdf76f1 (5.19)"))
                .build();
        return new Suite(
                "rpc",
                "packets of sockets: who allocates and who frees",
                ALL,
                List.of(few, sockets(128).onlyThorough().build()));
    }

    private static ScenarioSpec.Builder sockets(int count) {
        return ScenarioSpec.builder(
                        "sockets-" + count,
                        "one call on one of " + count + " sockets: two packets",
                        ThreadSplit.HALVES,
                        "RpcBenchmark.calls",
                        ALL)
                .group("network", "application")
                .param("sockets", count);
    }
}

package dev.faultline.offheap.bench;

import dev.faultline.measure.Published;
import java.util.List;

/** Small calls over sockets, network and application on different threads and nodes. */
final class RpcSuite {

    private static final String SERIES = "series of Linux commits 472c2e07eef0 and 8b27dae5a2e8 (5.2)";

    private RpcSuite() {}

    static Suite suite() {
        return new Suite(
                "rpc",
                "packets of sockets: who allocates and who frees",
                List.of(
                        Entry.own("alien-caches", "array caches, what is freed is another node's", "AlienRpc"),
                        Entry.own("one-cache", "the same, one cache for both directions", "OneCacheRpc"),
                        Entry.own("socket-caches", "the same, sockets keep a packet a direction", "SocketCacheRpc"),
                        Entry.own("deferred", "the same, frees are sent home", "DeferredRpc"),
                        Entry.own("magazines", "magazines, what is another node's goes to its page", "MagazineRpc"),
                        Entry.own("slab", "no caches", "SlabRpc")),
                List.of(
                        sockets(8)
                                .beside(
                                        Published.speedup(
                                                "socket-caches",
                                                "alien-caches",
                                                1.1,
                                                1.1,
                                                "small calls, the whole path; 112 threads; \"about 10 %\"",
                                                SERIES),
                                        Published.speedup(
                                                "socket-caches",
                                                "alien-caches",
                                                0.743,
                                                0.743,
                                                "netperf TCP_STREAM on localhost, twice as many threads as CPUs:"
                                                        + " slower, later removed (d8b81175e412)",
                                                "kernel test robot on 8b27dae5a2e8"),
                                        Published.speedup(
                                                "deferred",
                                                "alien-caches",
                                                1.47,
                                                1.47,
                                                "one TCP flow, 49,685 and 73,076 Mbit; against frees where they happen",
                                                "message of Linux commit 68822bdf76f1 (5.19)")),
                        sockets(128).onlyThorough()));
    }

    private static Shape sockets(int count) {
        return Shape.of(
                        "sockets-" + count,
                        "one call on one of " + count + " sockets: two packets",
                        Crowd.HALVES,
                        "RpcBenchmark.calls")
                .withRoles("network", "application")
                .with("sockets", count);
    }
}

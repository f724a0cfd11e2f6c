package dev.faultline.offheap.bench;

import static dev.faultline.offheap.bench.Library.NETTY;

import dev.faultline.measure.Published;
import java.util.List;

/** Reference counts: who gets and puts, of a record, a route, a device. */
final class RefcountSuite {

    private static final String RCUREF = "cover letter of the rcuref series (Linux 6.4, ee1ee6db0779)";
    private static final String MEMTIER = "memcached and memtier on three machines, the whole path";
    private static final String PERCPU = "message of Linux commit 29b4433d991c (2.6.37)";
    private static final String USE = "get a reference, read two fields, put it";
    private static final String[] RECORD = {
        "atomic-loop", "cas-loop", "rcuref", "percpu", "dynamic", "atomic-add", "long-adder", "netty"
    };
    private static final String[] ROUTES = {"loop-6-3", "loop-6-4", "rcuref-6-3", "rcuref-6-4"};

    private RefcountSuite() {}

    static Suite suite() {
        return new Suite(
                "refcount",
                "reference counts on a shared record",
                entries(),
                List.of(contended(), uncontended(), route(), besideReader(), frames()));
    }

    private static List<Entry> entries() {
        return List.of(
                Entry.own("atomic-loop", "AtomicInteger, unless zero by a compare-and-set loop", "AtomicLoopCount"),
                Entry.own("cas-loop", "CasCount: the same, off heap", "CasLoopCount"),
                Entry.own("rcuref", "Rcuref: one addition each way", "RcurefCount"),
                Entry.own("percpu", "PercpuRef: a counter for each thread", "PercpuCount"),
                Entry.own("dynamic", "DynamicRef: turned per thread when it was busy", "DynamicCount"),
                Entry.own("atomic-add", "AtomicInteger, getAndAdd: cannot refuse at zero", "AtomicAddCount"),
                Entry.own("long-adder", "LongAdder: cannot tell when it is zero", "LongAdderCount"),
                Entry.peer("netty", "Netty's AbstractReferenceCounted", "NettyCount", NETTY),
                Entry.own("loop-6-3", "compare-and-set loop in rtable as of Linux 6.3", "LoopRouteOld"),
                Entry.own("loop-6-4", "compare-and-set loop in rtable as of Linux 6.4", "LoopRouteNew"),
                Entry.own("rcuref-6-3", "Rcuref in rtable as of Linux 6.3", "RcurefRouteOld"),
                Entry.own("rcuref-6-4", "Rcuref in rtable as of Linux 6.4", "RcurefRouteNew"),
                Entry.own("device-word", "SharedDeviceCount: one word for all", "DeviceWordCount"),
                Entry.own("device-stripes", "DeviceCount: a counter for each thread", "DeviceStripesCount"));
    }

    private static Shape contended() {
        return Shape.of("contended", USE, Crowd.ALL, "RefcountBenchmark.getUsePut")
                .only(RECORD)
                .beside(
                        Published.speedup(
                                "rcuref",
                                "cas-loop",
                                1.2,
                                4.7,
                                "endless get and put by all of 112 CPUs, nothing read between",
                                RCUREF),
                        Published.count(
                                "cas-loop",
                                "retries",
                                8,
                                "endless get and put by all of 112 CPUs; average of a get",
                                RCUREF));
    }

    private static Shape uncontended() {
        return Shape.of("uncontended", USE, Crowd.ONE, "RefcountBenchmark.getUsePut")
                .only(RECORD)
                .beside(Published.speedup("rcuref", "cas-loop", 1, 1, "\"on par even when uncontended\"", RCUREF));
    }

    private static Shape route() {
        return Shape.of(
                        "route",
                        "get a route, read lwtstate and rt_genid, put it",
                        Crowd.ALL,
                        "RefcountBenchmark.route")
                .only(ROUTES)
                .onlyThorough()
                .beside(memtier());
    }

    private static Shape besideReader() {
        return Shape.of(
                        "route-beside-reader",
                        "one gets, reads and puts a route, one only reads it",
                        Crowd.HALVES,
                        "RefcountBenchmark.besideReader")
                .withRoles("sender", "receiver")
                .only(ROUTES)
                .onlyThorough()
                .beside(memtier());
    }

    private static Published[] memtier() {
        return new Published[] {
            Published.speedup("loop-6-4", "loop-6-3", 1.16, 2.27, MEMTIER, RCUREF),
            Published.speedup("rcuref-6-3", "loop-6-3", 1.10, 1.55, MEMTIER, RCUREF),
            Published.speedup("rcuref-6-4", "loop-6-3", 2.08, 3.58, MEMTIER, RCUREF)
        };
    }

    private static Shape frames() {
        return Shape.of(
                        "frames",
                        "hold a device, work 1 us on a frame, put the device",
                        Crowd.ALL,
                        "RefcountBenchmark.frame")
                .only("device-word", "device-stripes")
                .beside(Published.speedup(
                        "device-stripes",
                        "device-word",
                        1.205,
                        1.205,
                        "160 M UDP frames sent, 3 us of 16 hardware threads each; 2 x E5540",
                        PERCPU));
    }
}

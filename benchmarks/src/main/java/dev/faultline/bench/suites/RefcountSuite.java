package dev.faultline.bench.suites;

import dev.faultline.bench.contestants.refcount.AtomicAddCount;
import dev.faultline.bench.contestants.refcount.AtomicLoopCount;
import dev.faultline.bench.contestants.refcount.CasLoopCount;
import dev.faultline.bench.contestants.refcount.DeviceStripesCount;
import dev.faultline.bench.contestants.refcount.DeviceWordCount;
import dev.faultline.bench.contestants.refcount.DynamicCount;
import dev.faultline.bench.contestants.refcount.LongAdderCount;
import dev.faultline.bench.contestants.refcount.LoopRoute;
import dev.faultline.bench.contestants.refcount.PercpuCount;
import dev.faultline.bench.contestants.refcount.RcurefCount;
import dev.faultline.bench.contestants.refcount.RcurefRoute;
import dev.faultline.bench.contestants.refcount.RefcountBenchmark.Needs;
import dev.faultline.bench.peers.NettyCount;
import dev.faultline.bench.plan.BenchLibrary;
import dev.faultline.bench.plan.ContestantSpec;
import dev.faultline.bench.plan.PublishedFigure;
import dev.faultline.bench.plan.ScenarioSpec;
import dev.faultline.bench.plan.Suite;
import dev.faultline.bench.plan.ThreadSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reference counts of a record, a route and a device, got and put by threads. */
final class RefcountSuite {

    private static final String RCUREF_SERIES = "cover letter of the rcuref series (Linux 6.4, ee1ee6db0779)";
    private static final String MEMTIER = "memcached and memtier on three machines, the whole path";
    private static final String PERCPU_COMMIT = "message of Linux commit 29b4433d991c (2.6.37)";
    private static final String FRAME = "RefcountBenchmark.frame";
    private static final String USE = "get a reference, read two fields, put it";

    private static final ContestantSpec CAS_LOOP =
            ContestantSpec.of("cas-loop", "CasCount: the same, off heap", CasLoopCount.class);
    private static final ContestantSpec RCUREF =
            ContestantSpec.of("rcuref", "Rcuref: one addition each way", RcurefCount.class);
    private static final List<ContestantSpec> OF_RECORD = List.of(
            ContestantSpec.of(
                    "atomic-loop", "AtomicInteger, unless zero by a compare-and-set loop", AtomicLoopCount.class),
            CAS_LOOP,
            RCUREF,
            ContestantSpec.of("percpu", "PercpuRef: a counter for each thread", PercpuCount.class),
            ContestantSpec.of("dynamic", "DynamicRef: turned per thread when it was busy", DynamicCount.class),
            ContestantSpec.of("atomic-add", "AtomicInteger, getAndAdd: cannot refuse at zero", AtomicAddCount.class),
            ContestantSpec.of("long-adder", "LongAdder: cannot tell when it is zero", LongAdderCount.class),
            ContestantSpec.of("netty", "Netty's AbstractReferenceCounted", NettyCount.class)
                    .needing(BenchLibrary.NETTY));

    private static final ContestantSpec LOOP_6_3 = ContestantSpec.of(
            "loop-6-3", "compare-and-set loop in rtable as of Linux 6.3", LoopRoute.class, "rtable@6.3");
    private static final ContestantSpec LOOP_6_4 = ContestantSpec.of(
            "loop-6-4", "compare-and-set loop in rtable as of Linux 6.4", LoopRoute.class, "rtable@6.4");
    private static final ContestantSpec RCUREF_6_3 =
            ContestantSpec.of("rcuref-6-3", "Rcuref in rtable as of Linux 6.3", RcurefRoute.class, "rtable@6.3");
    private static final ContestantSpec RCUREF_6_4 =
            ContestantSpec.of("rcuref-6-4", "Rcuref in rtable as of Linux 6.4", RcurefRoute.class, "rtable@6.4");
    private static final List<ContestantSpec> OF_ROUTE = List.of(LOOP_6_3, LOOP_6_4, RCUREF_6_3, RCUREF_6_4);

    private static final ContestantSpec DEVICE_WORD = ContestantSpec.of(
            "device-word", "SharedDeviceCount: one word, on a line of its own", DeviceWordCount.class, "pcpu_refcnt");
    private static final ContestantSpec DEVICE_BESIDE = ContestantSpec.of(
            "device-beside", "the same word on a line that frames read", DeviceWordCount.class, "gso_partial_features");
    private static final ContestantSpec DEVICE_STRIPES =
            ContestantSpec.of("device-stripes", "DeviceCount: a counter for each thread", DeviceStripesCount.class);
    private static final List<ContestantSpec> OF_DEVICE = List.of(DEVICE_WORD, DEVICE_BESIDE, DEVICE_STRIPES);

    /** The lengths of a frame beside a microsecond, in nanoseconds. */
    private static final List<Integer> SHORT_FRAMES = List.of(0, 50, 100, 200, 500);

    private RefcountSuite() {}

    static Suite suite() {
        return new Suite(
                "refcount",
                "reference counts on a shared record",
                Stream.of(OF_RECORD, OF_ROUTE, OF_DEVICE).flatMap(List::stream).toList(),
                scenarios());
    }

    private static List<ScenarioSpec> scenarios() {
        List<ScenarioSpec> scenarios =
                new ArrayList<>(List.of(contended(), uncontended(), route(), besideReader(), frames()));
        SHORT_FRAMES.forEach(nanos -> scenarios.add(shortFrames(nanos)));
        for (int nanos : List.of(100, 1000)) {
            scenarios.add(frames("frames-" + nanos + "-apart", nanos, "nothing", Needs.NOTHING));
            scenarios.add(frames("frames-" + nanos + "-count", nanos, "the count", Needs.COUNT));
        }
        return scenarios;
    }

    private static ScenarioSpec contended() {
        return ScenarioSpec.builder("contended", USE, ThreadSplit.ALL, "RefcountBenchmark.getUsePut", OF_RECORD)
                .published(
                        PublishedFigure.speedup(
                                RCUREF,
                                CAS_LOOP,
                                1.2,
                                4.7,
                                "endless get and put by all of 112 CPUs, nothing read between",
                                RCUREF_SERIES),
                        PublishedFigure.count(
                                CAS_LOOP,
                                "retries",
                                8,
                                "endless get and put by all of 112 CPUs; average of a get",
                                RCUREF_SERIES))
                .build();
    }

    private static ScenarioSpec uncontended() {
        return ScenarioSpec.builder("uncontended", USE, ThreadSplit.ONE, "RefcountBenchmark.getUsePut", OF_RECORD)
                .published(PublishedFigure.speedup(
                        RCUREF, CAS_LOOP, 1, 1, "\"on par even when uncontended\"", RCUREF_SERIES))
                .build();
    }

    private static ScenarioSpec route() {
        return ScenarioSpec.builder(
                        "route",
                        "get a route, read lwtstate and rt_genid, put it",
                        ThreadSplit.ALL,
                        "RefcountBenchmark.route",
                        OF_ROUTE)
                .onlyThorough()
                .published(memtier())
                .build();
    }

    private static ScenarioSpec besideReader() {
        return ScenarioSpec.builder(
                        "route-beside-reader",
                        "one gets, reads and puts a route, one only reads it",
                        ThreadSplit.HALVES,
                        "RefcountBenchmark.besideReader",
                        OF_ROUTE)
                .group("sender", "receiver")
                .onlyThorough()
                .published(memtier())
                .build();
    }

    private static PublishedFigure[] memtier() {
        return new PublishedFigure[] {
            PublishedFigure.speedup(LOOP_6_4, LOOP_6_3, 1.16, 2.27, MEMTIER, RCUREF_SERIES),
            PublishedFigure.speedup(RCUREF_6_3, LOOP_6_3, 1.10, 1.55, MEMTIER, RCUREF_SERIES),
            PublishedFigure.speedup(RCUREF_6_4, LOOP_6_3, 2.08, 3.58, MEMTIER, RCUREF_SERIES)
        };
    }

    private static ScenarioSpec frames() {
        return ScenarioSpec.builder(
                        "frames",
                        "hold a device, work 1 us with four of its fields, put the device",
                        ThreadSplit.ALL,
                        FRAME,
                        OF_DEVICE)
                .published(PublishedFigure.speedup(
                        DEVICE_STRIPES,
                        DEVICE_WORD,
                        1.205,
                        1.205,
                        "160 M UDP frames, 5 us of CPU each, 16 hardware threads; 2 x E5540",
                        PERCPU_COMMIT))
                .build();
    }

    private static ScenarioSpec shortFrames(int nanos) {
        return frames("frames-" + nanos, nanos, "four of its fields", Needs.FIELDS);
    }

    private static ScenarioSpec frames(String name, int nanos, String with, Needs needs) {
        return ScenarioSpec.builder(
                        name,
                        "hold a device, work " + nanos + " ns with " + with + ", put the device",
                        ThreadSplit.ALL,
                        FRAME,
                        OF_DEVICE)
                .param("frameNanos", nanos)
                .param("needs", needs.name())
                .onlyThorough()
                .build();
    }
}

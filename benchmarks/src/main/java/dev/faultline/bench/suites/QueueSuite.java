package dev.faultline.bench.suites;

import dev.faultline.bench.contestants.queue.AlfContestant;
import dev.faultline.bench.peers.AgronaQueue;
import dev.faultline.bench.peers.JctoolsQueue;
import dev.faultline.bench.peers.JctoolsQueue.Kind;
import dev.faultline.bench.plan.BenchLibrary;
import dev.faultline.bench.plan.ContestantSpec;
import dev.faultline.bench.plan.PublishedFigure;
import dev.faultline.bench.plan.ScenarioSpec;
import dev.faultline.bench.plan.Suite;
import dev.faultline.bench.plan.ThreadSplit;
import dev.faultline.offheap.queue.AlfQueue.Mode;
import dev.faultline.offheap.queue.AlfQueue.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Queues: elements one by one, and in bulks. */
final class QueueSuite {

    private static final String SOURCE = "posting of alf_queue and qmempool to netdev";
    private static final String CONDITIONS = "in the kernel, E5-2695, ring of 512";
    private static final int BRIEF_BULK = 16;
    private static final int MULTI = 128;

    private static final ContestantSpec ARRAY = ContestantSpec.of(
                    "jctools-array", "JCTools MpmcArrayQueue: fill, drain", JctoolsQueue.class, Kind.ARRAY)
            .needing(BenchLibrary.JCTOOLS);
    private static final ContestantSpec SINGLE = ContestantSpec.of(
                    "jctools-single", "the same, bulks as single calls", JctoolsQueue.class, Kind.SINGLE)
            .needing(BenchLibrary.JCTOOLS);
    private static final ContestantSpec XADD = ContestantSpec.of(
                    "jctools-xadd", "JCTools MpmcUnboundedXaddArrayQueue, unbounded", JctoolsQueue.class, Kind.XADD)
            .needing(BenchLibrary.JCTOOLS);
    private static final ContestantSpec AGRONA = ContestantSpec.of(
                    "agrona", "Agrona ManyToManyConcurrentArrayQueue", AgronaQueue.class)
            .needing(BenchLibrary.AGRONA);
    private static final ContestantSpec MPMC =
            alf("alf-mpmc", "AlfQueue for many on either side", Variant.POSTED, Mode.MPMC);
    private static final ContestantSpec MPMC_REMEMBERED =
            alf("alf-mpmc-remembered", "the same, each side remembers the other's tail", Variant.REMEMBERED, Mode.MPMC);
    private static final ContestantSpec MPMC_SEQUENCED =
            alf("alf-mpmc-sequenced", "the same, each slot has a sequence number", Variant.SEQUENCED, Mode.MPMC);
    private static final ContestantSpec SPSC = alf(
                    "alf-spsc", "AlfQueue for one on either side", Variant.POSTED, Mode.SPSC)
            .upTo(2);
    private static final ContestantSpec SPSC_REMEMBERED = alf(
                    "alf-spsc-remembered",
                    "the same, each side remembers the other's tail",
                    Variant.REMEMBERED,
                    Mode.SPSC)
            .upTo(2);

    private static final List<ContestantSpec> ALFS =
            List.of(MPMC, MPMC_REMEMBERED, MPMC_SEQUENCED, SPSC, SPSC_REMEMBERED);
    private static final List<ContestantSpec> ALL = withAlfs(ARRAY, SINGLE, XADD, AGRONA);
    private static final List<ContestantSpec> WITHOUT_BULKS = withAlfs(ARRAY, XADD, AGRONA);

    private static ContestantSpec alf(String name, String summary, Variant variant, Mode mode) {
        return ContestantSpec.of(name, summary, AlfContestant.class, AlfContestant.argument(variant, mode));
    }

    private static List<ContestantSpec> withAlfs(ContestantSpec... others) {
        return Stream.concat(Stream.of(others), ALFS.stream()).toList();
    }

    /** The size of a bulk, and the published ns per element of both kinds of queue. */
    private record Bulk(int size, double mpmcNanos, double spscNanos) {}

    private static final List<Bulk> BULKS = List.of(
            new Bulk(2, 5.849, 1.748),
            new Bulk(3, 4.102, 1.531),
            new Bulk(4, 3.281, 1.383),
            new Bulk(6, 2.530, 1.238),
            new Bulk(8, 2.125, 1.196),
            new Bulk(BRIEF_BULK, 1.552, 1.109));

    private QueueSuite() {}

    static Suite suite() {
        List<ScenarioSpec> scenarios = new ArrayList<>();
        scenarios.add(ScenarioSpec.builder(
                        "pair", "enqueue one, dequeue it", ThreadSplit.ONE, "QueueBenchmark.pair", WITHOUT_BULKS)
                .published(alf(9.519, 1.282))
                .build());
        scenarios.add(ScenarioSpec.builder(
                        "one-to-one",
                        "hand one element from a producer to a consumer",
                        ThreadSplit.HALVES,
                        "QueueBenchmark.oneToOne",
                        withAlfs(ARRAY, AGRONA)) // an unbounded queue would measure the collector
                .group("producer", "consumer")
                .onlyThorough()
                .build());
        scenarios.add(ScenarioSpec.builder(
                        "stream-" + BRIEF_BULK,
                        "hand elements from a producer to a consumer, 16 at once; an element",
                        ThreadSplit.HALVES,
                        "QueueBenchmark.stream",
                        withAlfs(ARRAY, SINGLE, AGRONA))
                .group("filler", "drainer")
                .param("size", BRIEF_BULK)
                .opsPerInvocation(BRIEF_BULK)
                .build());
        BULKS.forEach(bulk -> scenarios.add(bulk(bulk)));
        scenarios.add(ScenarioSpec.builder(
                        "multi-" + MULTI,
                        "enqueue 128 one by one, dequeue them one by one; an element",
                        ThreadSplit.ONE,
                        "QueueBenchmark.multi",
                        WITHOUT_BULKS)
                .param("size", MULTI)
                .opsPerInvocation(MULTI)
                .onlyThorough()
                .published(alf(12.905, 2.240))
                .build());
        return new Suite("queue", "queues; the others' take references to objects", ALL, scenarios);
    }

    private static ScenarioSpec bulk(Bulk bulk) {
        ScenarioSpec.Builder scenario = ScenarioSpec.builder(
                        "bulk-" + bulk.size(),
                        "enqueue " + bulk.size() + " at once, dequeue them at once; an element",
                        ThreadSplit.ONE,
                        "QueueBenchmark.bulk",
                        ALL)
                .param("size", bulk.size())
                .opsPerInvocation(bulk.size())
                .published(alf(bulk.mpmcNanos(), bulk.spscNanos()));
        return (bulk.size() == BRIEF_BULK ? scenario : scenario.onlyThorough()).build();
    }

    private static PublishedFigure[] alf(double mpmcNanos, double spscNanos) {
        return new PublishedFigure[] {
            PublishedFigure.nanos(MPMC, mpmcNanos, CONDITIONS, SOURCE),
            PublishedFigure.nanos(SPSC, spscNanos, CONDITIONS, SOURCE)
        };
    }
}

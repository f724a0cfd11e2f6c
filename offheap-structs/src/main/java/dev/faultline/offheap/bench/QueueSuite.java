package dev.faultline.offheap.bench;

import static dev.faultline.offheap.bench.Library.AGRONA;
import static dev.faultline.offheap.bench.Library.JCTOOLS;

import dev.faultline.measure.Published;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Queues: one by one, and in bulks. */
final class QueueSuite {

    private static final String SOURCE = "posting of alf_queue and qmempool to netdev";
    private static final String CONDITIONS = "in the kernel, E5-2695, ring of 512";
    private static final int BRIEF_BULK = 16;
    private static final String MPMC = "alf-mpmc";
    private static final String SPSC = "alf-spsc";

    /** Elements of a bulk, and the published ns of an element of both kinds. */
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
        List<Shape> shapes = new ArrayList<>();
        shapes.add(Shape.of("pair", "enqueue one, dequeue it", Crowd.ONE, "QueueBenchmark.pair")
                .only(MPMC, SPSC, "jctools-array", "jctools-xadd", "agrona")
                .beside(alf(9.519, 1.282)));
        shapes.add(Shape.of(
                        "one-to-one",
                        "hand one element from a producer to a consumer",
                        Crowd.HALVES,
                        "QueueBenchmark.oneToOne")
                .withRoles("producer", "consumer")
                .only(MPMC, SPSC, "jctools-array", "agrona") // one without bound would measure the collector
                .onlyThorough());
        shapes.add(Shape.of(
                        "stream-" + BRIEF_BULK,
                        "hand elements from a producer to a consumer, 16 at once; an element",
                        Crowd.HALVES,
                        "QueueBenchmark.stream")
                .withRoles("filler", "drainer")
                .only(MPMC, SPSC, "jctools-array", "jctools-single", "agrona")
                .with("size", BRIEF_BULK)
                .ops(BRIEF_BULK));
        BULKS.forEach(bulk -> shapes.add(bulk(bulk)));
        shapes.add(Shape.of(
                        "multi-128",
                        "enqueue 128 one by one, dequeue them one by one; an element",
                        Crowd.ONE,
                        "QueueBenchmark.multi")
                .with("size", 128)
                .ops(128)
                .only(MPMC, SPSC, "jctools-array", "jctools-xadd", "agrona")
                .onlyThorough()
                .beside(alf(12.905, 2.240)));
        return new Suite("queue", "queues; the others' take references to objects", entries(), shapes);
    }

    private static List<Entry> entries() {
        return List.of(
                Entry.peer("jctools-array", "JCTools MpmcArrayQueue: fill, drain", "JctoolsArrayQueue", JCTOOLS),
                Entry.peer("jctools-single", "the same, bulks as single calls", "JctoolsSingleQueue", JCTOOLS),
                Entry.peer(
                        "jctools-xadd", "JCTools MpmcUnboundedXaddArrayQueue, unbounded", "JctoolsXaddQueue", JCTOOLS),
                Entry.peer("agrona", "Agrona ManyToManyConcurrentArrayQueue", "AgronaQueue", AGRONA),
                Entry.own(MPMC, "AlfQueue for many on either side", "AlfMpmcQueue"),
                Entry.own(SPSC, "AlfQueue for one on either side", "AlfSpscQueue")
                        .upTo(2));
    }

    private static Shape bulk(Bulk bulk) {
        Shape shape = Shape.of(
                        "bulk-" + bulk.size(),
                        "enqueue " + bulk.size() + " at once, dequeue them at once; an element",
                        Crowd.ONE,
                        "QueueBenchmark.bulk")
                .with("size", bulk.size())
                .ops(bulk.size())
                .beside(alf(bulk.mpmcNanos(), bulk.spscNanos()));
        return bulk.size() == BRIEF_BULK ? shape : shape.onlyThorough();
    }

    private static Published[] alf(double mpmcNanos, double spscNanos) {
        return Stream.of(
                        Published.nanos(MPMC, mpmcNanos, CONDITIONS, SOURCE),
                        Published.nanos(SPSC, spscNanos, CONDITIONS, SOURCE))
                .toArray(Published[]::new);
    }
}

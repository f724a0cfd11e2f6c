package dev.faultline.offheap.bench;

import static dev.faultline.offheap.bench.Library.AGRONA;
import static dev.faultline.offheap.bench.Library.COMMONS_POOL;
import static dev.faultline.offheap.bench.Library.JCTOOLS;
import static dev.faultline.offheap.bench.Library.NETTY;

import dev.faultline.measure.Published;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything that can be run: a new contestant is a line here. */
public final class Suites {

    private static final String RCUREF = "cover letter of the rcuref series (Linux 6.4, ee1ee6db0779)";
    private static final String PERCPU = "message of Linux commit 29b4433d991c (2.6.37)";
    private static final String ALF = "posting of alf_queue and qmempool to netdev";
    private static final String SKB_CACHE = "series of Linux commits 472c2e07eef0 and 8b27dae5a2e8 (5.2)";
    private static final String XEON = "in the kernel, E5-2695";

    private Suites() {}

    /** {@return all suites} */
    public static List<Suite> all() {
        return List.of(refcount(), queue(), pool(), rpc());
    }

    /** {@return the suite of that name} */
    public static Optional<Suite> named(String name) {
        return all().stream().filter(suite -> suite.name().equals(name)).findFirst();
    }

    private static Suite refcount() {
        String operation = "get a reference, read two fields, put it";
        String method = "RefcountBenchmark.getUsePut";
        return new Suite(
                "refcount",
                "reference counts on a shared record",
                List.of(
                        Entry.own(
                                "atomic-loop",
                                "AtomicInteger, unless zero by a compare-and-set loop",
                                "AtomicLoopCount"),
                        Entry.own("atomic-add", "AtomicInteger, getAndAdd: cannot refuse at zero", "AtomicAddCount"),
                        Entry.own("long-adder", "LongAdder: cannot tell when it is zero", "LongAdderCount"),
                        Entry.peer("netty", "Netty's AbstractReferenceCounted", "NettyCount", NETTY)),
                List.of(
                        Shape.of("contended", operation, Crowd.ALL, method)
                                .beside(
                                        Published.speedup(
                                                "rcuref",
                                                "atomic-loop",
                                                1.2,
                                                4.7,
                                                "endless get and put by all of 112 CPUs, nothing read between",
                                                RCUREF),
                                        Published.count(
                                                "atomic-loop",
                                                "retries",
                                                8,
                                                "endless get and put by all of 112 CPUs; average of a get",
                                                RCUREF),
                                        Published.speedup(
                                                "percpu",
                                                "atomic-add",
                                                1.205,
                                                1.205,
                                                "160 M UDP frames sent, the whole path and not the count alone;"
                                                        + " 2 x E5540",
                                                PERCPU)),
                        Shape.of("uncontended", operation, Crowd.ONE, method)
                                .beside(Published.speedup(
                                        "rcuref", "atomic-loop", 1, 1, "\"on par even when uncontended\"", RCUREF))));
    }

    private static Suite queue() {
        List<Shape> shapes = new ArrayList<>();
        shapes.add(Shape.of("pair", "enqueue one, dequeue it", Crowd.ONE, "QueueBenchmark.pair")
                .beside(alf("alf-mpmc", 9.519), alf("alf-spsc", 1.282)));
        shapes.add(Shape.of(
                        "one-to-one",
                        "hand one element from a producer to a consumer",
                        Crowd.HALVES,
                        "QueueBenchmark.oneToOne")
                .withRoles("producer", "consumer"));
        double[][] bulks = {
            {1},
            {2, 5.849, 1.748},
            {3, 4.102, 1.531},
            {4, 3.281, 1.383},
            {6, 2.530, 1.238},
            {8, 2.125, 1.196},
            {16, 1.552, 1.109}
        };
        for (double[] bulk : bulks) {
            int size = (int) bulk[0];
            Shape shape = Shape.of(
                            "bulk-" + size,
                            "enqueue " + size + " at once, dequeue them at once; an element",
                            Crowd.ONE,
                            "QueueBenchmark.bulk")
                    .with("size", size)
                    .ops(size)
                    .beside(Stream.of("alf-mpmc", "alf-spsc")
                            .limit(bulk.length - 1)
                            .map(name -> alf(name, name.equals("alf-mpmc") ? bulk[1] : bulk[2]))
                            .toArray(Published[]::new));
            shapes.add(size == 8 ? shape : shape.onlyThorough());
        }
        shapes.add(Shape.of(
                        "multi-128",
                        "enqueue 128 one by one, dequeue them one by one; an element",
                        Crowd.ONE,
                        "QueueBenchmark.multi")
                .with("size", 128)
                .ops(128)
                .onlyThorough()
                .beside(alf("alf-mpmc", 12.905), alf("alf-spsc", 2.240)));
        return new Suite(
                "queue",
                "bounded queues; the others' take references to objects",
                List.of(
                        Entry.peer("jctools-array", "JCTools MpmcArrayQueue", "JctoolsArrayQueue", JCTOOLS),
                        Entry.peer(
                                "jctools-xadd",
                                "JCTools MpmcUnboundedXaddArrayQueue, which is not bounded",
                                "JctoolsXaddQueue",
                                JCTOOLS),
                        Entry.peer("agrona", "Agrona ManyToManyConcurrentArrayQueue", "AgronaQueue", AGRONA)),
                shapes);
    }

    private static Published alf(String contestant, double nanos) {
        return Published.nanos(contestant, nanos, XEON + ", ring of 512", ALF);
    }

    private static Suite pool() {
        return new Suite(
                "pool",
                "pools of fixed-size records",
                poolEntries(),
                List.of(
                        Shape.of("instant", "allocate one, free it", Crowd.ONE, "PoolBenchmark.instant")
                                .beside(
                                        Published.nanos("qmempool", 7.837, XEON + ", softirq", ALF),
                                        Published.nanos("qmempool", 18.536, XEON + ", other context", ALF),
                                        Published.nanos("slub", 19.563, XEON, ALF)),
                        Shape.of(
                                        "burst-256",
                                        "allocate 256, then free them; a record",
                                        Crowd.ONE,
                                        "PoolBenchmark.burst")
                                .with("size", 256)
                                .ops(256)
                                .beside(
                                        Published.nanos("qmempool", 11.782, XEON + ", softirq", ALF),
                                        Published.nanos("qmempool", 24.186, XEON + ", other context", ALF),
                                        Published.nanos("slub", 45.039, XEON, ALF)),
                        Shape.of(
                                        "cross-thread",
                                        "allocate on one thread, free on another",
                                        Crowd.HALVES,
                                        "PoolBenchmark.handOver")
                                .withRoles("producer", "consumer")
                                .with("sockets", 1)));
    }

    private static Suite rpc() {
        String operation = "allocate for one of %d sockets, free on the thread that consumes";
        return new Suite(
                "rpc",
                "records allocated by producers of sockets and freed by their consumers",
                poolEntries(),
                List.of(
                        sockets(8, operation)
                                .beside(
                                        Published.speedup(
                                                "socket-cache",
                                                "slab",
                                                1.1,
                                                1.1,
                                                "small calls, the whole path; 112 threads; \"about 10 %\"",
                                                SKB_CACHE),
                                        Published.speedup(
                                                "socket-cache",
                                                "slab",
                                                0.743,
                                                0.743,
                                                "netperf TCP_STREAM on localhost, twice as many threads as CPUs:"
                                                        + " slower, later removed (d8b81175e412)",
                                                "kernel test robot on 8b27dae5a2e8")),
                        sockets(128, operation).onlyThorough()));
    }

    private static Shape sockets(int count, String operation) {
        return Shape.of(
                        "sockets-" + count,
                        String.format(java.util.Locale.ROOT, operation, count),
                        Crowd.HALVES,
                        "PoolBenchmark.handOver")
                .withRoles("producer", "consumer")
                .with("sockets", count);
    }

    private static List<Entry> poolEntries() {
        return List.of(
                Entry.own("new-object", "a new object each time; the collector frees", "NewObjectPool"),
                Entry.peer("commons-pool", "commons-pool2 GenericObjectPool", "CommonsPool", COMMONS_POOL),
                Entry.peer("netty", "Netty's Recycler, one a thread, told to keep every object", "NettyPool", NETTY));
    }
}

import dev.faultline.offheap.pool.ArrayCaches;
import dev.faultline.offheap.pool.ObjectCache;
import dev.faultline.offheap.pool.Qmempool;
import dev.faultline.offheap.pool.SkbCaches;
import dev.faultline.offheap.pool.Slab;
import dev.faultline.offheap.pool.StripeNodes;
import dev.faultline.offheap.queue.AlfQueue;

/** What the lost comparisons of docs/performance.md do, to be recorded: {@code java SeedLosses WHAT}. */
public class SeedLosses {

    private static final int ROUNDS = 200_000;

    public static void main(String[] arguments) throws InterruptedException {
        switch (arguments[0]) {
            case "bulks" -> pass(16);
            case "singles" -> pass(1);
            case "pairs" -> pairs();
            case "qmempool" -> reuse(true, 1);
            case "array-caches" -> reuse(false, 1);
            case "qmempool-burst" -> reuse(true, 256);
            case "array-caches-burst" -> reuse(false, 256);
            case "sockets" -> sockets(SkbCaches.Switches.OFF);
            case "socket-caches" -> sockets(SkbCaches.Switches.ON);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void both(Runnable first, Runnable second) throws InterruptedException {
        Thread producer = new Thread(first, "producer");
        Thread consumer = new Thread(second, "consumer");
        producer.start();
        consumer.start();
        producer.join();
        consumer.join();
    }

    /** Elements from one thread to another. */
    private static void pass(int bulk) throws InterruptedException {
        try (AlfQueue queue = AlfQueue.create(512, AlfQueue.Mode.MPMC)) {
            both(() -> put(queue, new long[bulk]), () -> take(queue, new long[bulk]));
        }
    }

    private static void put(AlfQueue queue, long[] bulk) {
        for (int done = 0; done < ROUNDS; ) {
            done += queue.enqueue(bulk, 0, bulk.length) / bulk.length;
        }
    }

    private static void take(AlfQueue queue, long[] bulk) {
        for (int done = 0; done < ROUNDS * bulk.length; ) {
            done += queue.dequeue(bulk, 0, bulk.length);
        }
    }

    /** One thread puts an element and takes it. */
    private static void pairs() {
        try (AlfQueue queue = AlfQueue.create(512, AlfQueue.Mode.MPMC)) {
            for (int i = 0; i < ROUNDS; i++) {
                offer(queue, i);
                queue.poll(-1);
            }
        }
    }

    /** One thread allocates some objects and frees them. */
    private static void reuse(boolean pooled, int burst) {
        try (Slab slab = Slab.create(StripeNodes.onOneNode(2), 1_000, 232, 64);
                ObjectCache cache = pooled ? Qmempool.create(slab, 64, 256, 0) : ArrayCaches.over(slab)) {
            long[] handles = new long[burst];
            for (int done = 0; done < ROUNDS; done += burst) {
                reuse(cache.local(0), handles);
            }
        }
    }

    private static void reuse(ObjectCache.Local local, long[] handles) {
        for (int i = 0; i < handles.length; i++) {
            handles[i] = local.allocate();
        }
        for (long handle : handles) {
            local.free(handle);
        }
    }

    /** One thread receives and acknowledges, the other reads and sends, on one socket. */
    private static void sockets(SkbCaches.Switches switches) throws InterruptedException {
        try (Slab heads = Slab.create(new StripeNodes(2, 1), 4_000, 232, 64);
                Slab pairs = Slab.create(new StripeNodes(2, 1), 4_000, 456, 64);
                AlfQueue toApplication = AlfQueue.create(64, AlfQueue.Mode.SPSC);
                AlfQueue toNetwork = AlfQueue.create(64, AlfQueue.Mode.SPSC);
                SkbCaches sockets = SkbCaches.create(heads, pairs, 1, switches)) {
            both(
                    () -> network(sockets.local(0), toApplication, toNetwork),
                    () -> application(sockets.local(1), toApplication, toNetwork));
        }
    }

    private static void network(SkbCaches.Local cpu, AlfQueue toApplication, AlfQueue toNetwork) {
        for (int i = 0; i < ROUNDS; i++) {
            long request = cpu.receive();
            cpu.deliver(0);
            offer(toApplication, request);
            long answer = poll(toNetwork);
            cpu.takeClone(answer);
            cpu.cloneSent(answer);
            cpu.acknowledged(0, answer);
        }
    }

    private static void application(SkbCaches.Local cpu, AlfQueue toApplication, AlfQueue toNetwork) {
        for (int i = 0; i < ROUNDS; i++) {
            cpu.read(0, poll(toApplication));
            offer(toNetwork, cpu.send(0, 0));
        }
    }

    private static void offer(AlfQueue queue, long element) {
        while (!queue.offer(element)) {
            Thread.onSpinWait();
        }
    }

    private static long poll(AlfQueue queue) {
        long element = queue.poll(0);
        while (element == 0) {
            Thread.onSpinWait();
            element = queue.poll(0);
        }
        return element;
    }
}

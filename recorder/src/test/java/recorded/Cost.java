package recorded;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jctools.queues.SpscArrayQueue;

/**
 * What recording costs: loops of field accesses, and rings between two threads. Prints the median nanoseconds of a turn
 * or of an item, the least, a quarter of the runs, and the most. Arguments say what is measured. It is run with the
 * agent and without, in turns.
 */
public final class Cost {

    private static final int WARM_UPS = 6;
    private static final int RUNS = 9;
    private static final int TURNS = 10_000_000;
    /** Few items a chunk, so that some chunks have both CPUs to themselves on a busy machine. */
    private static final int ITEMS = 20_000;

    private static final int CHUNKS = 400;
    private static final int SPINS = 200;
    private static final int CAPACITY = 1024;
    /** Some 7 ns at each end of a ring, in place of what a program does with an item. */
    private static final int MULTIPLICATIONS = 16;

    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    /** What to measure; empty for everything. */
    private static Set<String> asked;

    private int a;
    private int b;
    private int c;
    private int g;
    private int h;
    private long d;
    private long e;
    private final int[] cells = new int[1000];
    private Node head;

    private Cost() {
        for (int i = 0; i < 100; i++) {
            head = new Node(head);
        }
    }

    private static final class Node {
        private final Node next;
        private int value;

        Node(Node next) {
            this.next = next;
        }
    }

    /** A ring of one producer and one consumer that is not padded. */
    private static final class Ring {
        private final Integer[] items = new Integer[CAPACITY];
        private volatile long produced;
        private volatile long consumed;

        boolean offer(Integer item) {
            long next = produced;
            if (next - consumed == CAPACITY) {
                return false;
            }
            items[(int) next & CAPACITY - 1] = item;
            produced = next + 1;
            return true;
        }

        Integer poll() {
            long next = consumed;
            if (next == produced) {
                return null;
            }
            Integer item = items[(int) next & CAPACITY - 1];
            consumed = next + 1;
            return item;
        }
    }

    private interface Ends {
        boolean offer(Integer item);

        Integer poll();
    }

    /** Twelve accesses a turn, and no branch. */
    private void fields(int turns) {
        for (int i = 0; i < turns; i++) {
            a++;
            b += a;
            c ^= b;
            d++;
            e += d;
            g = h + 1;
        }
    }

    private void branches(int turns) {
        for (int i = 0; i < turns; i++) {
            if ((i & 7) == 0) {
                a++;
            } else {
                b++;
            }
            d += b;
        }
    }

    private void list(int turns) {
        for (int i = 0; i < turns; i += 100) {
            for (Node one = head; one != null; one = one.next) {
                one.value++;
            }
        }
    }

    private void elements(int turns) {
        for (int i = 0; i < turns; i += cells.length) {
            for (int j = 0; j < cells.length; j++) {
                cells[j] += i;
            }
        }
    }

    private int next() {
        return ++a;
    }

    private void calls(int turns) {
        for (int i = 0; i < turns; i++) {
            b ^= next();
        }
    }

    private static boolean isAsked(String what) {
        return asked.isEmpty() || asked.contains(what);
    }

    private static void measure(String what, IntConsumer loop) {
        if (!isAsked(what)) {
            return;
        }
        ThreadMXBean cpu = ManagementFactory.getThreadMXBean();
        double[] nanos = new double[RUNS];
        for (int run = -WARM_UPS; run < RUNS; run++) {
            long before = cpu.getCurrentThreadCpuTime();
            loop.accept(TURNS);
            nanos[Math.max(run, 0)] = (cpu.getCurrentThreadCpuTime() - before) / (double) TURNS;
        }
        print(what, nanos);
    }

    private static void print(String what, double[] nanos) {
        Arrays.sort(nanos);
        int last = nanos.length - 1;
        System.out.printf(
                Locale.ROOT, "%s %.2f %.2f %.2f %.2f%n", what, nanos[last / 2], nanos[0], nanos[last / 4], nanos[last]);
    }

    /** Gives an item and takes it, in one thread. */
    private static void alone(Ends ends, int items) {
        Integer item = 1;
        for (int i = 0; i < items; i++) {
            ends.offer(item);
            ends.poll();
        }
    }

    private static void ring(String what, Ends ends, int work) throws InterruptedException {
        if (!isAsked(what)) {
            return;
        }
        double[] nanos = new double[CHUNKS];
        Thread consumer = new Thread(() -> take(ends, work), "consumer");
        consumer.start();
        long before = System.nanoTime();
        for (int chunk = -CHUNKS; chunk < CHUNKS; chunk++) {
            give(ends, work);
            long now = System.nanoTime();
            nanos[Math.max(chunk, 0)] = (now - before) / (double) ITEMS;
            before = now;
        }
        consumer.join();
        print(what, nanos);
    }

    private static void give(Ends ends, int work) {
        Integer item = 1;
        long product = 1;
        for (int i = 0; i < ITEMS; i++) {
            product = work(product, work);
            for (int spins = 1; !ends.offer(item); spins++) {
                pause(spins);
            }
        }
        use(product);
    }

    private static void take(Ends ends, int work) {
        long product = 1;
        for (int i = 0; i < 2 * CHUNKS * ITEMS; i++) {
            product = work(product, work);
            for (int spins = 1; ends.poll() == null; spins++) {
                pause(spins);
            }
        }
        use(product);
    }

    private static long work(long of, int multiplications) {
        long product = of;
        for (int i = 0; i < multiplications; i++) {
            product = product * FACTOR + 1;
        }
        return product;
    }

    /** Keeps the compiler from leaving the work out. */
    private static void use(long product) {
        if (product == 0) {
            System.out.println();
        }
    }

    private static void pause(int spins) {
        if (spins % SPINS == 0) {
            Thread.yield();
        } else {
            Thread.onSpinWait();
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        asked = Set.of(arguments);
        Cost cost = new Cost();
        measure("fields", cost::fields);
        measure("branches", cost::branches);
        measure("list", cost::list);
        measure("elements", cost::elements);
        measure("calls", cost::calls);
        Ends ring = ends(new Ring());
        Ends queue = ends(new SpscArrayQueue<>(CAPACITY));
        measure("ring-alone", items -> alone(ring, items));
        measure("SpscArrayQueue-alone", items -> alone(queue, items));
        ring("ring", ring, 0);
        ring("ring-work", ring, MULTIPLICATIONS);
        ring("SpscArrayQueue", queue, 0);
        ring("SpscArrayQueue-work", queue, MULTIPLICATIONS);
    }

    private static Ends ends(Ring ring) {
        return new Ends() {
            @Override
            public boolean offer(Integer item) {
                return ring.offer(item);
            }

            @Override
            public Integer poll() {
                return ring.poll();
            }
        };
    }

    private static Ends ends(Queue<Integer> queue) {
        return new Ends() {
            @Override
            public boolean offer(Integer item) {
                return queue.offer(item);
            }

            @Override
            public Integer poll() {
                return queue.poll();
            }
        };
    }
}

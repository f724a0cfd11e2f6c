package recorded;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Objects that are allocated one after the other, or with 128 bytes between them; two threads count, each its own ones.
 * Arguments: {@code near} or {@code far}, and {@code collected} when the heap is collected after they are made.
 */
public final class Neighbours {

    private static final int TURNS = 2000;
    private static final int EACH = 16;
    private static final List<Gauges> GAUGES = new ArrayList<>();

    private Neighbours() {}

    public static void main(String[] arguments) throws InterruptedException {
        boolean isFar = arguments[0].equals("far");
        for (int i = 0; i < EACH; i++) {
            GAUGES.add(new Gauges(isFar));
        }
        if (arguments.length > 1) {
            System.gc();
            System.gc();
        }
        run("hitter-1", Gauges::hit);
        run("misser-1", Gauges::miss);
        long sum = 0;
        for (Gauges one : GAUGES) {
            sum += one.hits.get() + one.misses.value;
        }
        System.out.println(sum);
    }

    private static void run(String name, java.util.function.Consumer<Gauges> turn) throws InterruptedException {
        Thread thread = new Thread(
                () -> {
                    for (int i = 0; i < TURNS; i++) {
                        turn.accept(GAUGES.get(i % EACH));
                    }
                },
                name);
        thread.start();
        thread.join();
    }

    static final class Misses {
        volatile long value;
    }

    static final class Gauges {
        final long[] before;
        final AtomicLong hits;
        final long[] between;
        final Misses misses;
        final long[] after;

        Gauges(boolean isFar) {
            before = isFar ? new long[14] : null;
            hits = new AtomicLong();
            between = isFar ? new long[14] : null;
            misses = new Misses();
            after = isFar ? new long[14] : null;
        }

        void hit() {
            hits.incrementAndGet();
        }

        void miss() {
            misses.value = misses.value + 1;
        }
    }
}

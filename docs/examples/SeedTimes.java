import dev.faultline.bench.contestants.pool.CachePool;
import dev.faultline.bench.contestants.pool.PoolContestant;
import dev.faultline.bench.contestants.queue.AlfContestant;
import dev.faultline.bench.contestants.queue.QueueContestant;
import dev.faultline.bench.peers.JctoolsQueue;
import dev.faultline.bench.peers.NettyPool;
import java.lang.reflect.Field;
import java.util.Locale;
import sun.misc.Unsafe;

/**
 * The least time of an operation on one thread, which other programs on the CPU hardly change: {@code java SeedTimes
 * WHAT WHICH}, as pair posted, bulk jctools, instant array_qmempool or burst netty. {@code pair unchecked} is the
 * posted queue's accesses in its order, at constant places, without a check, a variant or a mode.
 */
public class SeedTimes {

    private static final int SLOTS = 512;
    private static final int BULK = 16;
    private static final int BURST = 256;
    private static final int OPERATIONS = 20_480;
    private static final int BATCHES = 600;

    private interface Work {
        void run();
    }

    public static void main(String[] arguments) {
        String what = arguments[0];
        int atOnce = what.equals("bulk") ? BULK : what.equals("burst") ? BURST : 1;
        boolean queue = what.equals("pair") || what.equals("bulk");
        Work work = queue ? queue(arguments[1], atOnce) : pool(arguments[1], atOnce);
        double least = Double.MAX_VALUE;
        for (int batch = 0; batch < BATCHES; batch++) {
            long start = System.nanoTime();
            for (int i = 0; i < OPERATIONS; i += atOnce) {
                work.run();
            }
            least = Math.min(least, (System.nanoTime() - start) / (double) OPERATIONS);
        }
        System.out.printf("%s %s: %.2f ns%n", what, arguments[1], least);
    }

    private static Work queue(String which, int atOnce) {
        if (which.equals("unchecked")) {
            return new Unchecked();
        }
        QueueContestant queue = which.equals("jctools")
                ? new JctoolsQueue("ARRAY")
                : new AlfContestant(which.equals("spsc") ? "POSTED-SPSC" : which.toUpperCase(Locale.ROOT) + "-MPMC");
        queue.open(SLOTS);
        QueueContestant.Port port = queue.port(BULK);
        return atOnce == 1
                ? () -> expect(port.offer() && port.poll())
                : () -> expect(port.fill(BULK) == BULK && port.drain(BULK) == BULK);
    }

    private static Work pool(String which, int atOnce) {
        PoolContestant pool = which.equals("netty") ? new NettyPool() : new CachePool(which.toUpperCase(Locale.ROOT));
        pool.open(1, atOnce);
        PoolContestant.User user = pool.user(0);
        return () -> {
            for (int slot = 0; slot < atOnce; slot++) {
                user.take(slot);
            }
            for (int slot = 0; slot < atOnce; slot++) {
                user.free(slot);
            }
        };
    }

    private static void expect(boolean done) {
        if (!done) {
            throw new IllegalStateException("an empty queue was full, or a full one empty");
        }
    }

    private static final class Unchecked implements Work {

        private static final Unsafe MEMORY = memory();
        private static final int PUT = 64;
        private static final int TAKE = 128;
        private static final int TAIL = 4;
        private static final int RING = 192;

        private final long base = MEMORY.allocateMemory(RING + 8L * SLOTS + 64) + 63 & -64;

        Unchecked() {
            MEMORY.setMemory(base, RING, (byte) 0);
        }

        private static Unsafe memory() {
            try {
                Field only = Unsafe.class.getDeclaredField("theUnsafe");
                only.setAccessible(true);
                return (Unsafe) only.get(null);
            } catch (ReflectiveOperationException missing) {
                throw new IllegalStateException(missing);
            }
        }

        @Override
        public void run() {
            expect(move(PUT, TAKE, SLOTS, 1000) != 0 && move(TAKE, PUT, 0, 0) == 1000);
        }

        /** Claims a slot, writes the element or reads it when that is 0, and hands the slot over. */
        private long move(int own, int other, int ahead, long put) {
            int first;
            do {
                first = MEMORY.getIntVolatile(null, base + own);
                if (ahead + MEMORY.getIntVolatile(null, base + other + TAIL) - first < 1) {
                    return 0;
                }
            } while (!MEMORY.compareAndSwapInt(null, base + own, first, first + 1));
            long slot = base + RING + ((long) (first & SLOTS - 1) << 3);
            long element = put;
            if (put != 0) {
                MEMORY.putLong(slot, put);
            } else {
                element = MEMORY.getLong(slot);
            }
            while (MEMORY.getIntVolatile(null, base + own + TAIL) != first) {
                Thread.onSpinWait();
            }
            MEMORY.putOrderedInt(null, base + own + TAIL, first + 1);
            return element;
        }
    }
}

package recorded;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.queues.MpscArrayQueue;

/** Small programs that know how often they touch which field. Each thread does its turn 2,000 times. */
public final class Programs {

    private static final int TURNS = 2000;

    private Programs() {}

    public static void main(String[] arguments) throws Exception {
        PlainCounter plain = new PlainCounter();
        both("plain-1", plain::add, "plain-2", plain::add);
        both("statics-1", StaticCounter::add, "statics-2", StaticCounter::add);
        UpdatedCounter updated = new UpdatedCounter();
        both("updater", updated::add, "looker", updated::look);
        HandledCounter handled = new HandledCounter();
        both("handle-writer", handled::write, "handle-adder", handled::add);
        Gauges gauges = new Gauges();
        both("hitter", gauges::hit, "misser", gauges::miss);
        Child child = new Child();
        both("child-writer", child::write, "child-reader", child::read);
        Words words = new Words();
        both("words-1", words::shift, "words-2", words::fail);
        both("owner-1", new OwnObject()::add, "owner-2", new OwnObject()::add);
        Flag flag = new Flag();
        together("setter", flag::set, "waiter", flag::await);
        MpscArrayQueue<Integer> queue = new MpscArrayQueue<>(TURNS);
        both("offerer", () -> queue.offer(1), "poller", queue::poll);
        System.out.println(plain.count + " " + StaticCounter.count + " " + updated.count + " " + handled.total + " "
                + HandledCounter.all + " " + gauges.hits + " " + gauges.misses + " " + words.sum() + " "
                + queue.size());
        System.exit(7);
    }

    /** One thread after the other, so that plain counts are exact. */
    private static void both(String first, Runnable one, String second, Runnable other) throws InterruptedException {
        join(thread(first, TURNS, one));
        join(thread(second, TURNS, other));
    }

    private static void together(String first, Runnable one, String second, Runnable other)
            throws InterruptedException {
        Thread waits = thread(second, 1, other);
        Thread.sleep(20);
        join(thread(first, 1, one));
        join(waits);
    }

    private static void join(Thread thread) throws InterruptedException {
        thread.join();
    }

    private static Thread thread(String name, int turns, Runnable turn) {
        Thread thread = new Thread(
                () -> {
                    for (int i = 0; i < turns; i++) {
                        turn.run();
                    }
                },
                name);
        thread.start();
        return thread;
    }

    static final class PlainCounter {
        int count;

        void add() {
            count++;
        }
    }

    static final class StaticCounter {
        static volatile long count;

        private StaticCounter() {}

        static synchronized void add() {
            count++;
        }
    }

    static final class UpdatedCounter {
        private static final AtomicIntegerFieldUpdater<UpdatedCounter> COUNT =
                AtomicIntegerFieldUpdater.newUpdater(UpdatedCounter.class, "count");
        volatile int count;

        void add() {
            COUNT.incrementAndGet(this);
        }

        void look() {
            COUNT.get(this);
        }
    }

    static final class HandledCounter {
        private static final VarHandle TOTAL;
        private static final VarHandle ALL;
        static long all;
        long total;

        static {
            try {
                TOTAL = MethodHandles.lookup().findVarHandle(HandledCounter.class, "total", long.class);
                ALL = ConstantBootstraps.staticFieldVarHandle(
                        MethodHandles.lookup(), "all", VarHandle.class, HandledCounter.class, long.class);
            } catch (ReflectiveOperationException impossible) {
                throw new ExceptionInInitializerError(impossible);
            }
        }

        void write() {
            TOTAL.setRelease(this, 5L);
        }

        void add() {
            long before = (long) TOTAL.getAcquire(this);
            TOTAL.compareAndSet(this, before, before + 1);
            ALL.getAndAdd(2L);
        }
    }

    static final class Gauges {
        final AtomicLong hits = new AtomicLong();
        final AtomicLong misses = new AtomicLong();

        void hit() {
            hits.incrementAndGet();
        }

        void miss() {
            misses.lazySet(hits.get() + 1);
        }
    }

    static class Parent {
        long inherited;
    }

    static final class Child extends Parent {
        void write() {
            inherited = 3;
        }

        long read() {
            return helper();
        }

        private long helper() {
            return inherited;
        }
    }

    /** Values of one and two words, references, floats; a switch, a loop, handlers, and an exception that goes out. */
    static final class Words {
        double rate;
        long ticks;
        Object last;
        float share;

        void shift() {
            long before = ticks;
            for (int i = 0; i < 2; i++) {
                switch (i) {
                    case 0:
                        ticks = before + 1;
                        break;
                    default:
                        rate = rate + 0.5;
                }
            }
            try {
                last = Integer.valueOf(last.hashCode() + 1);
            } catch (NullPointerException first) {
                last = "";
            } finally {
                share = 0.5f;
            }
        }

        void fail() {
            try {
                thrower();
            } catch (IllegalStateException expected) {
                ticks++;
            }
        }

        private synchronized void thrower() {
            rate = ticks;
            throw new IllegalStateException();
        }

        String sum() {
            return rate + "/" + ticks + "/" + last + "/" + share;
        }
    }

    static final class OwnObject {
        int count;

        void add() {
            count++;
        }
    }

    static final class Flag {
        volatile boolean isSet;

        void set() {
            isSet = true;
        }

        void await() {
            while (!isSet) {
                Thread.onSpinWait();
            }
        }
    }
}

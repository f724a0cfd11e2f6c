package dev.faultline.recorder.run;

import dev.faultline.recorder.memory.VmMemory;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The counters of one thread, and in which operation it is. Virtual threads of one role share some, without operations
 * and with counts that are too low when two of them count at the same moment.
 */
public final class ThreadCounters {

    /** In place of a family: that of threads that share counters and have no operation. */
    private static final int NO_FAMILY = Integer.MIN_VALUE;

    private static final int VIRTUAL_SHARES = 16;
    /** A power of two. */
    private static final int SLOTS = 1024;

    private static final ThreadLocal<ThreadCounters> OF_THREAD = new ThreadLocal<>();
    private static final Queue<ThreadCounters> ALL = new ConcurrentLinkedQueue<>();
    private static final Map<String, ThreadCounters> OF_VIRTUAL = new ConcurrentHashMap<>();
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final Method IS_VIRTUAL = isVirtual();
    private static final VarHandle THREAD_NUMBER = VmMemory.threadNumber();
    /**
     * Threads by their number, and their counters: what is found here needs no look into a {@link ThreadLocal}. Only
     * the thread itself ever finds a slot of its own, which it has filled, so that reading takes no lock.
     */
    private static final Thread[] THREADS = new Thread[SLOTS];

    private static final ThreadCounters[] OF_SLOT = new ThreadCounters[SLOTS];
    private static boolean isClosed;

    final int number;
    final boolean isShared;
    private final WeakReference<Thread> thread;
    private volatile String role;

    /** The first counter of each place. */
    AccessCounter[] bySite = new AccessCounter[64];

    /** Keeps other objects off the line of what each call of a method writes. */
    long before1;

    long before2;
    long before3;
    long before4;
    long before5;
    long before6;
    long before7;

    /**
     * The operation that the thread is in: in the lower half the method by which it came into a class family, 0 for
     * none, in the upper half the family.
     */
    long operation;

    /** Keeps other objects off the line of what each call of a method writes. */
    long after1;

    long after2;
    long after3;
    long after4;
    long after5;
    long after6;
    long after7;

    /** How often it touched its own class inside a constructor or an initialiser. */
    long constructing;

    /** What it reaches by calls: elements of arrays and memory off the heap. */
    final ThreadPlaces places = new ThreadPlaces();

    private ThreadCounters(Thread thread, String role, boolean isShared) {
        number = NUMBERS.incrementAndGet();
        this.thread = new WeakReference<>(isShared ? null : thread);
        this.role = role;
        this.isShared = isShared;
        operation = isShared ? (long) NO_FAMILY << Integer.SIZE : 0;
    }

    private static Method isVirtual() {
        try {
            return Thread.class.getMethod("isVirtual");
        } catch (NoSuchMethodException before21) {
            return null;
        }
    }

    private static boolean isVirtual(Thread thread) {
        try {
            return IS_VIRTUAL != null && (Boolean) IS_VIRTUAL.invoke(thread);
        } catch (ReflectiveOperationException impossible) {
            return false;
        }
    }

    static Queue<ThreadCounters> all() {
        return ALL;
    }

    /** {@return those of the thread that asks} */
    static ThreadCounters ofThread() {
        if (THREAD_NUMBER == null) {
            return find();
        }
        Thread thread = Thread.currentThread();
        int slot = (int) (long) THREAD_NUMBER.get(thread) & SLOTS - 1;
        ThreadCounters counters = OF_SLOT[slot];
        return THREADS[slot] == thread && counters != null ? counters : find();
    }

    private static ThreadCounters find() {
        ThreadCounters counters = OF_THREAD.get();
        return counters != null ? counters : make();
    }

    private static ThreadCounters make() {
        Thread thread = Thread.currentThread();
        String role = RoleNames.of(thread.getName());
        ThreadCounters counters;
        if (isVirtual(thread)) {
            String key = role + "#" + Math.floorMod(System.identityHashCode(thread), VIRTUAL_SHARES);
            counters = OF_VIRTUAL.get(key);
            if (counters == null) {
                counters = new ThreadCounters(thread, role, true);
                ThreadCounters other = OF_VIRTUAL.putIfAbsent(key, counters);
                if (other == null) {
                    ALL.add(counters);
                } else {
                    counters = other;
                }
            }
        } else {
            counters = new ThreadCounters(thread, role, false);
            ALL.add(counters);
            takeSlot(thread, counters);
        }
        OF_THREAD.set(counters);
        return counters;
    }

    /** Where threads that run at a time have one slot, the first one has it. */
    private static void takeSlot(Thread thread, ThreadCounters counters) {
        if (THREAD_NUMBER == null) {
            return;
        }
        int slot = (int) (long) THREAD_NUMBER.get(thread) & SLOTS - 1;
        synchronized (THREADS) {
            if (!isClosed && (THREADS[slot] == null || THREADS[slot].getState() == Thread.State.TERMINATED)) {
                OF_SLOT[slot] = counters;
                THREADS[slot] = thread;
            }
        }
    }

    /** Lets go of threads that are over; of all of them when the recording ends. */
    static void freeSlots(boolean all) {
        synchronized (THREADS) {
            isClosed |= all;
            for (int i = 0; i < SLOTS; i++) {
                if (THREADS[i] != null && (all || THREADS[i].getState() == Thread.State.TERMINATED)) {
                    THREADS[i] = null;
                    OF_SLOT[i] = null;
                }
            }
        }
    }

    /** {@return the role: the thread's name, as it was last seen, with its digits folded} */
    String role() {
        Thread alive = thread.get();
        if (alive != null) {
            role = RoleNames.of(alive.getName());
        }
        return role;
    }

    /** {@return whether nothing will be counted any more} */
    boolean isOver() {
        Thread alive = thread.get();
        return !isShared && (alive == null || alive.getState() == Thread.State.TERMINATED);
    }

    /**
     * {@return the operation, as {@link #operation} has it, of a method that begins} The first method of a class family
     * on the stack is the operation; but below a method that only says that a thread begins, such as {@code run}, it is
     * the next one.
     *
     * @param method the number of the method
     */
    long operationOf(int method) {
        int family = CodePlaces.family(method);
        long now = operation;
        int current = (int) (now >>> Integer.SIZE);
        if (current == family
                || current == NO_FAMILY
                || current == -family && family < 0
                || family == CodePlaces.OF_ANY_FAMILY) {
            return now;
        }
        return (long) family << Integer.SIZE | method;
    }

    /** {@return the number of the operation of what happens at a place now} */
    int operationAt(int site) {
        return (int) operationOf(CodePlaces.site(site).method);
    }

    AccessCounter first(int site) {
        return site < bySite.length ? bySite[site] : null;
    }

    /** Puts a counter first at its place. */
    void put(AccessCounter counter) {
        if (counter.site >= bySite.length) {
            bySite = Arrays.copyOf(bySite, Math.max(counter.site + 1, bySite.length * 2));
        }
        bySite[counter.site] = counter;
    }
}

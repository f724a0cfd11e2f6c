package dev.faultline.recorder.run;

import dev.faultline.recorder.memory.CounterMemory;
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
import java.util.concurrent.locks.LockSupport;

/**
 * The counters of one thread, and in which operation it is. Virtual threads of one role share some, without operations
 * and with counts that are too low when two of them count at the same moment.
 */
public final class ThreadCounters {

    /** In place of a family: that of threads that share counters and have no operation. */
    private static final int NO_FAMILY = Integer.MIN_VALUE;

    private static final int VIRTUAL_SHARES = 16;
    private static final int REFERENCE_BYTES = 8;
    /** A power of two. */
    private static final int SLOTS = 1 << 16;
    /**
     * How far the keys of threads whose numbers follow each other are apart: more than there are methods, and in the
     * lower half the golden ratio of all slots.
     */
    private static final long KEYS_A_THREAD = 0x1E379E37;

    static final long NO_KEY = -1;

    private static final ThreadLocal<ThreadCounters> OF_THREAD = new ThreadLocal<>();
    private static final Queue<ThreadCounters> ALL = new ConcurrentLinkedQueue<>();
    private static final Map<String, ThreadCounters> OF_VIRTUAL = new ConcurrentHashMap<>();
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final Method IS_VIRTUAL = isVirtual();
    private static final VarHandle THREAD_NUMBER = VmMemory.threadNumber();
    /**
     * Counters of methods by the number of the thread and that of the method: what is found here needs no look into a
     * {@link ThreadLocal}. A thread writes only what is its own, and takes only that, so that reading takes no lock.
     */
    private static final MethodCounters[] OF_SLOT = new MethodCounters[SLOTS];

    /** What methods get whose counters cannot be made. */
    private static final MethodCounters SPARE = MethodCounters.spare(new ThreadCounters(null, "", true));

    /** After how many new threads those that are over are to be let go, at the latest. A power of two. */
    private static final int NEW_THREADS = 128;

    private static final AtomicInteger SHARING = new AtomicInteger();

    private static volatile boolean isClosed;
    private static volatile boolean areManyNew;
    private static volatile Thread writer;

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
    final Queue<SitePlaces> places = new ConcurrentLinkedQueue<>();

    /** How many accesses were of memory that no recorded class is known to have allocated. */
    long unknown;

    /** About how many bytes its counters take. */
    private long bytes;

    /** The counters of methods, at places that follow from what they are of; replaced as a whole when it grows. */
    private volatile MethodCounters[] ofMethods = new MethodCounters[64];

    private int methods;

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
        ThreadCounters counters = OF_THREAD.get();
        return counters != null ? counters : make();
    }

    /** {@return those of a method that has no object, or one whose class is known} */
    static MethodCounters ofMethod(int method) {
        if (THREAD_NUMBER == null) {
            return ofThread().known(method, null);
        }
        long key = key(Thread.currentThread(), method);
        MethodCounters of = OF_SLOT[(int) key & SLOTS - 1];
        if (of == null || of.key != key) {
            return find(key, method, null);
        }
        long operation = of.counters.operation;
        if (of.before == operation) {
            return of;
        }
        MethodCounters other = of.otherFound;
        return other != null && other.before == operation ? other : findOther(of, null);
    }

    /**
     * {@return those of a method of an object} Compiled code compares a class that is a constant in one instruction.
     *
     * @param self the object
     * @param declaring the class that declares the method, which most of the objects are of; null when none is
     * @param method the number of the method
     */
    static MethodCounters ofMethod(Object self, Class<?> declaring, int method) {
        if (THREAD_NUMBER == null) {
            return ofThread().known(method, self.getClass());
        }
        long key = key(Thread.currentThread(), method);
        MethodCounters of = OF_SLOT[(int) key & SLOTS - 1];
        if (of == null || of.key != key) {
            return find(key, method, self.getClass());
        }
        Class<?> type = self.getClass() == declaring ? declaring : self.getClass();
        long operation = of.counters.operation;
        if (of.before == operation && of.self == type) {
            return of;
        }
        MethodCounters other = of.otherFound;
        return other != null && other.before == operation && other.self == type ? other : findOther(of, type);
    }

    /** {@return those of a method whose counters cannot be made, as for want of memory} */
    static MethodCounters spare() {
        Recorder.failed();
        return SPARE;
    }

    private static long key(Thread thread, int method) {
        return (long) THREAD_NUMBER.get(thread) * KEYS_A_THREAD + method;
    }

    /** {@return those of a method} Too long for the compiler to put it in place where it is called now and then. */
    private static MethodCounters find(long key, int method, Class<?> self) {
        ThreadCounters counters = ofThread();
        MethodCounters[] all = counters.ofMethods;
        MethodCounters found = all[place(all, method, counters.operation, self)];
        if (found == null) {
            found = counters.add(method, self);
        }
        if (!counters.isShared && !isClosed) {
            OF_SLOT[(int) key & SLOTS - 1] = found;
        }
        return found;
    }

    /** {@return those of the method of others, but of another operation or class} The others are found first again. */
    private static MethodCounters findOther(MethodCounters others, Class<?> self) {
        ThreadCounters counters = others.counters;
        MethodCounters[] all = counters.ofMethods;
        MethodCounters found = all[place(all, others.method, counters.operation, self)];
        if (found == null) {
            found = counters.add(others.method, self);
        }
        others.otherFound = found;
        return found;
    }

    private MethodCounters known(int method, Class<?> self) {
        MethodCounters[] all = ofMethods;
        MethodCounters found = all[place(all, method, operation, self)];
        return found != null ? found : add(method, self);
    }

    private synchronized MethodCounters add(int method, Class<?> self) {
        MethodCounters[] to = ofMethods;
        int at = place(to, method, operation, self);
        if (to[at] != null) {
            return to[at];
        }
        if (CounterMemory.isUsedUp()) {
            return spare();
        }
        long key = isShared || THREAD_NUMBER == null ? NO_KEY : key(Thread.currentThread(), method);
        MethodCounters made = new MethodCounters(this, key, method, self);
        take(MethodCounters.BYTES + (long) REFERENCE_BYTES * made.sites.length);
        if (2 * (methods + 1) > to.length) {
            to = new MethodCounters[2 * to.length];
            for (MethodCounters one : ofMethods) {
                if (one != null) {
                    to[place(to, one.method, one.before, one.self)] = one;
                }
            }
            at = place(to, method, operation, self);
        }
        to[at] = made;
        methods++;
        ofMethods = to;
        return made;
    }

    private static int place(MethodCounters[] table, int method, long operation, Class<?> self) {
        int hash = 31 * (31 * method + Long.hashCode(operation)) + System.identityHashCode(self);
        int at = hash * 0x9E3779B1 >>> 1 & table.length - 1;
        while (table[at] != null
                && (table[at].method != method || table[at].before != operation || table[at].self != self)) {
            at = at + 1 & table.length - 1;
        }
        return at;
    }

    /** {@return the counters of all methods, with gaps that are null} */
    MethodCounters[] ofMethods() {
        return ofMethods;
    }

    private static ThreadCounters make() {
        Thread thread = Thread.currentThread();
        String role = RoleNames.of(thread.getName());
        ThreadCounters counters;
        boolean isScarce = CounterMemory.isScarce();
        if (isScarce || isVirtual(thread)) {
            SHARING.addAndGet(isScarce ? 1 : 0);
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
            letOthersGo(counters.number);
        }
        OF_THREAD.set(counters);
        return counters;
    }

    /** Sees to it that counters of threads that are over do not take too much memory. */
    private static void letOthersGo(int number) {
        CounterMemory.bound();
        if ((number & NEW_THREADS - 1) == 0 || CounterMemory.isMuch()) {
            areManyNew = true;
            LockSupport.unpark(writer);
        }
    }

    /** Notes that its counters take some more bytes. */
    void take(long more) {
        bytes += more;
        CounterMemory.take(more);
    }

    /** Notes that they take none any more, and that its methods are not found any more. */
    void letGo() {
        CounterMemory.take(-bytes);
        for (MethodCounters one : ofMethods) {
            if (one != null && OF_SLOT[(int) one.key & SLOTS - 1] == one) {
                OF_SLOT[(int) one.key & SLOTS - 1] = null; // another thread's may be lost, and is found again
            }
        }
    }

    /** {@return how many threads share counters for want of memory} */
    static int sharing() {
        return SHARING.get();
    }

    /** Notes which thread is to be woken when many threads have begun. */
    static void setWriter(Thread woken) {
        writer = woken;
    }

    /** {@return whether many threads have begun since this was asked last} */
    static boolean takeManyNew() {
        boolean many = areManyNew;
        areManyNew = false;
        return many;
    }

    /** Lets go of the counters of all threads, when the recording ends. */
    static void close() {
        isClosed = true;
        Arrays.fill(OF_SLOT, null);
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

    AccessCounter first(int site) {
        return site < bySite.length ? bySite[site] : null;
    }

    /** Puts a counter first at its place. */
    void put(AccessCounter counter) {
        if (counter.site >= bySite.length) {
            bySite = Arrays.copyOf(bySite, Math.max(counter.site + 1, bySite.length * 2));
        }
        bySite[counter.site] = counter;
        take(AccessCounter.BYTES);
    }
}

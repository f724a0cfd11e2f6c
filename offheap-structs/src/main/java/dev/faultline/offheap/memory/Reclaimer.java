package dev.faultline.offheap.memory;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import net.openhft.chronicle.bytes.BytesStore;

/**
 * Gives the memory of closed blocks back once no thread can be inside an access to it. Without that, a thread that has
 * read an
 * address would go on to use it after another thread has closed the block, and the VM would crash.
 *
 * <p><b>How it knows.</b> Every access asks the block for its address first, and a closed block has none, so that an
 * access
 * that begins later throws. An access that has begun shows in the stack of its thread, as a frame of one of the {@link
 * #ACCESSORS}. So a look at the stacks of all threads, which the VM stops for it, says who may still use the address;
 * a thread
 * that is seen without such a frame once cannot. This is a grace period as RCU has it, with stack traces for quiescent
 * states:
 * an access pays nothing.
 *
 * <p><b>What it asks of the accessors.</b> Between two points at which the VM can stop a thread, no address may be
 * kept outside
 * the frame of an accessor. A compiler may move a plain or a volatile read of a field out of a loop, across such a
 * point, when
 * nothing in the loop touches memory. It moves no read in opaque mode, nor anything across it; so {@link Block#address} reads
 * in opaque mode, at every access. What was read from memory is safe: whatever a thread still needs of it at such a
 * point has
 * been read by then, because an interpreter might have to go on from there.
 *
 * <p><b>Virtual threads</b> are in no list of stacks. A carrier that has one mounted says so in its own stack, and
 * counts as
 * inside an access until it is seen without. So a virtual thread that never unmounts, because it computes or is
 * pinned, keeps
 * memory closed meanwhile from being given back.
 *
 * <p><b>Threads that no list shows.</b> Where the VM is told to run virtual threads without continuations, or
 * listeners of the
 * garbage collector on a thread it hides, memory is never given back: {@link #SEES_ALL_THREADS}.
 *
 * <p>One daemon thread looks at the stacks, at most once in {@value #INTERVAL_MILLIS} ms, while there is anything to
 * give
 * back, and ends when there is not. A look takes as long as a thread dump. Addresses that {@link RawMemory} gave away are not
 * protected.
 */
final class Reclaimer {

    /** Whose frames say that a thread may be using an address. */
    private static final Set<String> ACCESSORS = Set.of(
            OffHeapInt.class.getName(),
            OffHeapInts.class.getName(),
            OffHeapLong.class.getName(),
            OffHeapLongs.class.getName(),
            NumberField.class.getName(),
            BytesField.class.getName());

    /** Whose frames say that a carrier has a virtual thread mounted, whose own frames are not to be seen. */
    private static final String CONTINUATION = "jdk.internal.vm.Continuation";

    /** Options of the VM that, when off, have threads of Java run that no list of stacks shows. */
    private static final List<String> LISTING_OPTIONS = List.of("VMContinuations", "UseNotificationThread");

    private static final boolean SEES_ALL_THREADS = LISTING_OPTIONS.stream().noneMatch(Reclaimer::isOff);

    private static final long INTERVAL_MILLIS = 10;
    private static final long LONGEST_INTERVAL_MILLIS = 200;
    private static final long IDLE_MILLIS = 1000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Whoever allocates looks first when as much is waiting: memory must not pile up faster than it is given back. */
    private static final long MOST_PENDING_BYTES = 64L << 20;

    private static final Object QUEUE = new Object();
    private static final Object LOOKING = new Object();
    private static final AtomicLong PENDING_BYTES = new AtomicLong();
    private static Block retired; // the newest, and by retiredBefore all others; guarded by QUEUE
    private static boolean running; // guarded by QUEUE
    private static List<Batch> batches = new ArrayList<>(); // guarded by LOOKING
    private static volatile long nextLookNanos =
            System.nanoTime(); // for who allocates, after a look that left something

    private Reclaimer() {}

    /** Blocks that were closed before one look, and the threads that have been inside an access at each look since. */
    private record Batch(Block newest, Set<Long> inside) {}

    private static boolean isOff(String option) {
        try {
            return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .getVMOption(option)
                    .getValue()
                    .equals("false");
        } catch (RuntimeException | LinkageError unknown) {
            return false; // a VM without the option does not do what it switches
        }
    }

    /** {@return bytes of memory that were retired and are not given back yet} */
    static long pendingBytes() {
        return PENDING_BYTES.get();
    }

    /** Allocates memory; gives back what can be before it takes much more, or when there is none. */
    static BytesStore<?, Void> allocate(long byteSize) {
        if (PENDING_BYTES.get() + byteSize > MOST_PENDING_BYTES && System.nanoTime() - nextLookNanos >= 0) {
            look();
        }
        try {
            return BytesStore.nativeStoreWithFixedCapacity(byteSize);
        } catch (OutOfMemoryError none) {
            look();
            return BytesStore.nativeStoreWithFixedCapacity(byteSize);
        }
    }

    /**
     * Gives a block's memory back when nobody can use it any more; it has no address for accesses that begin from now
     * on.
     */
    static void retire(Block block) {
        PENDING_BYTES.addAndGet(block.storeBytes());
        synchronized (QUEUE) {
            block.retiredBefore = retired;
            retired = block;
            if (running || !SEES_ALL_THREADS) {
                return;
            }
            running = true;
        }
        try {
            Thread thread = new Thread(null, Reclaimer::run, "faultline-reclaimer", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            thread.start();
        } catch (OutOfMemoryError noThread) {
            synchronized (QUEUE) {
                running = false; // the next one that closes tries again
            }
        }
    }

    private static void run() {
        long interval = INTERVAL_MILLIS;
        long idleSince = System.nanoTime();
        while (true) {
            sleep(interval);
            if (PENDING_BYTES.get() > 0) {
                interval = lookOrGiveUp() ? INTERVAL_MILLIS : Math.min(2 * interval, LONGEST_INTERVAL_MILLIS);
                idleSince = System.nanoTime();
            } else if (System.nanoTime() - idleSince > IDLE_MILLIS * NANOS_PER_MILLI) {
                synchronized (QUEUE) {
                    if (PENDING_BYTES.get() == 0) {
                        running = false;
                        return;
                    }
                }
            }
        }
    }

    /** A look that fails, for want of heap for the stacks, is made again later. */
    private static boolean lookOrGiveUp() {
        try {
            return look();
        } catch (OutOfMemoryError | StackOverflowError later) {
            return false;
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException ignored) {
            // an interrupt has no meaning for this thread; it only looks earlier
        }
    }

    /** Looks once where all threads are, and gives back what no thread can use. Returns whether nothing is left. */
    static boolean look() {
        if (!SEES_ALL_THREADS) {
            return false;
        }
        synchronized (LOOKING) {
            Block newest;
            synchronized (QUEUE) {
                newest = retired;
            }
            if (newest == null && batches.isEmpty()) {
                return true;
            }
            Set<Long> inside = inside(ManagementFactory.getThreadMXBean().dumpAllThreads(false, false));
            List<Batch> left = new ArrayList<>();
            List<Block> free = new ArrayList<>();
            sort(inside, left, free);
            Block older = null;
            if (newest != null && inside.isEmpty()) {
                free.add(newest);
            } else if (newest != null) {
                int last = left.size() - 1;
                if (last >= 0
                        && left.get(last).inside().equals(inside)) { // else a busy thread would make ever more of them
                    older = left.remove(last).newest();
                }
                left.add(new Batch(newest, inside));
            }
            // from here on nothing is allocated: a look that ends before has changed nothing
            take(newest, older);
            batches = left;
            for (Block one : free) {
                release(one);
            }
            nextLookNanos = System.nanoTime() + (left.isEmpty() ? 0 : INTERVAL_MILLIS * NANOS_PER_MILLI);
            return left.isEmpty();
        }
    }

    /** Tells batches that a thread is still inside of from those that can be given back. */
    private static void sort(Set<Long> inside, List<Batch> left, List<Block> free) {
        for (Batch batch : batches) {
            Set<Long> still = new HashSet<>(batch.inside());
            still.retainAll(inside);
            if (still.isEmpty()) {
                free.add(batch.newest());
            } else {
                left.add(new Batch(batch.newest(), still));
            }
        }
    }

    /** Takes a batch out of the queue, and puts an older one behind it. */
    private static void take(Block newest, Block older) {
        if (newest == null) {
            return;
        }
        takeFromQueue(newest);
        Block oldest = newest;
        while (oldest.retiredBefore != null) {
            oldest = oldest.retiredBefore;
        }
        oldest.retiredBefore = older;
    }

    /** Cuts the queue where a batch begins. */
    private static void takeFromQueue(Block newest) {
        synchronized (QUEUE) {
            if (retired == newest) {
                retired = null;
                return;
            }
            Block later = retired;
            while (later.retiredBefore != newest) {
                later = later.retiredBefore;
            }
            later.retiredBefore = null;
        }
    }

    private static void release(Block newest) {
        for (Block one = newest; one != null; ) {
            Block before = one.retiredBefore;
            one.retiredBefore = null;
            long byteSize = one.storeBytes();
            one.releaseStore();
            PENDING_BYTES.addAndGet(-byteSize);
            one = before;
        }
    }

    /**
     * {@return the numbers of threads that may be inside an access; threads are told apart by number, as the VM gives
     * it}
     */
    private static Set<Long> inside(ThreadInfo[] threads) {
        Set<Long> inside = new HashSet<>();
        for (ThreadInfo thread : threads) {
            if (thread != null && isInside(thread.getStackTrace())) {
                inside.add(thread.getThreadId());
            }
        }
        return inside;
    }

    /** {@return whether a stack is that of a thread inside an access, or that of a carrier that may hide one} */
    static boolean isInside(StackTraceElement[] frames) {
        for (StackTraceElement frame : frames) {
            String name = frame.getClassName();
            if (ACCESSORS.contains(name) || name.equals(CONTINUATION)) {
                return true;
            }
        }
        return false;
    }
}

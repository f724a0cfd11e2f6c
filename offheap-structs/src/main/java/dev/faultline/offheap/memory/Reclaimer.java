package dev.faultline.offheap.memory;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.BytesStore;

/**
 * Frees the memory of closed blocks once no thread can be inside an access to it. Otherwise a thread that has read an
 * address could use it after another thread has closed the block, and the VM would crash.
 *
 * <p><b>How it works.</b> Every access, or every call of a {@link Window}'s user, first asks for the address, and a
 * closed block throws, so no new one can begin. One that has begun shows in its thread's stack as a frame of one of the
 * {@link #ACCESSORS}. The VM stops all threads to list their stacks; a thread that is once seen without such a frame
 * cannot use the address any more. This is a grace period as in RCU, with stack traces as quiescent states. An access
 * pays nothing for it.
 *
 * <p><b>What accessors must do.</b> Between two points at which the VM can stop a thread, an address must only be kept
 * in the frame of an accessor. When a loop touches no memory, a compiler may move a plain or volatile read of a field
 * out of the loop, across such a point. It does not move a read in opaque mode, nor anything across it; therefore
 * {@link Block#address}, {@link Window#open} and every {@link Block.Holder} read in opaque mode. Values read from memory
 * are safe: at a point where a thread can be stopped, the values it still needs have been read, because an interpreter
 * might have to continue from there.
 *
 * <p><b>Virtual threads</b> are in no list of stacks. A carrier that has one mounted shows this in its own stack, and
 * counts as inside an access until it is seen without. So while a virtual thread computes without unmounting, or is
 * pinned, memory closed in the meantime is not freed.
 *
 * <p><b>Threads that no list shows.</b> Where VM options run virtual threads without continuations, or run listeners of
 * the garbage collector on a hidden thread, memory is never freed: {@link #SEES_ALL_THREADS}.
 *
 * <p>One daemon thread lists the stacks, at most once in {@value #INTERVAL_MILLIS} ms and only while there is memory to
 * free, and ends when there is none. Listing takes as long as a thread dump. Addresses returned by {@link RawMemory}
 * are not protected.
 */
final class Reclaimer {

    /** Classes whose frames show that a thread may be using an address; a class is added before it gets one. */
    private static final Set<String> ACCESSORS = ConcurrentHashMap.newKeySet();

    static {
        Stream.of(
                        OffHeapInt.class,
                        OffHeapInts.class,
                        OffHeapLong.class,
                        OffHeapLongs.class,
                        OffHeapLongStack.class,
                        OffHeapKeyedSlots.class,
                        NumberField.class,
                        BytesField.class)
                .forEach(Reclaimer::keepFor);
    }

    /**
     * The class whose frame shows that a carrier has a virtual thread mounted; that thread's own frames are not listed.
     */
    private static final String CONTINUATION = "jdk.internal.vm.Continuation";

    /** VM options that, when off, make Java code run on threads that no list of stacks shows. */
    private static final List<String> LISTING_OPTIONS = List.of("VMContinuations", "UseNotificationThread");

    private static final boolean SEES_ALL_THREADS = LISTING_OPTIONS.stream().noneMatch(Reclaimer::isOff);

    private static final long INTERVAL_MILLIS = 10;
    private static final long LONGEST_INTERVAL_MILLIS = 200;
    private static final long IDLE_MILLIS = 1000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /**
     * With more bytes than this pending, an allocation tries to free them first, so that they cannot grow without
     * limit.
     */
    private static final long MOST_PENDING_BYTES = 64L << 20;

    private static final Object QUEUE = new Object();
    private static final Object LOOKING = new Object();
    private static final AtomicLong PENDING_BYTES = new AtomicLong();
    private static Block retired; // the newest; retiredBefore leads to the others; guarded by QUEUE
    private static boolean running; // guarded by QUEUE
    private static List<Batch> batches = new ArrayList<>(); // guarded by LOOKING
    private static volatile long nextLookNanos = System.nanoTime(); // when an allocation may list the stacks again

    private Reclaimer() {}

    /** Blocks closed before one listing, and the threads that were inside an access at each listing since. */
    private record Batch(Block newest, Set<Long> inside) {}

    private static boolean isOff(String option) {
        try {
            return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .getVMOption(option)
                    .getValue()
                    .equals("false");
        } catch (RuntimeException | LinkageError unknown) {
            return false; // a VM without the option lists all threads
        }
    }

    /** Keeps memory while a stack has a frame of a class, from now on. */
    static void keepFor(Class<?> accessor) {
        ACCESSORS.add(accessor.getName());
    }

    /** {@return bytes of retired blocks that are not freed yet} */
    static long pendingBytes() {
        return PENDING_BYTES.get();
    }

    /** Allocates memory. Frees retired blocks first when many bytes are pending or the system has no memory left. */
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

    /** Queues a block to be freed; the block must not give out its address any more. */
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
                running = false; // the next close tries again
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

    /** Runs {@link #look}; returns false when the heap or stack is too small to list the stacks now. */
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
            // an interrupt only makes this thread look earlier
        }
    }

    /**
     * Lists the stacks of all threads once and frees the blocks that no thread can use. Returns whether none is left.
     */
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
                if (last >= 0 && left.get(last).inside().equals(inside)) { // merge, or batches pile up while it is busy
                    older = left.remove(last).newest();
                }
                left.add(new Batch(newest, inside));
            }
            // nothing is allocated from here on: if an allocation above fails, nothing has been changed
            take(newest, older);
            batches = left;
            for (Block one : free) {
                release(one);
            }
            nextLookNanos = System.nanoTime() + (left.isEmpty() ? 0 : INTERVAL_MILLIS * NANOS_PER_MILLI);
            return left.isEmpty();
        }
    }

    /** Separates the batches that a thread is still inside from those that can be freed. */
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

    /** Takes a batch out of the queue and appends an older batch to it. */
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

    /** {@return the identifiers of the threads that may be inside an access} */
    private static Set<Long> inside(ThreadInfo[] threads) {
        Set<Long> inside = new HashSet<>();
        for (ThreadInfo thread : threads) {
            if (thread != null && isInside(thread.getStackTrace())) {
                inside.add(thread.getThreadId());
            }
        }
        return inside;
    }

    /** {@return whether a stack has an accessor's frame, or belongs to a carrier with a virtual thread mounted} */
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

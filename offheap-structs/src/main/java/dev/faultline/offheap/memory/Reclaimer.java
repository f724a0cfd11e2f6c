package dev.faultline.offheap.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import net.openhft.chronicle.bytes.BytesStore;

/**
 * Gives the memory of closed blocks back once no thread can be inside an access to it. Without that, a thread that has read an
 * address would go on to use it after another thread has closed the block, and the VM would crash.
 *
 * <p><b>How it knows.</b> A closed block first takes its address away from every word, so that an access that begins later
 * throws. An access that has begun shows in the stack of its thread, as a frame of one of the {@link #ACCESSORS}. So a look at
 * the stacks of all threads, which the VM stops for it, says who may still use the address; a thread that is seen without such
 * a frame once cannot. This is a grace period as RCU has it, with stack traces for quiescent states: an access pays nothing.
 *
 * <p><b>What it asks of the accessors.</b> Between two points at which the VM can stop a thread, no address may be kept outside
 * the frame of an accessor. A compiler may move a plain or a volatile read of a field out of a loop, across such a point, when
 * nothing in the loop touches memory. It moves no read in opaque mode, nor anything across it; so addresses are read through
 * {@link #address}, in opaque mode, at every access. What was read from memory is safe: whatever a thread still needs of it at
 * such a point has been read by then, because an interpreter might have to go on from there.
 *
 * <p><b>Virtual threads</b> are in no list of stacks. A carrier that has one mounted says so in its own stack, and counts as
 * inside an access until it is seen without. So a virtual thread that never waits keeps memory closed meanwhile from being
 * given back.
 *
 * <p>One daemon thread looks at the stacks, at most once in {@value #INTERVAL_MILLIS} ms, while there is anything to give
 * back, and ends when there is not. Addresses that {@link RawMemory} gave away are not protected.
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

    private static final long INTERVAL_MILLIS = 10;
    private static final long LONGEST_INTERVAL_MILLIS = 200;
    private static final long IDLE_MILLIS = 1000;

    /** Whoever allocates looks first when as much is waiting: memory must not pile up faster than it is given back. */
    private static final long MOST_PENDING_BYTES = 64L << 20;

    private static final Object QUEUE = new Object();
    private static final Object LOOKING = new Object();
    private static final AtomicLong PENDING_BYTES = new AtomicLong();
    private static List<BytesStore<?, Void>> retired = new ArrayList<>(); // guarded by QUEUE
    private static boolean running; // guarded by QUEUE
    private static List<Batch> batches = new ArrayList<>(); // guarded by LOOKING

    private Reclaimer() {}

    /** What was closed before one look, and the threads that have been inside an access at each look since. */
    private record Batch(List<BytesStore<?, Void>> memory, Set<Thread> inside) {}

    /** {@return how the field {@code address} of a class is to be read and written} */
    static VarHandle address(MethodHandles.Lookup owner) {
        try {
            return owner.findVarHandle(owner.lookupClass(), "address", long.class);
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** {@return bytes of memory that were retired and are not given back yet} */
    static long pendingBytes() {
        return PENDING_BYTES.get();
    }

    /** Allocates memory; gives back what can be before it takes much more, or when there is none. */
    static BytesStore<?, Void> allocate(long byteSize) {
        if (PENDING_BYTES.get() + byteSize > MOST_PENDING_BYTES) {
            look();
        }
        try {
            return BytesStore.nativeStoreWithFixedCapacity(byteSize);
        } catch (OutOfMemoryError none) {
            look();
            return BytesStore.nativeStoreWithFixedCapacity(byteSize);
        }
    }

    /** Gives memory back when nobody can use it any more; its address is out of reach for accesses that begin from now on. */
    static void retire(BytesStore<?, Void> memory) {
        PENDING_BYTES.addAndGet(memory.capacity());
        synchronized (QUEUE) {
            retired.add(memory);
            if (running) {
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
                running = false; // the next one that closes or allocates looks
            }
            look();
        }
    }

    private static void run() {
        long interval = INTERVAL_MILLIS;
        long idleSince = System.nanoTime();
        while (true) {
            sleep(interval);
            if (PENDING_BYTES.get() > 0) {
                boolean all = look();
                interval = all ? INTERVAL_MILLIS : Math.min(2 * interval, LONGEST_INTERVAL_MILLIS);
                idleSince = System.nanoTime();
            } else if (System.nanoTime() - idleSince > IDLE_MILLIS * 1_000_000) {
                synchronized (QUEUE) {
                    if (PENDING_BYTES.get() == 0) {
                        running = false;
                        return;
                    }
                }
            }
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
        synchronized (LOOKING) {
            List<BytesStore<?, Void>> closed;
            synchronized (QUEUE) {
                closed = retired;
                retired = new ArrayList<>();
            }
            if (closed.isEmpty() && batches.isEmpty()) {
                return true;
            }
            Set<Thread> inside = inside(Thread.getAllStackTraces());
            List<Batch> kept = new ArrayList<>();
            batches.add(new Batch(closed, new HashSet<>(inside)));
            for (Batch batch : batches) {
                batch.inside().retainAll(inside);
                if (batch.inside().isEmpty()) {
                    release(batch.memory());
                } else {
                    kept.add(batch);
                }
            }
            batches = kept;
            return kept.isEmpty();
        }
    }

    private static void release(Collection<BytesStore<?, Void>> memory) {
        for (BytesStore<?, Void> one : memory) {
            long byteSize = one.capacity();
            one.releaseLast();
            PENDING_BYTES.addAndGet(-byteSize);
        }
    }

    private static Set<Thread> inside(Map<Thread, StackTraceElement[]> stacks) {
        Set<Thread> inside = new HashSet<>();
        stacks.forEach((thread, frames) -> {
            if (isInside(frames)) {
                inside.add(thread);
            }
        });
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

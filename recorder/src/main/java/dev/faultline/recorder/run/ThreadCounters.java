package dev.faultline.recorder.run;

import java.lang.ref.WeakReference;
import java.util.Arrays;

/**
 * The counters of one thread, and in which operation it is. Virtual threads of one role share some, without operations
 * and with counts that are too low when two of them count at the same moment.
 */
public final class ThreadCounters {

    /** The smallest number for the same operation as before. */
    static final long SAME_OPERATION = -1;

    final int number;
    final boolean isShared;
    private final WeakReference<Thread> thread;
    private volatile String role;

    /** The first counter of each place. */
    AccessCounter[] bySite = new AccessCounter[64];

    /** The class family that the thread is in, and the method by which it came in; 0 for none. */
    int family;

    int method;

    /** How often it touched its own class inside a constructor or an initialiser. */
    long constructing;

    /** What it reaches by calls: elements of arrays and memory off the heap. */
    final ThreadPlaces places = new ThreadPlaces();

    ThreadCounters(int number, Thread thread, String role, boolean isShared) {
        this.number = number;
        this.thread = new WeakReference<>(isShared ? null : thread);
        this.role = role;
        this.isShared = isShared;
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

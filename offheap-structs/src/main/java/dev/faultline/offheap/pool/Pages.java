package dev.faultline.offheap.pool;

import java.util.Optional;

/** All pages of a slab, and which of them no node has. */
final class Pages {

    private final Page[] all;
    private final int shift;
    private final Page[] free;
    private final SpinLock lock;
    private int freeCount;
    private volatile String corruption;

    Pages(int objects, int perPage, SpinLock lock) {
        this.lock = lock;
        shift = Integer.numberOfTrailingZeros(perPage);
        all = new Page[(objects + perPage - 1) / perPage];
        free = new Page[all.length];
        for (int i = all.length - 1; i >= 0; i--) {
            all[i] = new Page(i * perPage, Math.min(perPage, objects - i * perPage));
            free[freeCount++] = all[i];
        }
    }

    Page of(int index) {
        return all[index >> shift];
    }

    /** {@return a page nobody has, or null; for a node that has its own lock} */
    Page take() {
        lock.lock();
        try {
            return freeCount == 0 ? null : free[--freeCount];
        } finally {
            lock.unlock();
        }
    }

    void put(Page page) {
        lock.lock();
        try {
            free[freeCount++] = page;
        } finally {
            lock.unlock();
        }
    }

    /** {@return how many pages nodes have} */
    int taken() {
        lock.lock();
        try {
            return all.length - freeCount;
        } finally {
            lock.unlock();
        }
    }

    void corrupted(String what) {
        if (corruption == null) {
            corruption = what;
        }
    }

    Optional<String> corruption() {
        return Optional.ofNullable(corruption);
    }

    int inUse() {
        int sum = 0;
        for (Page page : all) {
            sum += page.inUse;
        }
        return sum;
    }

    int lost() {
        int sum = 0;
        for (Page page : all) {
            sum += page.lost;
        }
        return sum;
    }
}

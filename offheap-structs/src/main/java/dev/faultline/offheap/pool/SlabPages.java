package dev.faultline.offheap.pool;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.IntWords;
import java.util.Optional;

/**
 * The pages of a slab. A page is a number of consecutive objects; it belongs to one node while any of them is in use.
 * The data of a page is on a cache line of its own and guarded by its node's lock; pages of no node are guarded by one
 * common lock.
 *
 * <p>Pages and objects are numbered from 0. Where there may be none, the number plus one is stored, and 0 means none.
 */
final class SlabPages {

    /** Bytes of a page's data. */
    static final int LINE = 64;

    /** The first free object plus one, or 0. */
    final IntWords free;

    /** The number of objects that are allocated or held by a cache. */
    final IntWords inUse;

    /** The number of free objects that cannot be reached any more because a link was overwritten. */
    final IntWords lost;

    /** 1 if the page is on its node's list; {@link #next} and {@link #previous} are its neighbours there. */
    final IntWords listed;

    final IntWords next;
    final IntWords previous;

    private final IntWords node;
    private final int objects;
    private final int perPage;
    private final int shift;
    private final SpinLock lock;
    private int spare; // the first page without a node plus one, or 0; guarded by lock
    private int spareCount;
    private volatile String corruption;

    SlabPages(Block block, long byteOffset, int objects, int perPage, SpinLock lock) {
        this.objects = objects;
        this.perPage = perPage;
        this.lock = lock;
        shift = Integer.numberOfTrailingZeros(perPage);
        int count = count(objects, perPage);
        node = block.int32s(byteOffset, count, LINE);
        free = block.int32s(byteOffset + 4, count, LINE);
        inUse = block.int32s(byteOffset + 8, count, LINE);
        lost = block.int32s(byteOffset + 12, count, LINE);
        listed = block.int32s(byteOffset + 16, count, LINE);
        next = block.int32s(byteOffset + 20, count, LINE);
        previous = block.int32s(byteOffset + 24, count, LINE);
        for (int page = count - 1; page >= 0; page--) {
            put(page);
        }
    }

    static int count(int objects, int perPage) {
        return (objects + perPage - 1) / perPage;
    }

    /** {@return the page of an object} */
    int of(int object) {
        return object >> shift;
    }

    /** {@return the node of a page; it does not change while any object of the page is in use} */
    int node(int page) {
        return node.get(page);
    }

    int first(int page) {
        return page << shift;
    }

    int size(int page) {
        return Math.min(perPage, objects - first(page));
    }

    boolean isEmpty(int page) {
        return inUse.get(page) == 0 && lost.get(page) == 0;
    }

    /** {@return a page that had no node, for a node whose lock the caller holds; -1 if none is left} */
    int take(int forNode) {
        lock.lock();
        try {
            int page = spare - 1;
            if (page >= 0) {
                spare = next.get(page);
                spareCount--;
                node.set(page, forNode);
            }
            return page;
        } finally {
            lock.unlock();
        }
    }

    /** Takes back a page that has no node any more. */
    void put(int page) {
        lock.lock();
        try {
            next.set(page, spare);
            spare = page + 1;
            spareCount++;
        } finally {
            lock.unlock();
        }
    }

    /** {@return the number of pages that have a node} */
    int taken() {
        lock.lock();
        try {
            return node.count() - spareCount;
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

    /** {@return the sum over all pages} */
    int sum(IntWords words) {
        int sum = 0;
        for (int page = 0; page < words.count(); page++) {
            sum += words.getVolatile(page);
        }
        return sum;
    }
}

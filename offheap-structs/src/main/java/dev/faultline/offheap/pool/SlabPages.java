package dev.faultline.offheap.pool;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.IntWords;
import java.util.Optional;

/**
 * The pages of a slab: each some objects one after the other, which belong to one node while any of them is in use. What is
 * known of a page is on a line of its own, and guarded by its node's lock; pages that no node has are guarded by a lock of theirs.
 *
 * <p>SlabPages and objects are named by numbers from 0; where there may be none, by one more, so that 0 is none.
 */
final class SlabPages {

    /** Bytes that are known of a page. */
    static final int LINE = 64;

    /** The number (index + 1) of the first free object, or 0. */
    final IntWords free;

    /** Objects that are out, or held by a cache. */
    final IntWords inUse;

    /** Objects that cannot be reached any more because a link was overwritten. */
    final IntWords lost;

    /** Whether the page is on its node's list, and between which. */
    final IntWords listed;

    final IntWords next;
    final IntWords previous;

    private final IntWords node;
    private final int objects;
    private final int perPage;
    private final int shift;
    private final SpinLock lock;
    private int spare; // number of the first page that no node has; guarded by lock, and seldom used
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

    /** {@return the page an object is in} */
    int of(int object) {
        return object >> shift;
    }

    /** {@return the node a page belongs to; it stays the same while any object of the page is in use} */
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

    /** {@return a page that nobody had, for a node that has its own lock; -1 when there is none} */
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

    /** Takes a page in that no node has any more. */
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

    /** {@return how many pages nodes have} */
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

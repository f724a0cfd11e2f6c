package dev.faultline.offheap.pool;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.IntWord;

/** The pages of a node that have free objects. Everything but {@link #lock} is only used under the lock. */
final class Node {

    /**
     * An empty page is kept unless the node has more pages than this with free objects (SLUB's {@code min_partial}).
     */
    private static final int KEPT_PARTIAL = 5;

    final SpinLock lock;

    private final int number;
    private final Slots slots;
    private final SlabPages pages;
    private final IntWord partial;
    private final IntWord partialCount;

    Node(int number, Block block, long byteOffset, Slots slots, SlabPages pages) {
        this.number = number;
        this.slots = slots;
        this.pages = pages;
        lock = new SpinLock(block.int32(byteOffset));
        partialCount = block.int32(byteOffset + 4);
        partial = block.int32(byteOffset + 8);
    }

    /** {@return the handle of an object, which is held from then on, or 0 if no page is left} */
    long takeOne() {
        while (true) {
            int page = partial.get() - 1;
            if (page < 0) {
                page = grow();
                if (page < 0) {
                    return 0;
                }
            }
            int object = pages.free.get(page) - 1;
            boolean sound = isSound(page, object);
            if (sound) {
                pages.free.set(page, slots.acquire(object));
                pages.inUse.set(page, pages.inUse.get(page) + 1);
            }
            if (pages.free.get(page) == 0) {
                unlist(page);
            }
            if (sound) {
                return slots.handle(object);
            }
        }
    }

    /**
     * {@return how many objects were taken, which are held from then on; fewer than {@code count} if no page is left}
     */
    int take(HandleBuffer into, int count) {
        int taken = 0;
        while (taken < count) {
            long handle = takeOne();
            if (handle == 0) {
                break;
            }
            into.set(taken++, handle);
        }
        return taken;
    }

    /** Puts a held object back into its page, which must be one of this node. */
    void give(long handle) {
        int object = slots.index(handle);
        int page = pages.of(object);
        slots.release(object, pages.free.get(page));
        pages.free.set(page, object + 1);
        pages.inUse.set(page, pages.inUse.get(page) - 1);
        if (pages.listed.get(page) == 0) {
            list(page);
        }
        if (pages.isEmpty(page) && partialCount.get() > KEPT_PARTIAL) {
            unlist(page);
            pages.put(page);
        }
    }

    /**
     * Whether the first free object of a page is intact. If its link was overwritten while it was free, all free
     * objects of the page are given up, as in SLUB, since the links behind it cannot be trusted.
     */
    private boolean isSound(int page, int object) {
        if (slots.isFreeWithin(object, pages.first(page), pages.size(page))) {
            return true;
        }
        int given = pages.size(page) - pages.inUse.get(page) - pages.lost.get(page);
        pages.corrupted("object " + object + " was written to while it was free; " + given
                + " free objects of its page are lost");
        pages.lost.set(page, pages.lost.get(page) + given);
        pages.free.set(page, 0);
        return false;
    }

    private int grow() {
        int page = pages.take(number);
        if (page >= 0) {
            slots.thread(pages.first(page), pages.size(page));
            pages.free.set(page, pages.first(page) + 1);
            list(page);
        }
        return page;
    }

    private void list(int page) {
        int first = partial.get();
        pages.listed.set(page, 1);
        pages.previous.set(page, 0);
        pages.next.set(page, first);
        if (first != 0) {
            pages.previous.set(first - 1, page + 1);
        }
        partial.set(page + 1);
        partialCount.set(partialCount.get() + 1);
    }

    private void unlist(int page) {
        int before = pages.previous.get(page);
        int after = pages.next.get(page);
        pages.listed.set(page, 0);
        if (before == 0) {
            partial.set(after);
        } else {
            pages.next.set(before - 1, after);
        }
        if (after != 0) {
            pages.previous.set(after - 1, before);
        }
        partialCount.set(partialCount.get() - 1);
    }
}

package dev.faultline.offheap.pool;

/** The pages of a node that have free objects. Everything but the lock itself is for who has the lock. */
final class Node {

    /** A page that is empty stays unless the node has as many others (SLUB's {@code min_partial}). */
    private static final int KEPT_PARTIAL = 5;

    final SpinLock lock;

    private final int number;
    private final Slots slots;
    private final Pages pages;
    private Page partial;
    private int partialCount;

    Node(int number, SpinLock lock, Slots slots, Pages pages) {
        this.number = number;
        this.lock = lock;
        this.slots = slots;
        this.pages = pages;
    }

    /** {@return how many objects were taken, which are held then; fewer than asked for when no page is to be had} */
    int take(long[] into, int offset, int count) {
        int taken = 0;
        while (taken < count) {
            if (partial == null && !grow()) {
                break;
            }
            Page page = partial;
            while (taken < count && page.free != 0 && sound(page)) {
                int index = page.free - 1;
                page.free = slots.acquire(index);
                page.inUse++;
                into[offset + taken++] = slots.handle(index);
            }
            if (page.free == 0) {
                unlist(page);
            }
        }
        return taken;
    }

    /** Puts an object that is held back into its page, which must be one of this node. */
    void give(long handle) {
        int index = slots.index(handle);
        Page page = pages.of(index);
        slots.release(index, page.free);
        page.free = index + 1;
        page.inUse--;
        if (!page.listed) {
            list(page);
        }
        if (page.isEmpty() && partialCount > KEPT_PARTIAL) {
            unlist(page);
            page.node = -1;
            page.free = 0;
            pages.put(page);
        }
    }

    /**
     * Whether the first free object of a page is one. When somebody wrote to an object that was free, the page's free objects are
     * given up, as SLUB does: nothing behind a broken link can be believed.
     */
    private boolean sound(Page page) {
        if (slots.isFreeWithin(page.free - 1, page.first, page.count)) {
            return true;
        }
        int given = page.count - page.inUse - page.lost;
        pages.corrupted("object " + (page.free - 1) + " was written to while it was free; " + given
                + " free objects of its page are given up");
        page.lost += given;
        page.free = 0;
        return false;
    }

    private boolean grow() {
        Page page = pages.take();
        if (page == null) {
            return false;
        }
        page.node = number;
        slots.thread(page.first, page.count);
        page.free = page.first + 1;
        list(page);
        return true;
    }

    private void list(Page page) {
        page.listed = true;
        page.previous = null;
        page.next = partial;
        if (partial != null) {
            partial.previous = page;
        }
        partial = page;
        partialCount++;
    }

    private void unlist(Page page) {
        page.listed = false;
        if (page.previous == null) {
            partial = page.next;
        } else {
            page.previous.next = page.next;
        }
        if (page.next != null) {
            page.next.previous = page.previous;
        }
        partialCount--;
    }
}

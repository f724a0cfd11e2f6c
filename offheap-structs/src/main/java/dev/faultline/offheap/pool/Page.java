package dev.faultline.offheap.pool;

/** Some objects one after the other, which belong to one node while any of them is in use. Guarded by that node's lock. */
final class Page {

    final int first;
    final int count;

    /** Changes only while no object of the page is in use, so that whoever has one may read it. */
    int node = -1;

    /** The number (index + 1) of the first free object, or 0. */
    int free;

    int inUse;

    /** Objects that cannot be reached any more because a link was overwritten. */
    int lost;

    boolean listed;
    Page next;
    Page previous;

    Page(int first, int count) {
        this.first = first;
        this.count = count;
    }

    boolean isEmpty() {
        return inUse == 0 && lost == 0;
    }
}

package dev.faultline.offheap.memory;

/** What keeps the address of a place in a block, until the block closes. */
interface Bound {

    /** Forgets the address; from then on every access throws. */
    void unbind();
}

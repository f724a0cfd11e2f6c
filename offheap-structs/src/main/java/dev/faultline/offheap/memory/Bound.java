package dev.faultline.offheap.memory;

/** What keeps the address of a place in a block, until the block closes. */
interface Bound {

    /**
     * Sets the address; called under the block's lock, so that a block that closes meanwhile is not overtaken.
     *
     * @param address of the place; 0 when the block closes, and from then on every access throws
     */
    void setAddress(long address);
}

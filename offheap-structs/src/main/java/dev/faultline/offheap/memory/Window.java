package dev.faultline.offheap.memory;

import dev.faultline.api.Internal;

/**
 * A block for code that makes several accesses in one go. {@link #open} returns the block's address, or throws when the
 * block is closed; the accesses take addresses and check nothing. So a call of a structure pays for one check and not
 * for one at each word, and follows no reference between its accesses.
 *
 * <p><b>What its user must do.</b> An address from {@link #open} may only be kept in local variables of one call of a
 * method of the class that the window was made for, and of what that method calls: {@link Reclaimer} does not free the
 * block while a stack shows that class. Code that waits must call {@link #open} again in each turn, so that it ends when
 * the block is closed. Each address must be that of a word of the block, aligned: the VM may crash otherwise.
 */
@Internal
public abstract class Window {

    /** Lets tests replace memory by something else. */
    protected Window() {}

    /**
     * Opens a window on a block.
     *
     * @param block the block
     * @param user the class whose frames keep addresses
     * @return the window
     */
    public static Window on(Block block, Class<?> user) {
        return new OffHeapWindow(block, user);
    }

    /** {@return the address of the first byte; throws {@link IllegalStateException} when the block is closed} */
    public abstract long open();

    /** {@return 32 bits, read plainly} */
    public abstract int getInt(long at);

    /** Writes 32 bits plainly. */
    public abstract void setInt(long at, int value);

    /** {@return 32 bits, read with acquire order: later reads and writes are not moved before it} */
    public abstract int getIntAcquire(long at);

    /** Writes 32 bits with release order: earlier reads and writes are not moved after it. */
    public abstract void setIntRelease(long at, int value);

    /** {@return whether 32 bits were as expected and were replaced, atomically, with the ordering of a volatile access} */
    public abstract boolean compareAndSetInt(long at, int expected, int value);

    /** {@return 64 bits, read plainly} */
    public abstract long getLong(long at);

    /** Writes 64 bits plainly. */
    public abstract void setLong(long at, long value);

    /** Writes consecutive 64-bit words plainly; {@code from} is checked. */
    public abstract void setLongs(long at, long[] from, int offset, int count);

    /** Reads consecutive 64-bit words plainly; {@code to} is checked. */
    public abstract void getLongs(long at, long[] to, int offset, int count);
}

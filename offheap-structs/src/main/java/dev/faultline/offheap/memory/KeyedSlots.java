package dev.faultline.offheap.memory;

import dev.faultline.api.Internal;

/**
 * Slots of equal size in off-heap memory, each with a guard, its last 64-bit word. An access needs a key: its lower
 * half is the number of a slot, from 1, and its upper half must be the upper half of the slot's guard. Otherwise the
 * access throws what the {@link Mismatch} returns.
 *
 * <p>All accesses are plain, as {@link LongWords#get} and {@link LongWords#set}: an access reads the guard first, and
 * does not do both in one atomic step. Each takes constant time, and throws {@link IllegalStateException} when the
 * block is closed.
 */
@Internal
public abstract class KeyedSlots {

    /** Says why a key does not fit. */
    @FunctionalInterface
    public interface Mismatch {

        /**
         * Makes the exception to be thrown.
         *
         * @param key the key
         * @return the exception
         */
        RuntimeException of(long key);
    }

    /** Lets tests replace memory by something else. */
    protected KeyedSlots() {}

    /**
     * The slots at the start of a block.
     *
     * @param block the block
     * @param count number of slots, at least 1
     * @param slotBytes bytes of a slot with its guard, a multiple of 8, at least 8
     * @param words number of words of a slot that {@link #get} and {@link #set} can access, fewer than it has
     * @param mismatch called when a key does not fit
     * @return the slots
     * @throws IndexOutOfBoundsException when they are not all within the block
     * @throws IllegalArgumentException when a number is out of range
     */
    public static KeyedSlots bind(Block block, int count, int slotBytes, int words, Mismatch mismatch) {
        return new OffHeapKeyedSlots(block, count, slotBytes, words, mismatch);
    }

    /**
     * {@return the guard}
     *
     * @param key the slot's key
     */
    public abstract long guard(long key);

    /**
     * Inverts bits of the guard.
     *
     * @param key the slot's key
     * @param bits the bits to invert
     */
    public abstract void invert(long key, long bits);

    /**
     * {@return a word of a slot}
     *
     * @param key the slot's key
     * @param word which word, from 0
     * @throws IndexOutOfBoundsException when there is no such word
     */
    public abstract long get(long key, int word);

    /**
     * Writes a word of a slot.
     *
     * @param key the slot's key
     * @param word which word, from 0
     * @param value the new value
     * @throws IndexOutOfBoundsException when there is no such word
     */
    public abstract void set(long key, int word, long value);
}

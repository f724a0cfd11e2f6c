package dev.faultline.offheap.pool;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.KeyedSlots;
import dev.faultline.offheap.memory.LongWords;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The memory of objects: slots of equal size, one after the other. The last eight bytes of a slot belong to the
 * allocator. They hold the object's state (allocated, held by a cache, or free in its page), a link to the next free
 * object, and a generation, which grows each time the object is handed out. So freeing an object twice is detected; so
 * is, when it is freed, that its owner wrote beyond its end.
 *
 * <p>A handle contains the generation. A handle that was kept after the object was freed is rejected, even when the
 * object is allocated again, unless the object has been handed out exactly a multiple of 65,536 times in between. A
 * handle of another slab is rejected too, unless exactly a multiple of 32,767 slabs were made between the two.
 */
public final class Slots {

    // a handle: 0 (1 bit), generation (16), tag of the slab (15), index plus one (32);
    // a slot's last word: the handle's upper half while the object is allocated, so that one comparison checks all;
    // the same with the highest bit set while a cache holds it; with the tag's bits inverted too while it is free in
    // its page; and below that a link or note (32)
    private static final long UPPER_HALF = -1L << 32;
    private static final long NOT_OUT = Long.MIN_VALUE;
    private static final int GENERATION_SHIFT = 47;
    private static final long ONE_GENERATION = 1L << GENERATION_SHIFT;
    private static final long GENERATION = 0xffffL << GENERATION_SHIFT;
    private static final int MOST_TAGS = 0x7fff;
    private static final long TAG = (long) MOST_TAGS << 32;
    private static final AtomicInteger TAGS = new AtomicInteger();

    /** What is done with an object; says in which state it has to be. */
    private enum State {
        FREE("free in its page"),
        HELD("held"),
        OUT("allocated"),
        OVERWRITTEN("overwritten beyond its end");

        private final String words;

        State(String words) {
            this.words = words;
        }
    }

    private final LongWords words;
    private final KeyedSlots keyed;
    private final Runnable release;
    private final int count;
    private final int slotWords;
    private final int objectBytes;
    private final long tag;

    Slots(Block block, int count, int objectBytes, int slotBytes) {
        this(
                block.int64s(0, count * (slotBytes / Long.BYTES), Long.BYTES),
                mismatch -> KeyedSlots.bind(block, count, slotBytes, objectBytes / Long.BYTES, mismatch),
                count,
                objectBytes,
                block::close);
    }

    /** On given words, and the same words as slots; {@code release} frees them. */
    Slots(
            LongWords words,
            Function<KeyedSlots.Mismatch, KeyedSlots> keyed,
            int count,
            int objectBytes,
            Runnable release) {
        this.words = words;
        this.keyed = keyed.apply(this::unexpected);
        this.count = count;
        this.objectBytes = objectBytes;
        this.release = release;
        this.slotWords = words.count() / count;
        // distinguishes the handles of different slabs
        this.tag = 1L + Integer.remainderUnsigned(TAGS.getAndIncrement(), MOST_TAGS) << 32;
        for (int index = 0; index < count; index++) {
            set(index, NOT_OUT | tag ^ TAG, 0); // a last word of 0 would fit handles without a tag
        }
    }

    /** {@return the bytes of a slot: those of the object and eight more, rounded up to the alignment} */
    static long slotBytes(int objectBytes, int byteAlignment) {
        return ((long) objectBytes + Long.BYTES + byteAlignment - 1) & -byteAlignment;
    }

    /** {@return the number of slots} */
    public int count() {
        return count;
    }

    /** {@return bytes of an object} */
    public int objectBytes() {
        return objectBytes;
    }

    /** {@return bytes from one object to the next} */
    public int slotBytes() {
        return slotWords * Long.BYTES;
    }

    /**
     * {@return all 64-bit words of all slots; an object's owner uses the {@link #objectBytes} from {@link #firstWord}
     * on}
     */
    public LongWords words() {
        return words;
    }

    /**
     * The index in {@link #words} of an object's first word.
     *
     * @param handle the handle of an allocated object
     * @return the index
     * @throws IllegalArgumentException when it is not a handle of these objects
     * @throws IllegalStateException when the object is not allocated, or was allocated again since the handle was
     *     returned
     */
    public int firstWord(long handle) {
        keyed.guard(key(handle));
        return ((int) handle - 1) * slotWords;
    }

    /**
     * Reads a word of an object plainly, as {@link #words} at {@link #firstWord} plus {@code word}; takes less time
     * than these two calls.
     *
     * @param handle the handle of an allocated object
     * @param word which word of the object, from 0; only words that are whole within {@link #objectBytes}
     * @return the word
     * @throws IllegalArgumentException when it is not a handle of these objects
     * @throws IllegalStateException when the object is not allocated, or was allocated again since the handle was
     *     returned
     * @throws IndexOutOfBoundsException when the object has no such word
     */
    public long get(long handle, int word) {
        return keyed.get(key(handle), word);
    }

    /**
     * Writes a word of an object plainly; see {@link #get}.
     *
     * @param handle the handle of an allocated object
     * @param word which word of the object, from 0; only words that are whole within {@link #objectBytes}
     * @param value the new value
     * @throws IllegalArgumentException when it is not a handle of these objects
     * @throws IllegalStateException when the object is not allocated, or was allocated again since the handle was
     *     returned
     * @throws IndexOutOfBoundsException when the object has no such word
     */
    public void set(long handle, int word, long value) {
        keyed.set(key(handle), word, value);
    }

    /** {@return the handle of an object for its present generation} */
    long handle(int index) {
        return tag | words.get(last(index)) & GENERATION | (index + 1);
    }

    int index(long handle) {
        int number = (int) key(handle);
        if (((handle ^ tag) & TAG) != 0 || number < 1 || number > count) {
            throw foreign(handle);
        }
        return number - 1;
    }

    /** {@return the key of an allocated object, which is its handle} A key below zero would fit a held object. */
    private long key(long handle) {
        if (handle < 0) {
            throw foreign(handle);
        }
        return handle;
    }

    private IllegalArgumentException foreign(long handle) {
        return new IllegalArgumentException(
                "0x" + Long.toHexString(handle) + " is no handle of these " + count + " objects");
    }

    /**
     * Hands an object that a cache holds to an owner. Returns the owner's handle, which has a new generation. It is
     * computed from the handle and not from the object's word, so that the processor need not wait for that.
     */
    long handOut(long handle) {
        long next = handle + ONE_GENERATION & Long.MAX_VALUE;
        long held = handle | NOT_OUT;
        keyed.invert(held, held ^ next);
        return next;
    }

    /** Takes an object back from its owner; a cache holds it from then on, by the same handle. */
    void takeBack(long handle) {
        keyed.invert(key(handle), NOT_OUT);
    }

    /** Stores a note about an allocated object; it is 0 at first, and lost when the object is free in its page. */
    void note(long handle, int note) {
        long word = keyed.guard(key(handle));
        set((int) handle - 1, word, note);
    }

    /** {@return the note of an allocated object} */
    int note(long handle) {
        return (int) keyed.guard(key(handle));
    }

    /** Links a held object to another one, in place of its note. */
    void link(long handle, int next) {
        long word = keyed.guard(handle | NOT_OUT);
        set((int) handle - 1, word, next);
    }

    /** {@return the link of a held object, which is allocated from then on, with a new handle and no note} */
    int unlink(int index) {
        long word = expectHeld(index);
        set(index, word + ONE_GENERATION & Long.MAX_VALUE, 0);
        return (int) word;
    }

    /** Frees a held object as the first of its page's free objects; {@code next} is the next one plus one, or 0. */
    void release(int index, int next) {
        set(index, expectHeld(index) ^ TAG, next);
    }

    /** Links the objects of a new page to each other. */
    void thread(int first, int objects) {
        for (int i = 0; i < objects; i++) {
            long generation = words.get(last(first + i)) & GENERATION; // kept, so that earlier handles stay stale
            set(first + i, NOT_OUT | generation | tag ^ TAG, i + 1 < objects ? first + i + 2 : 0);
        }
    }

    /** {@return whether an object is free and its link leads to an object of the same page, or to none} */
    boolean isFreeWithin(int index, int first, int objects) {
        long word = words.get(last(index));
        int next = (int) word;
        return state(word) == State.FREE && (next == 0 || next > first && next <= first + objects);
    }

    /** {@return the next free object plus one, or 0; this object is held from then on} */
    int acquire(int index) {
        long word = words.get(last(index));
        set(index, NOT_OUT | word & GENERATION | tag, 0);
        return (int) word;
    }

    void close() {
        release.run();
    }

    private int last(int index) {
        return index * slotWords + slotWords - 1;
    }

    /** Sets a slot's last word; only the upper half of {@code upper} is used. */
    private void set(int index, long upper, int low) {
        words.set(last(index), upper & UPPER_HALF | low & 0xffff_ffffL);
    }

    /** Returns a slot's last word, if a cache holds the object; otherwise throws. */
    private long expectHeld(int index) {
        long word = words.get(last(index));
        if (state(word) != State.HELD) {
            throw unexpected(NOT_OUT | tag | index + 1);
        }
        return word;
    }

    /** {@return the state that a slot's last word shows} */
    private State state(long word) {
        long different = (word ^ tag) & (NOT_OUT | TAG);
        if (different == 0) {
            return State.OUT;
        }
        if (different == NOT_OUT) {
            return State.HELD;
        }
        return different == (NOT_OUT | TAG) ? State.FREE : State.OVERWRITTEN;
    }

    /**
     * Returns the exception that says why a key does not fit: that of an allocated object, or below zero that of a held
     * one.
     */
    private RuntimeException unexpected(long key) {
        int index = index(key & Long.MAX_VALUE); // throws when it is foreign
        State wanted = key < 0 ? State.HELD : State.OUT;
        long word = words.get(last(index));
        State found = state(word);
        if (found == wanted) {
            return new IllegalStateException(
                    "object " + index + ": the handle is stale; the object was freed and allocated again");
        }
        String detail = switch (found) {
            case HELD -> " by a cache";
            case OVERWRITTEN -> " (0x" + Long.toHexString(word >>> 32) + ")";
            default -> "";
        };
        return new IllegalStateException(
                "object " + index + ": expected to be " + wanted.words + ", is " + found.words + detail);
    }
}

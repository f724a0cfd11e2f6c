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
 * handle of another slab is rejected too, unless exactly a multiple of 32,764 slabs were made between the two.
 */
public final class Slots {

    // a handle: 0 (1 bit), generation (16), tag of the slab (15), index plus one (32);
    // a slot's last word: the handle's upper half with some bits inverted, so that one comparison checks all, and below
    // that a link or note (32). Inverted is the highest bit while the object is allocated, all of the tag while a cache
    // holds it, and all but one of the tag while it is free in its page. So what owners write beyond an object's end by
    // mistake fits in no state: a handle of the same slab, 0, -1, a small number, the largest or the smallest one
    private static final long UPPER_HALF = -1L << 32;
    private static final long OUT = Long.MIN_VALUE;
    private static final int GENERATION_SHIFT = 47;
    private static final long ONE_GENERATION = 1L << GENERATION_SHIFT;
    private static final long GENERATION = 0xffffL << GENERATION_SHIFT;
    private static final long TAG = 0x7fffL << 32;
    private static final long HELD = TAG;
    private static final long FREE = 0x7ffeL << 32;
    private static final int FIRST_TAG = 2; // with 1, 0x7ffe or 0x7fff one of these numbers would fit
    private static final int TAGS_IN_ALL = 0x7ffd - FIRST_TAG + 1;
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
        this.tag = (long) FIRST_TAG + Integer.remainderUnsigned(TAGS.getAndIncrement(), TAGS_IN_ALL) << 32;
        for (int index = 0; index < count; index++) {
            set(index, tag ^ FREE, 0);
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
        int number = (int) handle;
        if (handle < 0 || ((handle ^ tag) & TAG) != 0 || number < 1 || number > count) {
            throw foreign(handle);
        }
        return number - 1;
    }

    /** {@return the key of an allocated object} */
    private long key(long handle) {
        if (handle < 0) {
            throw foreign(handle); // it would fit what a cache holds
        }
        return handle ^ OUT;
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
        long held = handle ^ HELD;
        keyed.invert(held, held ^ next ^ OUT);
        return next;
    }

    /** Takes an object back from its owner; a cache holds it from then on, by the same handle. */
    void takeBack(long handle) {
        keyed.invert(key(handle), OUT ^ HELD);
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
        long word = keyed.guard(handle ^ HELD);
        set((int) handle - 1, word, next);
    }

    /** {@return the link of a held object, which is allocated from then on, with a new handle and no note} */
    int unlink(int index) {
        long word = expectHeld(index);
        set(index, (word ^ HELD) + ONE_GENERATION | OUT, 0);
        return (int) word;
    }

    /** Frees a held object as the first of its page's free objects; {@code next} is the next one plus one, or 0. */
    void release(int index, int next) {
        set(index, expectHeld(index) ^ HELD ^ FREE, next);
    }

    /** Links the objects of a new page to each other. */
    void thread(int first, int objects) {
        for (int i = 0; i < objects; i++) {
            long generation = words.get(last(first + i)) & GENERATION; // kept, so that earlier handles stay stale
            set(first + i, generation | tag ^ FREE, i + 1 < objects ? first + i + 2 : 0);
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
        set(index, word & GENERATION | tag ^ HELD, 0);
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
            throw unexpected(tag ^ HELD | index + 1);
        }
        return word;
    }

    /** {@return the state that a slot's last word shows} */
    private State state(long word) {
        long inverted = (word ^ tag) & (OUT | TAG);
        if (inverted == OUT) {
            return State.OUT;
        }
        if (inverted == HELD) {
            return State.HELD;
        }
        return inverted == FREE ? State.FREE : State.OVERWRITTEN;
    }

    /**
     * Returns the exception that says why a key does not fit: below zero that of an allocated object, otherwise that of
     * a held one.
     */
    private RuntimeException unexpected(long key) {
        State wanted = key < 0 ? State.OUT : State.HELD;
        int index = index(key ^ (key < 0 ? OUT : HELD)); // throws when it is foreign
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

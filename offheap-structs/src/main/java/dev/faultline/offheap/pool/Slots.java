package dev.faultline.offheap.pool;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.LongWords;
import java.util.concurrent.atomic.AtomicInteger;

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

    private static final int FREE = 0x4672;
    private static final int HELD = 0x4865;
    private static final int OUT = 0x4f75;

    // a slot's last word: state (16 bits), generation (16), link or note (32);
    // a handle: tag of the slab (15 bits), generation (16), index plus one (32)
    private static final int STATE_SHIFT = 48;
    private static final long GENERATION = 0xffffL << 32;
    private static final long ONE_GENERATION = 1L << 32;
    private static final int MOST_TAGS = 0x7fff;
    private static final AtomicInteger TAGS = new AtomicInteger();

    private final Block block;
    private final LongWords words;
    private final int count;
    private final int slotWords;
    private final int objectBytes;
    private final long tag;

    Slots(Block block, int count, int objectBytes, int slotBytes) {
        this.block = block;
        this.count = count;
        this.objectBytes = objectBytes;
        this.slotWords = slotBytes / Long.BYTES;
        this.words = block.int64s(0, count * slotWords, Long.BYTES);
        // distinguishes the handles of different slabs
        this.tag = 1L + Integer.remainderUnsigned(TAGS.getAndIncrement(), MOST_TAGS) << STATE_SHIFT;
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
        int index = index(handle);
        expect(index, OUT, handle, "allocated");
        return index * slotWords;
    }

    /** {@return the handle of an object for its present generation} */
    long handle(int index) {
        return tag | words.get(last(index)) & GENERATION | (index + 1);
    }

    int index(long handle) {
        long number = (handle ^ tag) & ~GENERATION; // below 2^32 only if the tags are equal
        if (number < 1 || number > count) {
            throw new IllegalArgumentException(
                    "0x" + Long.toHexString(handle) + " is no handle of these " + count + " objects");
        }
        return (int) number - 1;
    }

    /** Hands an object that a cache holds to an owner. Returns the owner's handle, which has a new generation. */
    long handOut(long handle) {
        int index = index(handle);
        long word = expect(index, HELD, handle, "held");
        long generation = word + ONE_GENERATION & GENERATION;
        set(index, OUT, generation, (int) word);
        return handle & ~GENERATION | generation;
    }

    /** Takes an object back from its owner; a cache holds it from then on, by the same handle. */
    void takeBack(long handle) {
        int index = index(handle);
        long word = expect(index, OUT, handle, "allocated");
        set(index, HELD, word, (int) word);
    }

    /** Stores a note about an allocated object; it is 0 at first, and lost when the object is free in its page. */
    void note(long handle, int note) {
        int index = index(handle);
        set(index, OUT, expect(index, OUT, handle, "allocated"), note);
    }

    /** {@return the note of an allocated object} */
    int note(long handle) {
        return (int) expect(index(handle), OUT, handle, "allocated");
    }

    /** Links a held object to another one, in place of its note. */
    void link(long handle, int next) {
        int index = index(handle);
        set(index, HELD, expect(index, HELD, handle, "held"), next);
    }

    /** {@return the link of a held object, which is allocated from then on, with a new handle and no note} */
    int unlink(int index) {
        long word = expect(index, HELD, "held");
        set(index, OUT, word + ONE_GENERATION, 0);
        return (int) word;
    }

    /** Frees a held object as the first of its page's free objects; {@code next} is the next one plus one, or 0. */
    void release(int index, int next) {
        set(index, FREE, expect(index, HELD, "held"), next);
    }

    /** Links the objects of a new page to each other. */
    void thread(int first, int objects) {
        for (int i = 0; i < objects; i++) {
            long generation = words.get(last(first + i)); // kept, so that earlier handles stay stale
            set(first + i, FREE, generation, i + 1 < objects ? first + i + 2 : 0);
        }
    }

    /** {@return whether an object is free and its link leads to an object of the same page, or to none} */
    boolean isFreeWithin(int index, int first, int objects) {
        long word = words.get(last(index));
        int next = (int) word;
        return word >>> STATE_SHIFT == FREE && (next == 0 || next > first && next <= first + objects);
    }

    /** {@return the next free object plus one, or 0; this object is held from then on} */
    int acquire(int index) {
        long word = words.get(last(index));
        set(index, HELD, word, 0);
        return (int) word;
    }

    void close() {
        block.close();
    }

    private int last(int index) {
        return index * slotWords + slotWords - 1;
    }

    /** Sets a slot's last word; only the generation's bits of {@code generation} are used. */
    private void set(int index, int state, long generation, int low) {
        words.set(last(index), (long) state << STATE_SHIFT | generation & GENERATION | low & 0xffffffffL);
    }

    /**
     * Returns a slot's last word, if the object is in the given state with the handle's generation; otherwise throws.
     */
    private long expect(int index, int state, long handle, String expected) {
        long word = words.get(last(index));
        if (word >>> 32 != ((long) state << 16 | (handle & GENERATION) >>> 32)) {
            throw unexpected(index, word, state, expected);
        }
        return word;
    }

    private long expect(int index, int state, String expected) {
        long word = words.get(last(index));
        if (word >>> STATE_SHIFT != state) {
            throw unexpected(index, word, state, expected);
        }
        return word;
    }

    private static IllegalStateException unexpected(int index, long word, int wanted, String expected) {
        int state = (int) (word >>> STATE_SHIFT);
        String found;
        switch (state) {
            case FREE -> found = "free in its page";
            case HELD -> found = "held by a cache";
            case OUT -> found = "allocated";
            default -> found = "overwritten beyond its end (0x" + Long.toHexString(word >>> 32) + ")";
        }
        if (state == wanted) {
            return new IllegalStateException(
                    "object " + index + ": the handle is stale; the object was freed and allocated again");
        }
        return new IllegalStateException("object " + index + ": expected to be " + expected + ", is " + found);
    }
}

package dev.faultline.offheap.pool;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.LongWords;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The memory of objects: slots of equal size, one after the other. The last eight bytes of a slot are the allocator's: they say
 * whether the object is out, held by a cache or free in its page, which one is free next, and the object's generation,
 * which
 * grows each time it is handed out. So an object that is freed twice is noticed, and one whose owner wrote beyond its
 * end as
 * well, when it is freed.
 *
 * <p>A handle has the generation in it. One that was kept after its object was freed is refused, also when the object
 * has been
 * given out again: unless it was kept for exactly 65,536 times, or a multiple, that the object was given out. A handle
 * of
 * another slab is refused too, unless 32,767 slabs, or a multiple, were made between the two.
 */
public final class Slots {

    private static final int FREE = 0x4672;
    private static final int HELD = 0x4865;
    private static final int OUT = 0x4f75;

    // a slot's last word: what state it is in (16 bits), its generation (16), the next one or a note (32);
    // a handle: which slab (15 bits), the generation (16), the number (32)
    private static final int STATE_SHIFT = 48;
    private static final long GENERATION = 0xffffL << 32;
    private static final long ONE_GENERATION = 1L << 32;
    private static final int MOST_TAGS = 0x7fff;
    private static final AtomicInteger TAGS = new AtomicInteger();

    private final LongWords words;
    private final int count;
    private final int slotWords;
    private final int objectBytes;
    private final long tag;

    Slots(Block block, int count, int objectBytes, int slotBytes) {
        this.count = count;
        this.objectBytes = objectBytes;
        this.slotWords = slotBytes / Long.BYTES;
        this.words = block.int64s(0, count * slotWords, Long.BYTES);
        // tells the handles of one slab from those of another
        this.tag = 1L + Integer.remainderUnsigned(TAGS.getAndIncrement(), MOST_TAGS) << STATE_SHIFT;
    }

    /** {@return the bytes of a slot: a multiple of the alignment that holds an object and the allocator's eight bytes} */
    static long slotBytes(int objectBytes, int byteAlignment) {
        return ((long) objectBytes + Long.BYTES + byteAlignment - 1) & -byteAlignment;
    }

    /** {@return how many there are} */
    public int count() {
        return count;
    }

    /** {@return the size of an object in bytes} */
    public int objectBytes() {
        return objectBytes;
    }

    /** {@return bytes from one object to the next} */
    public int slotBytes() {
        return slotWords * Long.BYTES;
    }

    /** {@return all 64-bit words of all slots; an owner keeps to the {@link #objectBytes} from {@link #firstWord} on} */
    public LongWords words() {
        return words;
    }

    /**
     * {@return the index in {@link #words} of an object's first word}
     *
     * @param handle of an object that is out
     * @throws IllegalArgumentException when it is no handle of these objects
     * @throws IllegalStateException when the object is not out, or the handle is of an earlier time that it was
     */
    public int firstWord(long handle) {
        int index = index(handle);
        expect(index, OUT, handle, "out");
        return index * slotWords;
    }

    /** {@return the handle of an object, of the time that it was last handed out} */
    long handle(int index) {
        return tag | words.get(last(index)) & GENERATION | (index + 1);
    }

    int index(long handle) {
        long number = (handle ^ tag) & ~GENERATION; // below 2^32 only when the tags are the same
        if (number < 1 || number > count) {
            throw new IllegalArgumentException(
                    "0x" + Long.toHexString(handle) + " is no handle of these " + count + " objects");
        }
        return (int) number - 1;
    }

    /**
     * A cache that holds the object gives it to an owner. Returns the handle for the owner: it is of another
     * generation.
     */
    long handOut(long handle) {
        int index = index(handle);
        long word = expect(index, HELD, handle, "held");
        long generation = word + ONE_GENERATION & GENERATION;
        set(index, OUT, generation, (int) word);
        return handle & ~GENERATION | generation;
    }

    /** The owner gives the object to a cache, which holds it from now on, by the same handle. */
    void takeBack(long handle) {
        int index = index(handle);
        long word = expect(index, OUT, handle, "out");
        set(index, HELD, word, (int) word);
    }

    /** Notes something about an object that is out; it is 0 at first, and forgotten when the object is free in its page. */
    void note(long handle, int note) {
        int index = index(handle);
        set(index, OUT, expect(index, OUT, handle, "out"), note);
    }

    /** {@return the note of an object that is out} */
    int note(long handle) {
        return (int) expect(index(handle), OUT, handle, "out");
    }

    /** Links an object that a cache holds to another, in the place of its note. */
    void link(long handle, int next) {
        int index = index(handle);
        set(index, HELD, expect(index, HELD, handle, "held"), next);
    }

    /** {@return what an object was linked to; it is out from now on, by a new handle and with no note} */
    int unlink(int index) {
        long word = expect(index, HELD, "held");
        set(index, OUT, word + ONE_GENERATION, 0);
        return (int) word;
    }

    /** An object that was held is free from now on, the first of its page; {@code next} is the number of the next, or 0. */
    void release(int index, int next) {
        set(index, FREE, expect(index, HELD, "held"), next);
    }

    /** A page takes its objects in; the number of the one after the last is 0. */
    void thread(int first, int objects) {
        for (int i = 0; i < objects; i++) {
            long generation = words.get(last(first + i)); // handles of the page's earlier time stay stale
            set(first + i, FREE, generation, i + 1 < objects ? first + i + 2 : 0);
        }
    }

    /** {@return whether an object's word says that it is free, and links to one of its page or to none} */
    boolean isFreeWithin(int index, int first, int objects) {
        long word = words.get(last(index));
        int next = (int) word;
        return word >>> STATE_SHIFT == FREE && (next == 0 || next > first && next <= first + objects);
    }

    /** {@return the number of the next free object, 0 for none; this one is held from now on} */
    int acquire(int index) {
        long word = words.get(last(index));
        set(index, HELD, word, 0);
        return (int) word;
    }

    private int last(int index) {
        return index * slotWords + slotWords - 1;
    }

    /** Sets a slot's last word; of {@code generation} only the bits of a generation count. */
    private void set(int index, int state, long generation, int low) {
        words.set(last(index), (long) state << STATE_SHIFT | generation & GENERATION | low & 0xffffffffL);
    }

    /** Returns the word when the object is in that state, and out or held by this handle. */
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
            case OUT -> found = "out";
            default -> found = "overwritten behind its end (0x" + Long.toHexString(word >>> 32) + ")";
        }
        if (state == wanted) {
            return new IllegalStateException(
                    "object " + index + ": the handle is stale, the object was freed and given out again");
        }
        return new IllegalStateException("object " + index + ": expected to be " + expected + ", is " + found);
    }
}

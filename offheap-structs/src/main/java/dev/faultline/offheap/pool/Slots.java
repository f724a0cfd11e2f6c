package dev.faultline.offheap.pool;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.LongWords;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The memory of objects: slots of equal size, one after the other. The last eight bytes of a slot are the allocator's: they say
 * whether the object is out, held by a cache or free in its page, and then which one is free next. So an object that is freed
 * twice is noticed, and one whose owner wrote beyond its end as well, when it is freed.
 */
public final class Slots {

    private static final int FREE = 0x46726565;
    private static final int HELD = 0x48656c64;
    private static final int OUT = 0x4f757421;
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
        this.tag = (1L + (TAGS.getAndIncrement() & 0x3fffffff))
                << 32; // tells the handles of one slab from those of another
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
     * @throws IllegalStateException when the object is not out
     */
    public int firstWord(long handle) {
        int index = index(handle);
        expect(index, OUT, "out");
        return index * slotWords;
    }

    long handle(int index) {
        return tag | (index + 1);
    }

    int index(long handle) {
        long number = handle ^ tag; // below 2^32 only when the tags are the same
        if (number < 1 || number > count) {
            throw new IllegalArgumentException(
                    "0x" + Long.toHexString(handle) + " is no handle of these " + count + " objects");
        }
        return (int) number - 1;
    }

    /** A cache that holds the object gives it to an owner. */
    void handOut(long handle) {
        change(index(handle), HELD, "held", OUT);
    }

    /** The owner gives the object to a cache, which holds it from now on. */
    void takeBack(long handle) {
        change(index(handle), OUT, "out", HELD);
    }

    private void change(int index, int from, String expected, int to) {
        long word = words.get(last(index));
        if (word >>> 32 != from) {
            throw unexpected(index, (int) (word >>> 32), expected);
        }
        set(index, to, (int) word);
    }

    /** Notes something about an object that is out; it is 0 at first, and forgotten when the object is free in its page. */
    void note(long handle, int note) {
        int index = index(handle);
        expect(index, OUT, "out");
        set(index, OUT, note);
    }

    /** {@return the note of an object that is out} */
    int note(long handle) {
        int index = index(handle);
        expect(index, OUT, "out");
        return (int) words.get(last(index));
    }

    /** Links an object that a cache holds to another, in the place of its note. */
    void link(long handle, int next) {
        int index = index(handle);
        expect(index, HELD, "held");
        set(index, HELD, next);
    }

    /** {@return what an object was linked to; it is out from now on, with no note} */
    int unlink(long handle) {
        int index = index(handle);
        expect(index, HELD, "held");
        int next = (int) words.get(last(index));
        set(index, OUT, 0);
        return next;
    }

    /** An object that was held is free from now on, the first of its page; {@code next} is the number of the next, or 0. */
    void release(int index, int next) {
        expect(index, HELD, "held");
        set(index, FREE, next);
    }

    /** A page takes its objects in; the number of the one after the last is 0. */
    void thread(int first, int objects) {
        for (int i = 0; i < objects; i++) {
            set(first + i, FREE, i + 1 < objects ? first + i + 2 : 0);
        }
    }

    /** {@return whether an object's word says that it is free, and links to one of its page or to none} */
    boolean isFreeWithin(int index, int first, int objects) {
        long word = words.get(last(index));
        int next = (int) word;
        return word >>> 32 == FREE && (next == 0 || next > first && next <= first + objects);
    }

    /** {@return the number of the next free object, 0 for none; this one is held from now on} */
    int acquire(int index) {
        int next = (int) words.get(last(index));
        set(index, HELD, 0);
        return next;
    }

    private int last(int index) {
        return index * slotWords + slotWords - 1;
    }

    private void set(int index, int state, int low) {
        words.set(last(index), (long) state << 32 | low & 0xffffffffL);
    }

    private void expect(int index, int state, String expected) {
        long word = words.get(last(index));
        if (word >>> 32 != state) {
            throw unexpected(index, (int) (word >>> 32), expected);
        }
    }

    private static IllegalStateException unexpected(int index, int state, String expected) {
        String found;
        switch (state) {
            case FREE -> found = "free in its page";
            case HELD -> found = "held by a cache";
            case OUT -> found = "out";
            default -> found = "overwritten behind its end (0x" + Integer.toHexString(state) + ")";
        }
        return new IllegalStateException("object " + index + ": expected to be " + expected + ", is " + found);
    }
}

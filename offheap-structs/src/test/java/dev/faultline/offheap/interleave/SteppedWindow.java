package dev.faultline.offheap.interleave;

import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.memory.IntWords;
import dev.faultline.offheap.memory.LongWords;
import dev.faultline.offheap.memory.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * A window on words that stop before each access. {@link #open} is no step. A word's address is the number of its part
 * in the upper half, and its bytes from there in the lower half.
 */
public final class SteppedWindow extends Window {

    private final List<Object> parts = new ArrayList<>();

    /** Adds a word; returns where it is. */
    public long add(IntWord word) {
        return addPart(word);
    }

    /** Adds words; returns where the first is. */
    public long add(IntWords words) {
        return addPart(words);
    }

    /** Adds words; returns where the first is. */
    public long add(LongWords words) {
        return addPart(words);
    }

    private long addPart(Object part) {
        parts.add(part);
        return (long) (parts.size() - 1) << 32;
    }

    private Object part(long at) {
        return parts.get((int) (at >>> 32));
    }

    private static int index(long at, int wordBytes) {
        if ((int) at % wordBytes != 0) {
            throw new IllegalArgumentException("byte " + (int) at + " is no multiple of " + wordBytes);
        }
        return (int) at / wordBytes;
    }

    private LongWords longs(long at) {
        return (LongWords) part(at);
    }

    @Override
    public long open() {
        return 0;
    }

    @Override
    public int getInt(long at) {
        return part(at) instanceof IntWord word ? word.get() : ((IntWords) part(at)).get(index(at, 4));
    }

    @Override
    public void setInt(long at, int value) {
        if (part(at) instanceof IntWord word) {
            word.set(value);
        } else {
            ((IntWords) part(at)).set(index(at, 4), value);
        }
    }

    @Override
    public int getIntAcquire(long at) {
        return part(at) instanceof IntWord word ? word.getVolatile() : ((IntWords) part(at)).getVolatile(index(at, 4));
    }

    @Override
    public void setIntRelease(long at, int value) {
        if (part(at) instanceof IntWord word) {
            word.setOrdered(value);
        } else {
            ((IntWords) part(at)).setOrdered(index(at, 4), value);
        }
    }

    @Override
    public boolean compareAndSetInt(long at, int expected, int value) {
        return part(at) instanceof IntWord word
                ? word.compareAndSet(expected, value)
                : ((IntWords) part(at)).compareAndSet(index(at, 4), expected, value);
    }

    @Override
    public long getLong(long at) {
        return longs(at).get(index(at, 8));
    }

    @Override
    public void setLong(long at, long value) {
        longs(at).set(index(at, 8), value);
    }

    @Override
    public void setLongs(long at, long[] from, int offset, int count) {
        longs(at).setAll(index(at, 8), from, offset, count);
    }

    @Override
    public void getLongs(long at, long[] to, int offset, int count) {
        longs(at).getAll(index(at, 8), to, offset, count);
    }
}

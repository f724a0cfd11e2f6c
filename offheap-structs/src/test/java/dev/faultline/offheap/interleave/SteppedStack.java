package dev.faultline.offheap.interleave;

import dev.faultline.offheap.memory.LongStack;
import dev.faultline.offheap.memory.LongWords;

/** A stack on words, the first of which is its size; it stops before each access if they do. */
public class SteppedStack extends LongStack {

    private final LongWords words;

    public SteppedStack(LongWords words) {
        this.words = words;
    }

    @Override
    public int limit() {
        return words.count() - 1;
    }

    @Override
    public int size() {
        return (int) words.getVolatile(0);
    }

    @Override
    public long popped() {
        return 0;
    }

    @Override
    public long pushed() {
        return 0;
    }

    @Override
    public long pop(long ifEmpty) {
        int size = (int) words.get(0);
        if (size == 0) {
            return ifEmpty;
        }
        words.set(0, size - 1);
        return words.get(size);
    }

    @Override
    public boolean push(long element) {
        int size = (int) words.get(0);
        if (size == limit()) {
            return false;
        }
        words.set(size + 1, element);
        words.set(0, size + 1);
        return true;
    }

    @Override
    public int addAll(long[] from, int offset, int count) {
        int added = 0;
        while (added < count && push(from[offset + added])) {
            added++;
        }
        return added;
    }

    @Override
    public int takeOldest(long[] to, int offset, int most) {
        int size = (int) words.get(0);
        int taken = Math.min(most, size);
        for (int i = 0; i < taken; i++) {
            to[offset + i] = words.get(1 + i);
        }
        for (int i = taken; i < size; i++) {
            words.set(1 + i - taken, words.get(1 + i));
        }
        words.set(0, left(size, taken));
        return taken;
    }

    /** {@return the size after some were taken; tests override it by a wrong one} */
    protected int left(int size, int taken) {
        return size - taken;
    }
}

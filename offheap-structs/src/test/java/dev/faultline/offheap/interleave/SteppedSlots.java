package dev.faultline.offheap.interleave;

import dev.faultline.offheap.memory.KeyedSlots;
import dev.faultline.offheap.memory.LongWords;

/** Slots on words that stop before each access; the guard is a step, and the access behind it another. */
public final class SteppedSlots extends KeyedSlots {

    private final LongWords words;
    private final int slotWords;
    private final Mismatch mismatch;

    /** As {@link KeyedSlots#bind}, of words that are just as many for each slot. */
    public SteppedSlots(LongWords words, int count, Mismatch mismatch) {
        this.words = words;
        this.slotWords = words.count() / count;
        this.mismatch = mismatch;
    }

    private int last(long key) {
        int number = (int) key;
        if (number < 1 || number > words.count() / slotWords) {
            throw mismatch.of(key);
        }
        return number * slotWords - 1;
    }

    @Override
    public long guard(long key) {
        long guard = words.get(last(key));
        if ((key ^ guard) >>> 32 != 0) {
            throw mismatch.of(key);
        }
        return guard;
    }

    @Override
    public void invert(long key, long bits) {
        words.set(last(key), guard(key) ^ bits);
    }

    @Override
    public long get(long key, int word) {
        guard(key);
        return words.get(last(key) - slotWords + 1 + word);
    }

    @Override
    public void set(long key, int word, long value) {
        guard(key);
        words.set(last(key) - slotWords + 1 + word, value);
    }
}

package dev.faultline.source.dwarf.type;

/**
 * The keys that were made, by numbers of their types. Open addressing, since a unit has thousands and makes no other.
 */
final class KeyTable {

    /** Stands for a type whose key is not known. */
    static final int NONE = -1;

    private static final int FIRST_SLOTS = 1 << 4;

    private static final int MOST_FIRST_SLOTS = 1 << 13;

    /** What a unit has for each type that is asked for, or more, in bytes. */
    private static final int BYTES_PER_SLOT = 16;

    private int[] numbers;

    /** For each slot the two halves of its key. */
    private long[] keys;

    private int count;

    /**
     * Makes a table without keys.
     *
     * @param byteSize the length of the unit in bytes
     */
    KeyTable(int byteSize) {
        int slots = Math.max(FIRST_SLOTS, Math.min(MOST_FIRST_SLOTS, Integer.highestOneBit(byteSize / BYTES_PER_SLOT)));
        this.numbers = new int[slots];
        this.keys = new long[2 * slots];
    }

    private int slot(int number) {
        int mask = numbers.length - 1;
        int slot = number * 0x9e3779b1 >>> 8 & mask;
        while (numbers[slot] != 0 && numbers[slot] != number) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    /**
     * Finds a key.
     *
     * @param number of a type, not 0
     * @return where the key is until the next {@link #put}, or {@link #NONE}
     */
    int find(int number) {
        int slot = slot(number);
        return numbers[slot] == 0 ? NONE : slot;
    }

    /**
     * Adds a key.
     *
     * @param number of a type whose key is not known, not 0
     * @return where the key is, unless others are added
     */
    int put(int number, long high, long low) {
        if (++count * 2 > numbers.length) {
            grow();
        }
        int slot = slot(number);
        numbers[slot] = number;
        keys[2 * slot] = high;
        keys[2 * slot + 1] = low;
        return slot;
    }

    /**
     * Replaces a key.
     *
     * @param before where it was put
     * @param number of its type
     * @return where it is
     */
    int replace(int before, int number, long high, long low) {
        int slot = numbers[before] == number ? before : slot(number);
        keys[2 * slot] = high;
        keys[2 * slot + 1] = low;
        return slot;
    }

    private void grow() {
        int[] oldNumbers = numbers;
        long[] oldKeys = keys;
        int slots = oldNumbers.length * 2;
        numbers = new int[slots];
        keys = new long[2 * slots];
        for (int i = 0; i < oldNumbers.length; i++) {
            if (oldNumbers[i] != 0) {
                int slot = slot(oldNumbers[i]);
                numbers[slot] = oldNumbers[i];
                keys[2 * slot] = oldKeys[2 * i];
                keys[2 * slot + 1] = oldKeys[2 * i + 1];
            }
        }
    }

    long high(int slot) {
        return keys[2 * slot];
    }

    long low(int slot) {
        return keys[2 * slot + 1];
    }
}

package dev.faultline.source.dwarf.type;

/**
 * The keys that were made, by numbers of their types. Open addressing, since a unit has thousands and makes no other.
 */
final class KeyTable {

    /** Stands for a type whose key is not known. */
    static final int NONE = -1;

    private static final int FIRST_SLOTS = 1 << 4;

    private int[] numbers = new int[FIRST_SLOTS];

    /** For each slot the two halves of its key. */
    private long[] keys = new long[2 * FIRST_SLOTS];

    private int count;

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

    /** Adds or replaces a key. */
    void put(int number, long high, long low) {
        int slot = slot(number);
        if (numbers[slot] == 0) {
            numbers[slot] = number;
            count++;
        }
        keys[2 * slot] = high;
        keys[2 * slot + 1] = low;
        if (count * 2 > numbers.length) {
            grow();
        }
    }

    private void grow() {
        int[] oldNumbers = numbers;
        long[] oldKeys = keys;
        int slots = oldNumbers.length * 4;
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

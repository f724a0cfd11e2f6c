package dev.faultline.source.dwarf.record;

/**
 * Keys of named types that a thread has found in the store, with the first place where it has: the store, which all
 * threads share, need not be asked again about a later place. Used by one thread.
 */
public final class ListedKeys {

    private static final int FIRST_SLOTS = 1 << 6;

    /** Of each slot the two halves of a key. */
    private long[] keys = new long[2 * FIRST_SLOTS];

    /** Of each slot one more than the place; 0 when the slot is free. */
    private long[] places = new long[FIRST_SLOTS];

    private int count;

    /** Makes a table without keys. */
    public ListedKeys() {}

    /** {@return whether a type was found in a place or before it} */
    public boolean has(long high, long low, long seen) {
        int slot = slot(high, low);
        return places[slot] != 0 && places[slot] - 1 <= seen;
    }

    /** Notes that the store knows a type, and that it is in a place, which is not negative. */
    public void add(ContentKey key, long seen) {
        int slot = slot(key.high(), key.low());
        if (places[slot] == 0) {
            keys[2 * slot] = key.high();
            keys[2 * slot + 1] = key.low();
            places[slot] = seen + 1;
            if (++count * 2 > places.length) {
                grow();
            }
        } else {
            places[slot] = Math.min(places[slot], seen + 1);
        }
    }

    private int slot(long high, long low) {
        int mask = places.length - 1;
        int slot = (int) (high ^ low >>> Integer.SIZE) & mask;
        while (places[slot] != 0 && (keys[2 * slot] != high || keys[2 * slot + 1] != low)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldPlaces = places;
        keys = new long[2 * oldKeys.length];
        places = new long[2 * oldPlaces.length];
        for (int i = 0; i < oldPlaces.length; i++) {
            if (oldPlaces[i] != 0) {
                int slot = slot(oldKeys[2 * i], oldKeys[2 * i + 1]);
                keys[2 * slot] = oldKeys[2 * i];
                keys[2 * slot + 1] = oldKeys[2 * i + 1];
                places[slot] = oldPlaces[i];
            }
        }
    }
}

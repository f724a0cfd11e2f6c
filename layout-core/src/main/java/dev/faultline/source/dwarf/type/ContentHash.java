package dev.faultline.source.dwarf.type;

import dev.faultline.source.dwarf.record.ContentKey;

/** Makes a {@link ContentKey} of numbers. The order of the numbers counts. */
final class ContentHash {

    private long high;
    private long low;

    /**
     * Starts with what kind of thing is hashed.
     *
     * @param kind a number that things of other kinds do not start with
     */
    ContentHash(long kind) {
        high = mix(kind ^ 0x9e3779b97f4a7c15L);
        low = mix(kind + 0x632be59bd9b4e019L);
    }

    ContentHash add(long number) {
        high = mix((high ^ number) * 0xff51afd7ed558ccdL);
        low = mix((low + number) * 0xc4ceb9fe1a85ec53L ^ Long.rotateLeft(low, 23));
        return this;
    }

    ContentHash add(ContentKey key) {
        return add(key.high(), key.low());
    }

    /** Adds two numbers in one step; either counts in both halves. */
    ContentHash add(long first, long second) {
        high = nextHigh(high, first, second);
        low = nextLow(low, first, second);
        return this;
    }

    /** {@return the high half of a hash after two numbers} */
    static long nextHigh(long high, long first, long second) {
        return mix((high ^ first) * 0xff51afd7ed558ccdL + second);
    }

    /** {@return the low half of a hash after two numbers} */
    static long nextLow(long low, long first, long second) {
        return mix((low + first) * 0xc4ceb9fe1a85ec53L ^ Long.rotateLeft(low, 23) + second);
    }

    ContentKey key() {
        return new ContentKey(high, low);
    }

    long high() {
        return high;
    }

    long low() {
        return low;
    }

    private static long mix(long number) {
        long mixed = (number ^ number >>> 33) * 0x62a9d9ed799705f5L;
        return mixed ^ mixed >>> 28;
    }

    /** {@return a hash of two numbers in 64 bits} */
    static long of(long first, long second) {
        return mix(mix(first) * 0xff51afd7ed558ccdL ^ second);
    }
}

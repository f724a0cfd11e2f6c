package dev.faultline.source.dwarf.entry;

/**
 * Hashes of texts in {@code .debug_str}, kept by their offsets: units name the same things again and again. The place
 * of a text that is asked for anew may be taken from another one. Used by one thread.
 */
public final class TextHashes {

    private static final int MOST_PLACES = 1 << 15;
    private static final int BYTES_PER_PLACE = 16;

    private StringSections strings = StringSections.EMPTY;

    /** For each place one more than the offset of its text, and the hash. */
    private long[] places = {0, 0};

    /** Leaves of a number of 32 bits those that are the index of a place. */
    private int shift;

    /** Makes a table without hashes. */
    public TextHashes() {}

    /** Prepares for texts of a unit; those of the units before are kept when their sections are the same. */
    void use(StringSections other) {
        if (other != strings) {
            strings = other;
            int most = Math.min(MOST_PLACES, 1 + other.str().byteSize() / BYTES_PER_PLACE);
            places = new long[2 * Integer.highestOneBit(most)];
            shift = Integer.numberOfLeadingZeros(places.length) + 1;
        }
    }

    /** {@return a hash of the text at an offset; of its first 16,384 bytes} */
    long of(int offset) {
        int place = offset * 0x9e3779b1 >>> shift & places.length - 2;
        return places[place] == offset + 1L ? places[place + 1] : make(place, offset);
    }

    private long make(int place, int offset) {
        long hash = strings.hashInStr(offset & 0xffffffffL);
        places[place] = offset + 1L;
        places[place + 1] = hash;
        return hash;
    }
}

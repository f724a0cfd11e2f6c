package dev.faultline.source.jvm.code;

import java.util.Arrays;
import java.util.OptionalInt;

/** The lines of the source that instructions come from. */
final class Lines {

    static final Lines NONE = new Lines(new long[0]);

    /** Offset of the first instruction and line, packed for sorting. */
    private final long[] entries;

    private Lines(long[] entries) {
        this.entries = entries;
    }

    /** {@return the lines of these entries, each an offset in the upper half and a line in the lower one} */
    static Lines of(long[] entries) {
        long[] sorted = entries.clone();
        Arrays.sort(sorted);
        return new Lines(sorted);
    }

    /** {@return the line of an instruction; 0 when it has none} */
    int line(int at) {
        int found = Arrays.binarySearch(entries, (long) at << 32 | 0xFFFFFFFFL);
        int before = (found >= 0 ? found : -found - 1) - 1;
        return before < 0 ? 0 : (int) entries[before];
    }

    /** {@return whether a line begins with this instruction} */
    boolean beginsAt(int at) {
        int found = Arrays.binarySearch(entries, (long) at << 32);
        int next = found >= 0 ? found : -found - 1;
        return next < entries.length && entries[next] >> 32 == at;
    }

    /** {@return whether some instruction begins this line} */
    boolean hold(int line) {
        return Arrays.stream(entries).anyMatch(entry -> (int) entry == line);
    }

    OptionalInt of(int at) {
        int line = line(at);
        return line > 0 ? OptionalInt.of(line) : OptionalInt.empty();
    }
}

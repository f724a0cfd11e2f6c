package dev.faultline.source.elf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The names of all sections of a file, each ended by a zero byte. Names of bytes are read as ISO 8859-1. */
final class SectionNames {

    /** What the names of sections start with that are compressed as binutils did before ELF had a header for it. */
    static final String GNU_COMPRESSED = ".zdebug_";

    private static final String DEBUG = ".debug_";
    private static final int LONGEST_NAME_BYTES = 256;

    private final ByteBuffer names;

    SectionNames(ByteBuffer names) {
        this.names = names;
    }

    /** {@return the name of a section that is not compressed for one that may be: {@code .debug_x}} */
    static String standard(String name) {
        return name.startsWith(GNU_COMPRESSED) ? DEBUG + name.substring(GNU_COMPRESSED.length()) : name;
    }

    /** {@return the name at an offset, as it is in the file, of which at most 256 bytes are given} */
    String name(int at) {
        if (at < 0) {
            return "";
        }
        int end = at;
        while (end < names.limit() && names.get(end) != 0 && end - at < LONGEST_NAME_BYTES) {
            end++;
        }
        return at >= end
                ? ""
                : StandardCharsets.ISO_8859_1.decode(names.slice(at, end - at)).toString();
    }

    /** {@return whether the name at an offset starts so, with letters of ISO 8859-1} */
    boolean startsWith(int at, String start) {
        if (at < 0 || at > names.limit() - start.length()) {
            return false;
        }
        for (int i = 0; i < start.length(); i++) {
            if ((names.get(at + i) & 0xff) != start.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** {@return the name with which a section may be called that is asked for by another: {@code .zdebug_x}} */
    static String compressed(String name) {
        return name.startsWith(DEBUG) ? GNU_COMPRESSED + name.substring(DEBUG.length()) : name;
    }

    /** {@return whether a name is at an offset, in whole} */
    boolean is(int at, String name) {
        return startsWith(at, name) && at + name.length() < names.limit() && names.get(at + name.length()) == 0;
    }
}

package dev.faultline.source.dwarf.entry;

import java.nio.ByteOrder;

/**
 * The sections of a file that have texts.
 *
 * <p>A text is known by a number: its section in the highest byte, its offset in the others. Texts inside a unit have
 * section 0 and the offset in the unit. Safe for use by several threads.
 */
public final class StringSections {

    /** No texts. */
    public static final StringSections EMPTY = new StringSections(none(), none(), none(), none());

    static final int INSIDE = 0;
    static final int STR = 1;
    static final int LINE_STR = 2;
    static final int ALTERNATE = 3;

    private static final int SECTION_SHIFT = 56;
    private static final long OFFSET_MASK = (1L << SECTION_SHIFT) - 1;

    private final UnitBytes str;
    private final UnitBytes lineStr;
    private final UnitBytes strOffsets;
    private final UnitBytes alternate;

    /**
     * Combines the sections of a file.
     *
     * @param str {@code .debug_str}
     * @param lineStr {@code .debug_line_str}
     * @param strOffsets {@code .debug_str_offsets}
     * @param alternate {@code .debug_str} of the file that dwz has moved texts to
     */
    public StringSections(UnitBytes str, UnitBytes lineStr, UnitBytes strOffsets, UnitBytes alternate) {
        this.str = str;
        this.lineStr = lineStr;
        this.strOffsets = strOffsets;
        this.alternate = alternate;
    }

    /** {@return {@code .debug_str}} */
    public UnitBytes str() {
        return str;
    }

    /** {@return no bytes} */
    public static UnitBytes none() {
        return new UnitBytes(new byte[0], 0, ByteOrder.LITTLE_ENDIAN);
    }

    static long number(int section, long offset) {
        return (long) section << SECTION_SHIFT | offset & OFFSET_MASK;
    }

    /** {@return the offset in {@code .debug_str} of the text with a number; -1 when it is elsewhere} */
    public static long offsetInStr(long number) {
        return number >>> SECTION_SHIFT == STR ? number & OFFSET_MASK : -1;
    }

    /** {@return the offset of a text in {@code .debug_str} by its index} */
    long offset(long base, long index, int offsetBytes) {
        long at = base + index * offsetBytes;
        if (index < 0 || at < 0 || at > strOffsets.byteSize() - offsetBytes) {
            throw new IndexOutOfBoundsException("text " + index + " of .debug_str_offsets");
        }
        return strOffsets.offset((int) at, offsetBytes);
    }

    /** {@return the bytes that have a text} */
    UnitBytes bytes(long number, UnitBytes unit) {
        return switch ((int) (number >>> SECTION_SHIFT)) {
            case INSIDE -> unit;
            case STR -> str;
            case LINE_STR -> lineStr;
            default -> alternate;
        };
    }

    /** {@return a hash of a text of a unit; of its first 16,384 bytes} */
    long hash(long number, UnitBytes unit) {
        UnitBytes from = bytes(number, unit);
        return from.textHash(at(number, from));
    }

    /** {@return a hash of the text at an offset of {@code .debug_str}; of its first 16,384 bytes} */
    long hashInStr(long offset) {
        if (offset >= str.byteSize()) {
            throw new IndexOutOfBoundsException("a text at byte " + offset + " of " + str.byteSize());
        }
        return str.textHash((int) offset);
    }

    /** {@return where in its bytes a text starts} */
    int at(long number, UnitBytes bytes) {
        long offset = number & OFFSET_MASK;
        if (bytes.byteSize() == 0 && number >>> SECTION_SHIFT == ALTERNATE) {
            throw new MissingTextException();
        }
        if (offset >= bytes.byteSize()) {
            throw new IndexOutOfBoundsException("a text at byte " + offset + " of " + bytes.byteSize());
        }
        return (int) offset;
    }
}

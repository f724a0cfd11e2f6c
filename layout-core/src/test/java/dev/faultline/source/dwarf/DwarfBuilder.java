package dev.faultline.source.dwarf;

import dev.faultline.source.elf.ElfBuilder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Makes object files with DWARF of any content, good or not: little-endian, 64-bit addresses, 32-bit offsets. A unit is
 * begun, entries are added in their order, and it is ended; then the next may be begun.
 */
final class DwarfBuilder {

    static final int C99 = 0x0c;
    static final int CXX = 0x04;
    static final int RUST = 0x1c;

    /** A number of 7 bits a byte. */
    record Leb(long value) {}

    private final Bytes abbreviations = new Bytes();
    private final Bytes info = new Bytes();
    private final Bytes strings = new Bytes();
    private final int version;
    private int codes;
    private int table;
    private int unit;

    DwarfBuilder(int version) {
        this.version = version;
        strings.write(0);
    }

    DwarfBuilder() {
        this(4);
    }

    /** Bytes with the numbers of DWARF, of which four may be changed later. */
    static final class Bytes extends ByteArrayOutputStream {

        Bytes number(long value, int size) {
            for (int i = 0; i < size; i++) {
                write((int) (value >>> 8 * i));
            }
            return this;
        }

        Bytes leb(long value) {
            long rest = value;
            while (rest >>> 7 != 0) {
                write((int) (rest & 0x7f | 0x80));
                rest >>>= 7;
            }
            write((int) rest);
            return this;
        }

        Bytes text(String text) {
            writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
            write(0);
            return this;
        }

        void set(int at, long value) {
            for (int i = 0; i < Integer.BYTES; i++) {
                buf[at + i] = (byte) (value >>> 8 * i);
            }
        }
    }

    /** Adds an abbreviation to the table: a tag, and pairs of an attribute and a form. Returns its code. */
    int abbreviation(int tag, boolean hasChildren, int... attributesAndForms) {
        return abbreviation(++codes, tag, hasChildren, attributesAndForms);
    }

    int abbreviation(int code, int tag, boolean hasChildren, int... attributesAndForms) {
        abbreviations.leb(code).leb(tag).write(hasChildren ? 1 : 0);
        for (int one : attributesAndForms) {
            abbreviations.leb(one);
        }
        abbreviations.number(0, 2);
        return code;
    }

    /** Ends the table of abbreviations; the units from now on have the next one. */
    DwarfBuilder endAbbreviations() {
        abbreviations.write(0);
        table = abbreviations.size();
        codes = 0;
        return this;
    }

    /** {@return the bytes of the abbreviations, for what no abbreviation is} */
    Bytes rawAbbreviations() {
        return abbreviations;
    }

    /** {@return the bytes of the units, for what no unit is} */
    Bytes raw() {
        return info;
    }

    /** {@return the texts that entries refer to} */
    Bytes strings() {
        return strings;
    }

    /** Adds a text and returns its offset. */
    int string(String text) {
        int at = strings.size();
        strings.text(text);
        return at;
    }

    /** Begins a unit without an entry of its own. */
    DwarfBuilder unit() {
        unit = info.size();
        info.number(0, 4).number(version, 2);
        if (version >= 5) {
            info.number(1, 1).number(8, 1).number(table, 4);
        } else {
            info.number(table, 4).number(8, 1);
        }
        return this;
    }

    /** Begins a unit of a language: it has an entry with its language, whose children follow. */
    DwarfBuilder unit(int language) {
        int root = abbreviation(0x11, true, 0x13, 0x0b);
        unit().entry(root, (byte) language);
        return this;
    }

    /**
     * Adds an entry.
     *
     * @param values for each attribute of its abbreviation a Byte, Short, Integer, Long, Leb, text or bytes
     * @return its position in the unit
     */
    int entry(int abbreviation, Object... values) {
        int position = info.size() - unit;
        info.leb(abbreviation);
        for (Object value : values) {
            if (value instanceof Leb leb) {
                info.leb(leb.value());
            } else if (value instanceof String text) {
                info.text(text);
            } else if (value instanceof byte[] bytes) {
                info.writeBytes(bytes);
            } else {
                Number number = (Number) value;
                int size = value instanceof Byte ? 1 : value instanceof Short ? 2 : value instanceof Long ? 8 : 4;
                info.number(number.longValue(), size);
            }
        }
        return position;
    }

    /** {@return the position of the next entry in the unit} */
    int next() {
        return info.size() - unit;
    }

    /** {@return the offset of the unit in its section} */
    int unitOffset() {
        return unit;
    }

    /** Sets four bytes at a position in the unit. */
    void set(int position, long value) {
        info.set(unit + position, value);
    }

    /** Ends lists of children. */
    DwarfBuilder end(int count) {
        info.number(0, 0);
        for (int i = 0; i < count; i++) {
            info.write(0);
        }
        return this;
    }

    /** Ends the unit: its length becomes what it is. */
    DwarfBuilder endUnit() {
        info.set(unit, info.size() - unit - 4L);
        return this;
    }

    /** {@return the file, to which other sections may be added} */
    ElfBuilder elf() {
        return new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN)
                .section(".debug_info", info.toByteArray())
                .section(".debug_abbrev", withEnd(abbreviations.toByteArray()))
                .section(".debug_str", strings.toByteArray());
    }

    private static byte[] withEnd(byte[] table) {
        return Arrays.copyOf(table, table.length + 1);
    }

    byte[] build() {
        return elf().build();
    }
}

package dev.faultline.source.dwarf.entry;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The tables of abbreviations of a section, each read once. Most units have one of their own, and most abbreviations of
 * one table are in others, too: equal ones are compiled once. Safe for use by several threads.
 */
final class AbbreviationTables {

    private record TableKey(long offset, int sizes) {}

    /** An abbreviation as it is written, without its code. */
    private record Written(byte[] section, int start, int end, int hash, int sizes) {

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Written that
                    && hash == that.hash
                    && sizes == that.sizes
                    && Arrays.equals(section, start, end, that.section, that.start, that.end);
        }
    }

    /** Bit of a byte of an LEB128 number that says that more follow. */
    private static final int CONTINUED = 0x80;

    private final UnitBytes section;
    private final Map<TableKey, AbbreviationTable> tables = new ConcurrentHashMap<>();
    private final Map<TableKey, RuntimeException> broken = new ConcurrentHashMap<>();
    private final Map<Written, Abbreviation> compiled = new ConcurrentHashMap<>();

    /** The end of each table that was read, by its start; broken ones end where they break. */
    private final NavigableMap<Long, Long> ends = new ConcurrentSkipListMap<>();

    AbbreviationTables(UnitBytes section) {
        this.section = section;
    }

    /** {@return what the meaning of a form depends on, as one number} */
    private static int sizes(UnitHeader header) {
        return header.addressBytes() << 8 | header.offsetBytes() << 1 | (header.version() == 2 ? 1 : 0);
    }

    /**
     * {@return the table at an offset}
     *
     * @param offset where the table starts, in bytes
     * @param header of a unit that uses it
     * @throws IllegalArgumentException when it has a form that is not known, or lies over another table
     * @throws IndexOutOfBoundsException when it ends too early
     */
    AbbreviationTable at(long offset, UnitHeader header) {
        TableKey key = new TableKey(offset, sizes(header));
        AbbreviationTable known = tables.get(key);
        if (known != null) {
            return known;
        }
        RuntimeException failure = broken.get(key);
        if (failure != null) {
            throw failure;
        }
        try {
            AbbreviationTable table = read(key, header);
            tables.put(key, table);
            return table;
        } catch (IllegalArgumentException | IndexOutOfBoundsException problem) {
            broken.put(key, problem);
            throw problem;
        }
    }

    private AbbreviationTable read(TableKey key, UnitHeader header) {
        long offset = key.offset();
        if (offset < 0 || offset >= section.byteSize()) {
            throw new IndexOutOfBoundsException("abbreviations at byte " + offset + " of " + section.byteSize());
        }
        Map.Entry<Long, Long> before = ends.lowerEntry(offset);
        if (before != null && before.getValue() > offset) {
            throw overlap(offset);
        }
        // Tables that overlap would be read again and again.
        Long limit = ends.higherKey(offset);
        AbbreviationTable table = new AbbreviationTable();
        UnitBytes bytes = new UnitBytes(
                section.array(),
                section.byteSize(),
                section.isBigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int at = (int) offset;
        try {
            for (long code = bytes.uleb(at); code != 0; code = bytes.uleb(at)) {
                int start = bytes.next();
                at = behind(bytes, start);
                table.put(code, abbreviation(bytes, start, at, key.sizes(), header));
                if (limit != null && at > limit) {
                    throw overlap(offset);
                }
            }
            return table;
        } finally {
            ends.put(offset, (long) at);
        }
    }

    private static IllegalArgumentException overlap(long offset) {
        return new IllegalArgumentException("abbreviations at byte " + offset + " inside those of another unit");
    }

    /** {@return the position behind an abbreviation} */
    private static int behind(UnitBytes bytes, int start) {
        int at = bytes.skipLeb(start) + 1;
        while (true) {
            long number = bytes.u1(at);
            long form = bytes.u1(at + 1);
            if ((number | form) < CONTINUED) { // both have one byte, as nearly always
                at += 2;
            } else {
                number = bytes.uleb(at);
                form = bytes.uleb(bytes.next());
                at = bytes.next();
            }
            if (number == 0 && form == 0) {
                return at;
            }
            if (form == DwarfForm.IMPLICIT_CONST) {
                at = bytes.skipLeb(at);
            }
        }
    }

    private Abbreviation abbreviation(UnitBytes bytes, int start, int end, int sizes, UnitHeader header) {
        Written written = new Written(bytes.array(), start, end, hash(bytes, start, end), sizes);
        Abbreviation known = compiled.get(written);
        if (known == null) {
            known = AbbreviationTable.compile(bytes, start, header);
            compiled.put(written, known);
        }
        return known;
    }

    private static int hash(UnitBytes bytes, int start, int end) {
        long hash = (long) end - start;
        int at = start;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            hash = (hash ^ bytes.u8(at)) * 0xff51afd7ed558ccdL;
            hash ^= hash >>> 32;
        }
        for (; at < end; at++) {
            hash = hash * 31 + bytes.u1(at);
        }
        return (int) (hash ^ hash >>> 32);
    }
}

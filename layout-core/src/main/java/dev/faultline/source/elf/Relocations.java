package dev.faultline.source.elf;

import dev.faultline.input.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The relocations of a section of an object file: the values that a linker would write, with each section at address 0.
 * The tables are read in parts.
 */
final class Relocations {

    static final int SHT_RELA = 4;
    static final int SHT_REL = 9;
    /** A compressed form of tables that clang makes when asked for. */
    static final int SHT_CREL = 0x40000014;

    private static final int ENTRIES_AT_ONCE = 4096;

    private final ElfFile file;
    private final Section section;
    private final List<Section> tables;

    Relocations(ElfFile file, Section section, List<Section> tables) {
        this.file = file;
        this.section = section;
        this.tables = tables;
    }

    /** {@return whether a section is a table of relocations} */
    static boolean isTable(Section section) {
        return section.type() == SHT_RELA || section.type() == SHT_REL || section.type() == SHT_CREL;
    }

    /** Writes the values into the whole content. */
    void apply(byte[] content) {
        boolean isBigEndian = file.byteOrder() == ByteOrder.BIG_ENDIAN;
        for (Section table : tables) {
            Walk walk = new Walk(table);
            while (walk.advance()) {
                RelocationEntry entry = walk.entry();
                if (entry.byteOffset < 0
                        || entry.byteOffset > content.length
                        || !entry.apply(content, (int) entry.byteOffset, content.length, isBigEndian)) {
                    throw entry.outside(section, content.length);
                }
            }
        }
    }

    /** {@return whether they can be applied while the content is read from its start to its end} */
    boolean areAscending() {
        if (tables.size() != 1) {
            return false;
        }
        long last = 0;
        Walk walk = new Walk(tables.get(0));
        while (walk.advance()) {
            if (Long.compareUnsigned(walk.entry().byteOffset, last) < 0) {
                return false;
            }
            last = walk.entry().byteOffset;
        }
        return true;
    }

    /** {@return a content with their values, read while it is asked for; only when they are ascending} */
    SectionStream.Input over(SectionStream content) {
        return new RelocatedInput(file, section, content, new Walk(tables.get(0)));
    }

    /** Reads the entries of a table one by one. */
    final class Walk {

        private final Section table;
        private final int entryBytes;
        private final boolean hasAddends;
        private final SymbolValues symbols;
        private final long count;
        private final RelocationEntry entry = new RelocationEntry();
        private long next;
        private long first;
        private long end;
        private ByteBuffer some;

        Walk(Section table) {
            this.table = table;
            this.hasAddends = table.type() == SHT_RELA;
            this.entryBytes = (file.is64Bit() ? 8 : 4) * (hasAddends ? 3 : 2);
            if (table.type() == SHT_CREL || table.entryBytes() != entryBytes && table.entryBytes() != 0) {
                throw new InputException(
                        file.source(),
                        table.place(),
                        "relocations of type " + Integer.toUnsignedString(table.type()) + " and " + table.entryBytes()
                                + " bytes, which are not read; link the file and name the program");
            }
            this.count = table.byteSize() / entryBytes;
            this.symbols = file.symbolValues(table.link());
        }

        RelocationEntry entry() {
            return entry;
        }

        /** Goes to the next entry and returns whether there is one. */
        boolean advance() {
            if (next >= count) {
                return false;
            }
            if (next >= end) {
                first = next;
                end = Math.min(count, first + ENTRIES_AT_ONCE);
                some = table.read(
                        first * entryBytes, (int) (end - first) * entryBytes, "relocations from number " + first);
            }
            decode((int) (next++ - first) * entryBytes);
            return true;
        }

        private void decode(int at) {
            boolean wide = file.is64Bit();
            entry.byteOffset = wide ? some.getLong(at) : some.getInt(at) & 0xffffffffL;
            long info = wide ? some.getLong(at + 8) : some.getInt(at + 4) & 0xffffffffL;
            long number = RelocationType.number(file, info);
            entry.type = RelocationType.of(file, number, place());
            entry.hasAddend = hasAddends;
            long symbol = RelocationType.symbol(file, info);
            entry.value = entry.type.operation() == RelocationType.Operation.NONE ? 0 : symbols.value(symbol, place());
            if (hasAddends) {
                entry.value += wide ? some.getLong(at + 16) : some.getInt(at + 8);
            }
        }

        private String place() {
            return table.place();
        }
    }
}

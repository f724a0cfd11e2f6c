package dev.faultline.source.dwarf;

import dev.faultline.input.InputException;
import dev.faultline.source.dwarf.entry.UnitBases;
import dev.faultline.source.dwarf.entry.UnitBytes;
import dev.faultline.source.elf.ElfFile;
import dev.faultline.source.elf.Section;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * The index of a package of split units ({@code .dwp}): which parts of the sections each unit has brought along. DWARF
 * 5, section 7.3.5, and GNU's version 2 before it.
 */
final class PackageIndex {

    private static final String UNITS = ".debug_cu_index";
    private static final String TYPES = ".debug_tu_index";
    private static final int HEADER_BYTES = 16;
    private static final int INFO = 1;
    private static final int OLD_TYPES = 2;
    private static final int ABBREVIATIONS = 3;
    private static final int LINES = 4;
    private static final int STR_OFFSETS = 6;

    private final String source;
    private final UnitBytes bytes;
    private final boolean isTypes;

    /** For the offset of a unit, where its own offsets count from. */
    private final NavigableMap<Long, UnitBases> units = new TreeMap<>();

    private PackageIndex(String source, UnitBytes bytes, boolean isTypes) {
        this.source = source;
        this.bytes = bytes;
        this.isTypes = isTypes;
    }

    /**
     * {@return for the offset of a unit, where its own offsets count from; in files that are no package, the start}
     *
     * @param elf the file
     * @param isTypes whether the units are in {@code .debug_types}
     */
    static LongFunction<UnitBases> of(ElfFile elf, boolean isTypes) {
        NavigableMap<Long, UnitBases> all = new TreeMap<>();
        for (String name : new String[] {UNITS, TYPES}) {
            Optional<Section> section = elf.find(name).filter(Section::hasContent);
            if (section.isPresent()) {
                PackageIndex index = new PackageIndex(
                        elf.source(), DwarfSections.bytes(section.get().content()), isTypes);
                try {
                    index.read();
                } catch (IndexOutOfBoundsException cut) {
                    throw new InputException(elf.source(), "section " + name, "is broken: " + cut.getMessage());
                }
                all.putAll(index.units);
            }
        }
        return offset -> {
            Map.Entry<Long, UnitBases> unit = all.floorEntry(offset);
            return unit == null ? UnitBases.START : unit.getValue();
        };
    }

    private void read() {
        int columns = bytes.u4(4);
        int rows = bytes.u4(8);
        int slots = bytes.u4(12);
        long table = HEADER_BYTES + (long) slots * 12;
        long cells = (bytes.byteSize() - table) / 4;
        boolean isInside = columns > 0 && rows >= 0 && slots >= 0 && 2L * rows + 1 <= cells / columns;
        if (rows != 0 && !isInside) {
            throw new InputException(
                    source,
                    "index of split units",
                    rows + " units of " + columns + " sections in " + bytes.byteSize() + " bytes");
        }
        for (int row = 0; row < rows; row++) {
            add((int) table, columns, row);
        }
    }

    private void add(int table, int columns, int row) {
        long unit = -1;
        long abbreviations = 0;
        long strOffsets = 0;
        long lines = 0;
        for (int column = 0; column < columns; column++) {
            int kind = bytes.u4(table + 4 * column);
            long offset = bytes.number(table + 4 * (columns * (row + 1) + column), 4);
            switch (kind) {
                case INFO -> unit = isTypes ? unit : offset;
                case OLD_TYPES -> unit = isTypes ? offset : unit;
                case ABBREVIATIONS -> abbreviations = offset;
                case LINES -> lines = offset;
                case STR_OFFSETS -> strOffsets = offset;
                default -> {}
            }
        }
        if (unit >= 0) {
            units.put(unit, new UnitBases(abbreviations, strOffsets, lines));
        }
    }
}

package dev.faultline.source.dwarf;

import dev.faultline.source.dwarf.entry.LineFiles;
import dev.faultline.source.dwarf.entry.Unit;
import dev.faultline.source.dwarf.entry.UnitBases;
import dev.faultline.source.dwarf.entry.UnitBytes;
import dev.faultline.source.dwarf.entry.UnitParser;
import dev.faultline.source.elf.Section;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;

/** A section with units. Safe for use by several threads. */
final class UnitSection {

    private static final int HEAD_BYTES = 12;

    private final Section section;
    private final boolean isTypes;
    private final UnitParser parser;
    private final LongFunction<UnitBases> bases;
    private final LineTables lines;
    private final LongFunction<LineFiles> skeletons;
    private NavigableMap<Long, Long> sizes;

    /**
     * Describes a section.
     *
     * @param section the section
     * @param isTypes whether it is {@code .debug_types} of DWARF 4
     * @param parser makes units of its bytes
     * @param bases for the offset of a unit, where its own offsets count from
     * @param lines the line tables of the file
     * @param skeletons for the identity of a split unit, the source files that its skeleton names
     */
    UnitSection(
            Section section,
            boolean isTypes,
            UnitParser parser,
            LongFunction<UnitBases> bases,
            LineTables lines,
            LongFunction<LineFiles> skeletons) {
        this.section = section;
        this.isTypes = isTypes;
        this.parser = parser;
        this.bases = bases;
        this.lines = lines;
        this.skeletons = skeletons;
    }

    Section section() {
        return section;
    }

    /**
     * Makes a unit of its bytes.
     *
     * @param bytes the bytes from its length on
     * @param offset where it starts in the section, in bytes
     */
    Unit parse(UnitBytes bytes, long offset) {
        return parser.parse(bytes, offset, isTypes, bases.apply(offset));
    }

    /** {@return the source files of the line table at an offset} */
    LineFiles lineFiles(long byteOffset) {
        return lines.at(byteOffset);
    }

    /** {@return the source files of a split unit by its identity} */
    LineFiles splitLineFiles(long id) {
        return skeletons.apply(id);
    }

    /** {@return the unit that has an offset in it; empty when none has} */
    Optional<Unit> at(long byteOffset) {
        Map.Entry<Long, Long> unit = sizes().floorEntry(byteOffset);
        if (unit == null || byteOffset >= unit.getKey() + unit.getValue() || unit.getValue() > Integer.MAX_VALUE) {
            return Optional.empty();
        }
        UnitBytes bytes =
                DwarfSections.bytes(section.read(unit.getKey(), unit.getValue().intValue(), "a unit"));
        return Optional.of(parse(bytes, unit.getKey()));
    }

    /** {@return the offset of the unit that has an offset in it; -1 when none has} */
    long start(long byteOffset) {
        Map.Entry<Long, Long> unit = sizes().floorEntry(byteOffset);
        return unit == null || byteOffset >= unit.getKey() + unit.getValue() ? -1 : unit.getKey();
    }

    /** {@return for the offset of each unit its size in bytes} */
    private synchronized NavigableMap<Long, Long> sizes() {
        if (sizes == null) {
            NavigableMap<Long, Long> found = new TreeMap<>();
            long end = section.byteSize();
            for (long offset = 0; offset + HEAD_BYTES <= end; ) {
                long size = UnitParser.unitBytes(
                        DwarfSections.bytes(section.read(offset, HEAD_BYTES, "the header of a unit")));
                if (size < Integer.BYTES || size > end - offset) {
                    break;
                }
                if (size >= HEAD_BYTES) { // else the space between two
                    found.put(offset, size);
                }
                offset += size;
            }
            sizes = found;
        }
        return sizes;
    }
}

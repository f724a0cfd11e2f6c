package dev.faultline.source.dwarf;

import dev.faultline.source.dwarf.entry.CodeRanges;
import dev.faultline.source.dwarf.entry.LineProgram;
import dev.faultline.source.dwarf.entry.StringSections;
import dev.faultline.source.dwarf.entry.UnitBytes;
import dev.faultline.source.dwarf.function.UnitFunctions;
import dev.faultline.source.dwarf.record.FunctionRecord;
import dev.faultline.source.dwarf.type.UnitTypes;
import dev.faultline.source.elf.ElfFile;
import dev.faultline.source.elf.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The functions of a program that have code at wanted addresses, and the lines of these. Several threads may add. */
final class FunctionTable {

    /** The line of an address. */
    record Line(String file, int line) {}

    private final long[] wanted;
    private final CodeRanges ranges;
    private final Optional<UnitBytes> lineTables;
    private final List<FunctionRecord> functions = new ArrayList<>();
    private final Map<Long, Line> lines = new HashMap<>();
    private final Set<Long> readTables = new HashSet<>();

    /**
     * Makes an empty table.
     *
     * @param elf the linked file
     * @param wanted addresses of code in it, ascending
     */
    FunctionTable(ElfFile elf, long[] wanted) {
        this.wanted = wanted.clone();
        this.ranges = new CodeRanges(
                section(elf, ".debug_ranges"), section(elf, ".debug_rnglists"), section(elf, ".debug_addr"));
        this.lineTables = elf.find(".debug_line").filter(Section::hasContent).map(any -> section(elf, ".debug_line"));
    }

    private static UnitBytes section(ElfFile elf, String name) {
        return elf.find(name)
                .filter(Section::hasContent)
                .map(found -> DwarfSections.bytes(found.content()))
                .orElseGet(StringSections::none);
    }

    /** Adds the functions of a unit; what is broken in it is left out. */
    synchronized void add(UnitTypes unit) {
        try {
            functions.addAll(new UnitFunctions(unit, ranges, wanted).all());
            addLines(unit);
        } catch (IllegalArgumentException | IndexOutOfBoundsException broken) {
            isBroken = true; // addresses in it stay without a function, which is told
        }
    }

    private boolean isBroken;

    /** {@return whether a unit could not be read} */
    boolean isBroken() {
        return isBroken;
    }

    private void addLines(UnitTypes unit) {
        long start = unit.lineTable();
        if (start < 0 || lineTables.isEmpty() || start >= lineTables.get().byteSize() || !readTables.add(start)) {
            return;
        }
        LineProgram.places(lineTables.get(), (int) start, unit.addressBytes(), wanted)
                .forEach((address, place) ->
                        lines.putIfAbsent(address, new Line(unit.file(place.file()), place.line())));
    }

    /** {@return the functions} */
    List<FunctionRecord> functions() {
        return List.copyOf(functions);
    }

    /** {@return the lines of the addresses that have one} */
    Map<Long, Line> lines() {
        return Map.copyOf(lines);
    }
}

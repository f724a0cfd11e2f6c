package dev.faultline.source.dwarf;

import dev.faultline.source.dwarf.entry.LineFiles;
import dev.faultline.source.dwarf.entry.StringSections;
import dev.faultline.source.dwarf.entry.UnitBases;
import dev.faultline.source.dwarf.entry.UnitBytes;
import dev.faultline.source.dwarf.entry.UnitParser;
import dev.faultline.source.elf.ElfFile;
import dev.faultline.source.elf.Section;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * The sections of a file that describe types.
 *
 * @param source the name of the file in messages
 * @param order of its numbers
 * @param units the sections with units, in the order of the file
 * @param strings the sections with texts
 */
record DwarfSections(String source, ByteOrder order, List<UnitSection> units, StringSections strings) {

    private static final String PREFIX = ".debug_";

    /** What objects for gcc's link-time optimisation put before the names of sections. */
    private static final String LTO_PREFIX = ".gnu.debuglto_";

    private static final String SPLIT_SUFFIX = ".dwo";

    /** How the sections of a file are named: some words before and behind the standard name. */
    private record Naming(String prefix, String suffix) {

        String of(String name) {
            return prefix + name + suffix;
        }
    }

    private static final List<Naming> NAMINGS =
            List.of(new Naming(PREFIX, ""), new Naming(PREFIX, SPLIT_SUFFIX), new Naming(LTO_PREFIX + PREFIX, ""));

    /** {@return whether a file has types, or refers to files that have them} */
    static boolean isIn(ElfFile elf) {
        return NAMINGS.stream().anyMatch(naming -> elf.has(naming.of("info")) || elf.has(naming.of("types")));
    }

    /**
     * {@return the sections of a file}
     *
     * @param elf the file
     * @param alternate the file that dwz has moved texts and types to
     */
    static DwarfSections of(ElfFile elf, Optional<DwarfSections> alternate) {
        return of(elf, alternate, id -> LineFiles.NONE);
    }

    /**
     * {@return the sections of a file with split units}
     *
     * @param elf the file
     * @param skeletons for the identity of a split unit, the source files that its skeleton names
     */
    static DwarfSections ofSplit(ElfFile elf, LongFunction<LineFiles> skeletons) {
        return of(elf, Optional.empty(), skeletons);
    }

    private static DwarfSections of(ElfFile elf, Optional<DwarfSections> alternate, LongFunction<LineFiles> skeletons) {
        List<UnitSection> units = new ArrayList<>();
        StringSections first = null;
        for (Naming naming : NAMINGS) {
            if (elf.has(naming.of("info")) || elf.has(naming.of("types"))) {
                StringSections strings = strings(elf, naming, alternate);
                first = first == null ? strings : first;
                units.addAll(units(elf, naming, strings, skeletons));
            }
        }
        return new DwarfSections(elf.source(), elf.byteOrder(), units, first == null ? StringSections.EMPTY : first);
    }

    private static List<UnitSection> units(
            ElfFile elf, Naming naming, StringSections strings, LongFunction<LineFiles> skeletons) {
        List<UnitSection> units = new ArrayList<>();
        UnitParser parser = new UnitParser(bytes(elf.find(naming.of("abbrev"))), strings);
        LineTables lines = new LineTables(elf.find(naming.of("line")), strings);
        for (boolean isTypes : new boolean[] {false, true}) {
            LongFunction<UnitBases> bases = PackageIndex.of(elf, isTypes);
            for (Section section : elf.findAll(naming.of(isTypes ? "types" : "info"))) {
                if (section.hasContent()) {
                    units.add(new UnitSection(section, isTypes, parser, bases, lines, skeletons));
                }
            }
        }
        return units;
    }

    private static StringSections strings(ElfFile elf, Naming naming, Optional<DwarfSections> alternate) {
        return new StringSections(
                bytes(elf.find(naming.of("str"))),
                bytes(elf.find(naming.of("line_str"))),
                bytes(elf.find(naming.of("str_offsets"))),
                alternate.map(other -> other.strings().str()).orElseGet(StringSections::none));
    }

    private static UnitBytes bytes(Optional<Section> section) {
        if (section.isEmpty() || !section.get().hasContent()) {
            return StringSections.none();
        }
        return bytes(section.get().content());
    }

    /** {@return the bytes of a buffer, copied when it is a part of an array} */
    static UnitBytes bytes(ByteBuffer content) {
        if (content.hasArray() && content.arrayOffset() == 0 && content.position() == 0) {
            return new UnitBytes(content.array(), content.limit(), content.order());
        }
        byte[] copy = new byte[content.remaining()];
        content.duplicate().get(copy);
        return new UnitBytes(copy, copy.length, content.order());
    }
}

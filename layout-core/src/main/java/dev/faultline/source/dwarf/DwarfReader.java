package dev.faultline.source.dwarf;

import dev.faultline.input.InputException;
import dev.faultline.input.VisibleText;
import dev.faultline.source.dwarf.entry.LineFiles;
import dev.faultline.source.dwarf.record.TypeStore;
import dev.faultline.source.dwarf.type.SplitUnit;
import dev.faultline.source.dwarf.type.UnitTypes;
import dev.faultline.source.elf.ElfFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;

/**
 * Reads the types of a program from all files that have parts of its debug information: its own, the split units of its
 * skeletons, and the file that dwz has moved types to.
 */
final class DwarfReader {

    private static final String ALTERNATE_LINK = ".gnu_debugaltlink";
    private static final int MOST_NAMED = 3;

    private final TypeStore store;
    private final List<String> unread = new ArrayList<>();
    private final int threads;
    private final VariableTable variables = new VariableTable();
    private Optional<FunctionTable> functions = Optional.empty();
    private int ordinal;

    /** The names of an archive's members, by the number of the first unit of each. */
    private final NavigableMap<Integer, String> members = new TreeMap<>();

    private int withoutAlternate;

    DwarfReader(int threads, TypeStore store) {
        this.threads = threads;
        this.store = store;
    }

    TypeStore store() {
        return store;
    }

    /** {@return the variables that have an address} */
    VariableTable variables() {
        return variables;
    }

    /** Asks for functions, too. */
    void collect(FunctionTable table) {
        functions = Optional.of(table);
    }

    /** Says that what is read from here on is a member of an archive. */
    void beginMember(String name) {
        members.put(ordinal, name);
    }

    /** {@return the name of the archive's member that a struct was first seen in; empty when there is no archive} */
    String member(TypeStore.Named struct) {
        Map.Entry<Integer, String> member = members.floorEntry((int) (struct.firstSeen() >>> Integer.SIZE));
        return member == null ? "" : member.getValue();
    }

    /** Adds a line about a part that could not be read; names of the file in it are escaped. */
    void leaveOut(String line) {
        unread.add(VisibleText.of(line));
    }

    /** {@return a line for each part that could not be read} */
    List<String> unread() {
        return unread;
    }

    /**
     * Reads the types of a binary.
     *
     * @param elf the binary
     * @param companions finds the other files
     * @throws InputException when sections are broken
     */
    void read(ElfFile elf, CompanionFiles companions) {
        Optional<ElfFile> alternate = elf.has(ALTERNATE_LINK) ? companions.alternate() : Optional.empty();
        variables.readAddresses(elf);
        int before = withoutAlternate;
        try {
            read(elf, alternate, companions);
            int units = withoutAlternate - before;
            if (units > 0 || elf.has(ALTERNATE_LINK) && alternate.isEmpty()) {
                leaveOut(elf.source() + ": dwz has moved types to another file (" + ALTERNATE_LINK
                        + "), which is not there; types that need it are left out"
                        + (units > 0 ? ", and all of " + units + (units > 1 ? " units" : " unit") : ""));
            }
        } finally {
            alternate.ifPresent(ElfFile::close);
        }
    }

    private void read(ElfFile elf, Optional<ElfFile> alternate, CompanionFiles companions) {
        Optional<DwarfSections> other = alternate.map(file -> DwarfSections.of(file, Optional.empty()));
        Optional<UnitSection> moved =
                other.flatMap(sections -> sections.units().stream().findFirst());
        Map<Long, SplitUnit> splits = Collections.synchronizedMap(new LinkedHashMap<>());
        NavigableSet<Long> imports = Collections.synchronizedNavigableSet(new TreeSet<>());
        DwarfSections sections = DwarfSections.of(elf, other);
        walk(sections, moved, types -> {
            types.split().ifPresent(split -> splits.put(split.id(), split));
            add(types);
            imports.addAll(types.imports());
        });
        moved.ifPresent(section -> readImported(section, imports));
        if (!splits.isEmpty()) {
            readSplit(sections, splits, companions);
        }
    }

    /** Adds the variables of a unit, unless only some types are looked for. */
    private void add(UnitTypes unit) {
        if (store.wantedWord().isEmpty()) {
            variables.add(unit);
        }
        functions.ifPresent(table -> table.add(unit));
    }

    private void walk(
            DwarfSections sections, Optional<UnitSection> alternate, java.util.function.Consumer<UnitTypes> visitor) {
        UnitWalk walk = new UnitWalk(sections, alternate, store, threads, ordinal, visitor);
        unread.addAll(walk.run());
        ordinal = walk.nextOrdinal();
        withoutAlternate += walk.withoutAlternate();
    }

    /** Lists the types that the program uses of a file that several programs share. */
    private void readImported(UnitSection section, NavigableSet<Long> imports) {
        SectionLookup lookup = new SectionLookup(section, Optional.empty(), store);
        NavigableSet<Long> waiting = new TreeSet<>(imports);
        NavigableSet<Long> done = new TreeSet<>();
        while (!waiting.isEmpty()) {
            long start = section.start(waiting.pollFirst());
            if (start < 0 || !done.add(start)) {
                continue;
            }
            try {
                lookup.unit(start).ifPresent(types -> {
                    types.list(ordinal++);
                    waiting.addAll(types.importsOfSection());
                });
            } catch (IllegalArgumentException | IndexOutOfBoundsException broken) {
                leaveOut("unit at byte 0x" + Long.toHexString(start) + " of the alternate file of dwz: "
                        + broken.getMessage());
            }
        }
    }

    private void readSplit(DwarfSections skeletons, Map<Long, SplitUnit> splits, CompanionFiles companions) {
        LongFunction<LineFiles> lines = id -> {
            SplitUnit split = splits.get(id);
            return split == null || split.lineTable() < 0
                    ? LineFiles.NONE
                    : skeletons.units().get(0).lineFiles(split.lineTable());
        };
        Optional<ElfFile> all = companions.splitPackage();
        if (all.isPresent()) {
            try (ElfFile file = all.get()) {
                walk(DwarfSections.ofSplit(file, lines), Optional.empty(), this::add);
            }
            return;
        }
        List<String> missing = new ArrayList<>();
        Set<List<String>> walked = new HashSet<>();
        for (SplitUnit split : splits.values()) {
            if (!walked.add(List.of(split.directory(), split.file()))) {
                continue; // it has several units
            }
            Optional<ElfFile> file = companions.split(split);
            if (file.isEmpty()) {
                missing.add(split.file());
                continue;
            }
            try (ElfFile opened = file.get()) {
                walk(DwarfSections.ofSplit(opened, lines), Optional.empty(), this::add);
            }
        }
        if (!missing.isEmpty()) {
            leaveOut(skeletons.source() + ": the types of " + missing.size() + " of " + splits.size()
                    + " units are in split files that are not there: "
                    + String.join(", ", missing.subList(0, Math.min(missing.size(), MOST_NAMED)))
                    + (missing.size() > MOST_NAMED ? ", ..." : "")
                    + "; build where they are, or name a .dwp package made by dwp");
        }
    }
}

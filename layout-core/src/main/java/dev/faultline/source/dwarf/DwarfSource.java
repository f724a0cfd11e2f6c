package dev.faultline.source.dwarf;

import dev.faultline.input.InputException;
import dev.faultline.input.name.NameIndex;
import dev.faultline.layout.Provenance;
import dev.faultline.source.Inventory;
import dev.faultline.source.Lookup;
import dev.faultline.source.SelectiveSource;
import dev.faultline.source.StructKeyword;
import dev.faultline.source.Subject;
import dev.faultline.source.data.DescribedVariables;
import dev.faultline.source.dwarf.StructVariants.Variant;
import dev.faultline.source.dwarf.record.SignedNames;
import dev.faultline.source.dwarf.record.TypeRecord;
import dev.faultline.source.dwarf.record.TypeStore;
import dev.faultline.source.elf.ArchiveFile;
import dev.faultline.source.elf.ElfFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The structs, unions and classes of a binary with DWARF debug information.
 *
 * <p>Opening walks all units once and keeps each different type once; layouts are made when they are asked for. Not
 * safe for use by several threads.
 */
public final class DwarfSource implements SelectiveSource {

    private static final String BTF = ".BTF";

    /** Names without arguments, indexes or versions. */
    private static final Pattern PLAIN_NAME = Pattern.compile("((struct|union|class) )?[\\w:]+");

    private static final String NO_STRUCTS =
            "its DWARF describes no structs; was it compiled with -g1 or for line numbers only?";

    /** As many as parallel streams use: one for each CPU. */
    private static final int THREADS = ForkJoinPool.getCommonPoolParallelism() + 1;

    private final String description;
    private final TypeStore store;
    private final VariableTable variables;
    private final DwarfLayouts layouts;
    private final DwarfLocations locations;
    private final List<String> unread;
    private final Function<TypeStore.Named, String> members;
    private final boolean hasBtf;
    private StructVariants structs;

    /** Whether a type was looked for that units only declare, among all types of its name. */
    private boolean hasAskedForOthers;

    private NameIndex index;

    private DwarfSource(String description, int machine, DwarfReader reader, boolean hasBtf) {
        this.hasBtf = hasBtf;
        this.description = description;
        this.variables = reader.variables();
        this.store = reader.store();
        this.unread = reader.unread();
        this.members = reader::member;
        Map<String, List<TypeRecord.Aggregate>> definitions = new HashMap<>();
        for (TypeStore.Named one : store.named()) {
            definitions.computeIfAbsent(one.name(), any -> new ArrayList<>(1)).add(one.type());
        }
        SignedNames names = new SignedNames(store);
        Function<String, List<TypeRecord.Aggregate>> defined = name -> {
            hasAskedForOthers = true;
            return definitions.getOrDefault(names.resolve(name), List.of());
        };
        this.layouts = new DwarfLayouts(description, machine, store, defined);
        this.locations = new DwarfLocations(store, defined);
    }

    /** {@return whether a binary has DWARF debug information of types} */
    public static boolean isIn(ElfFile elf) {
        return DwarfSections.isIn(elf);
    }

    /**
     * Reads the types of a binary.
     *
     * @param elf the binary, which may be closed afterwards
     * @param companions finds other files with parts of its debug information
     * @return the source
     * @throws InputException when its sections are broken
     */
    public static DwarfSource of(ElfFile elf, CompanionFiles companions) {
        try {
            DwarfReader reader = new DwarfReader(THREADS, new TypeStore());
            reader.read(elf, companions);
            return new DwarfSource(elf.source(), elf.machine(), reader, elf.has(BTF));
        } catch (OutOfMemoryError large) {
            throw full(elf.source());
        }
    }

    /**
     * Finds one struct of a binary without keeping its other types.
     *
     * @param elf the binary, which may be closed afterwards
     * @param companions finds other files with parts of its debug information
     * @param name the name as people write it
     * @return what a source of all its types finds by that name; empty when only that tells, as for several structs,
     *     for none, and for names with arguments of templates
     * @throws InputException when its sections are broken
     */
    public static Optional<Lookup.Found> findAlone(ElfFile elf, CompanionFiles companions, String name) {
        String word = PLAIN_NAME.matcher(name).matches() ? NameIndex.base(name) : "";
        if (word.isEmpty()) {
            return Optional.empty();
        }
        try {
            DwarfReader reader = new DwarfReader(THREADS, new TypeStore(word));
            reader.read(elf, companions);
            DwarfSource some = new DwarfSource(elf.source(), elf.machine(), reader, elf.has(BTF));
            return Optional.of(some.found(name))
                    .filter(Lookup.Found.class::isInstance)
                    .map(Lookup.Found.class::cast)
                    .filter(found -> found.subjects().size() == 1
                            && found.subjects().get(0).version().isEmpty()
                            && !some.hasAskedForOthers);
        } catch (OutOfMemoryError large) {
            throw full(elf.source());
        }
    }

    /** {@return that there is too little memory for a file} */
    static InputException full(String source) {
        return new InputException(
                source, "", "its debug information does not fit into the memory of this VM; raise -Xmx");
    }

    /**
     * Reads the types of the object files of a static library.
     *
     * @param archive the library, which may be closed afterwards
     * @param companions for an object file, finds other files with parts of its debug information
     * @return the source; empty when no object file has DWARF
     * @throws InputException when sections are broken
     */
    public static Optional<DwarfSource> of(ArchiveFile archive, Function<ElfFile, CompanionFiles> companions) {
        try {
            return read(archive, companions);
        } catch (OutOfMemoryError large) {
            throw full(archive.source());
        }
    }

    private static Optional<DwarfSource> read(ArchiveFile archive, Function<ElfFile, CompanionFiles> companions) {
        DwarfReader reader = new DwarfReader(THREADS, new TypeStore());
        int machine = -1;
        int without = 0;
        for (ArchiveFile.Member member : archive.members()) {
            if (!archive.isThin() && !archive.isElf(member)) {
                continue;
            }
            try (ElfFile elf = ElfFile.of(archive.open(member))) {
                if (isIn(elf)) {
                    machine = elf.machine();
                    reader.beginMember(member.name());
                    reader.read(elf, companions.apply(elf));
                } else {
                    without++;
                }
            } catch (InputException broken) {
                reader.leaveOut(broken.getMessage());
            }
        }
        if (machine < 0) {
            return Optional.empty();
        }
        if (without > 0) {
            reader.leaveOut(archive.source() + ": " + without + " of "
                    + archive.members().size() + " members have no DWARF debug information; compile them with -g");
        }
        return Optional.of(new DwarfSource(archive.source(), machine, reader, false));
    }

    /** {@return its global variables, with their types} */
    public DescribedVariables variables() {
        return new DescribedVariables(Provenance.Origin.DWARF, () -> variables.all(layouts));
    }

    @Override
    public String description() {
        return description;
    }

    private StructVariants structs() {
        if (structs == null) {
            structs = new StructVariants(store.named(), members, layouts);
        }
        return structs;
    }

    private NameIndex index() {
        if (index == null) {
            index = new NameIndex(structs().names());
        }
        return index;
    }

    @Override
    public List<Entry> entries() {
        return structs().all().stream().map(DwarfSource::entry).toList();
    }

    private static Entry entry(Variant one) {
        TypeRecord.Aggregate type = one.type();
        return new Entry(one.name(), one.version(), type.byteSize(), type.kind().keyword() + " " + one.name());
    }

    /**
     * Finds structs, unions and classes.
     *
     * @param name a name as {@link #entries} lists it, or as people write it: {@code Ring<long,4>}; behind {@code @},
     *     the unit, or the member of an archive, of one of several structs of that name, or the end of the unit's name
     */
    @Override
    public Lookup find(String name) {
        try {
            return found(name);
        } catch (OutOfMemoryError large) {
            throw full(description);
        }
    }

    private Lookup found(String name) {
        List<Variant> found = named(name);
        for (int at = name.indexOf('@'); at > 0 && found.isEmpty(); at = name.indexOf('@', at + 1)) {
            List<Variant> all = named(name.substring(0, at));
            String unit = name.substring(at + 1);
            found = all.stream().filter(one -> isIn(unit, one)).toList();
            if (found.isEmpty() && !all.isEmpty()) {
                return otherUnit(unit, all);
            }
        }
        if (found.isEmpty()) {
            return missing(StructKeyword.removedFrom(name));
        }
        return new Lookup.Found(found.stream().map(this::subject).toList());
    }

    private List<Variant> named(String name) {
        for (String listed : StructKeyword.meanings(name)) {
            List<Variant> found = structs().of(listed);
            if (!found.isEmpty()) {
                return found;
            }
        }
        List<String> meanings = index().meanings(name);
        return NameIndex.isOne(meanings)
                ? meanings.stream()
                        .flatMap(listed -> structs().of(listed).stream())
                        .toList()
                : List.of();
    }

    private Lookup missing(String tag) {
        List<String> meanings = index().meanings(tag);
        String hint = structs().all().isEmpty() ? ": " + NO_STRUCTS : index().hint(tag);
        return new Lookup.Missing(
                meanings.isEmpty()
                        ? description + " has no struct, union or class " + tag + hint
                        : description + ": " + tag + " is short for " + meanings.size() + " names; give more of one: "
                                + NameIndex.listed(meanings));
    }

    private static boolean isIn(String unit, Variant one) {
        return UnitNames.isMeant(unit, one.unit())
                || !one.version().isEmpty() && UnitNames.isMeant(unit, one.version());
    }

    private Lookup otherUnit(String unit, List<Variant> all) {
        String title = entry(all.get(0)).spelling();
        return new Lookup.Missing(
                all.size() == 1
                        ? description + " has only one " + title + ", first in "
                                + all.get(0).unit() + "; name it without @" + unit
                        : description + " has no " + title + " of a unit " + unit + ", but these: "
                                + all.stream().map(Variant::version).collect(Collectors.joining(", ")));
    }

    private Subject subject(Variant one) {
        return Subject.of(layouts.layout(one.type(), one.name()))
                .withVersion(one.version())
                .withOrigins(locations.of(one.type()));
    }

    /** {@return that it has BTF too} */
    @Override
    public List<String> notes() {
        return hasBtf ? List.of(noteOfBtf(description)) : List.of();
    }

    private static String noteOfBtf(String description) {
        return description + ": its DWARF is read, which tells more than its BTF";
    }

    /** {@return what {@link #notes} tells of a binary} */
    public static List<String> notes(ElfFile elf) {
        return elf.has(BTF) ? List.of(noteOfBtf(elf.source())) : List.of();
    }

    private List<String> unread() {
        return structs().all().isEmpty() && unread.isEmpty() ? List.of(description + ": " + NO_STRUCTS) : unread;
    }

    @Override
    public Inventory inventory(Predicate<Entry> wanted) {
        List<Subject> subjects = new ArrayList<>();
        List<Inventory.LeftOut> leftOut = new ArrayList<>();
        for (Variant one : structs().all()) {
            if (wanted.test(entry(one))) {
                try {
                    subjects.add(subject(one));
                } catch (InputException broken) {
                    leftOut.add(Inventory.LeftOut.damaged(one.name(), broken.getMessage()));
                } catch (OutOfMemoryError large) {
                    throw full(description);
                }
            }
        }
        return new Inventory("structs", subjects, leftOut, 0, unread());
    }

    @Override
    public Inventory missing(Predicate<Entry> wanted) {
        Inventory all = inventory(wanted);
        return new Inventory("structs", List.of(), all.leftOut(), 0, unread());
    }
}

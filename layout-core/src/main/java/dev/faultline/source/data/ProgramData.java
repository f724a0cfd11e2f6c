package dev.faultline.source.data;

import dev.faultline.input.InputException;
import dev.faultline.input.Nearest;
import dev.faultline.layout.Provenance;
import dev.faultline.source.FieldLocations;
import dev.faultline.source.FieldOrigins;
import dev.faultline.source.Inventory;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.elf.ElfFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The writable data of an ELF file: its global variables, each at its address. Symbols tell names and places; debug
 * information, where there is some, adds types. A layout is made when first asked for. Not safe for use by several
 * threads.
 */
public final class ProgramData {

    private static final String KEYWORD = "section ";

    /** How many names a note lists. */
    private static final int MOST_NAMED = 3;

    /** The layout of a run, or why there is none. */
    private record Result(Optional<DataLayout> made, String problem) {}

    private final String source;
    private final boolean isLinked;
    private final SymbolVariables symbols;
    private final DescribedVariables described;
    private final List<DataRun> runs = new ArrayList<>();
    private final Map<DataRun, Result> results = new LinkedHashMap<>();
    private final List<String> unread;
    private int single;

    private ProgramData(
            ElfFile elf,
            List<DataSection> sections,
            SymbolVariables symbols,
            DescribedVariables described,
            List<String> unread) {
        this.source = elf.source();
        this.unread = unread;
        this.isLinked = elf.type() != ElfFile.RELOCATABLE;
        this.symbols = symbols;
        this.described = described;
        for (DataRun run : DataRun.of(sections, isLinked)) {
            long count = symbols.of(run).stream()
                    .mapToLong(GlobalVariable::byteAddress)
                    .distinct()
                    .count();
            boolean isOwn = !isLinked && count == 1 && run.name().lastIndexOf('.') > 0;
            single += isOwn ? 1 : 0;
            if (count > 0 && !isOwn) {
                runs.add(run);
            }
        }
    }

    /**
     * Reads the symbols of a file.
     *
     * @param elf the file, which is not used later
     * @param described the variables that its debug information describes
     * @return its data; without variables when it has no symbols of any, or these are broken
     */
    public static ProgramData of(ElfFile elf, DescribedVariables described) {
        try {
            List<DataSection> sections = elf.sections().stream()
                    .flatMap(one -> DataSection.of(one).stream())
                    .toList();
            return new ProgramData(elf, sections, SymbolVariables.read(elf, sections), described, List.of());
        } catch (InputException broken) {
            String problem = "its global variables are not read: " + broken.getMessage();
            return new ProgramData(elf, List.of(), SymbolVariables.none(), described, List.of(problem));
        }
    }

    /** {@return whether it has no variables, and none that could not be read} */
    public boolean isEmpty() {
        return runs.isEmpty() && unread.isEmpty();
    }

    /** {@return whether the symbols are those of the whole program, not only what it shares with others} */
    public boolean isComplete() {
        return symbols.isComplete();
    }

    /** {@return whether a name can be only that of a section, as {@link #find} takes it} */
    public static boolean isSection(String name) {
        return name.startsWith(".") || name.startsWith(KEYWORD);
    }

    /** {@return one entry for each run of sections with variables, by address} */
    public List<LayoutSource.Entry> entries() {
        return runs.stream().map(ProgramData::entry).toList();
    }

    private static LayoutSource.Entry entry(DataRun run) {
        return new LayoutSource.Entry(run.name(), "", run.byteEnd() - run.byteBase(), KEYWORD + run.name());
    }

    /**
     * Finds sections.
     *
     * @param name the name of a section, with or without {@code section} before it; one that lies behind another is
     *     shown with that
     * @return the sections of that name, or why there is none
     */
    public Lookup find(String name) {
        String wanted =
                name.startsWith(KEYWORD) ? name.substring(KEYWORD.length()).strip() : name;
        List<Subject> found = new ArrayList<>();
        String problem = String.join("; ", unread);
        for (DataRun run : runs) {
            if (run.has(wanted)) {
                Result result = result(run);
                result.made().ifPresent(made -> found.add(subject(run, made)));
                problem = result.problem();
            }
        }
        if (!found.isEmpty()) {
            return new Lookup.Found(found);
        }
        return new Lookup.Missing(problem.isEmpty() ? missing(wanted) : source + ": " + wanted + ": " + problem);
    }

    /**
     * {@return the name of the section whose layout has a variable; empty when none has}
     *
     * @param variable its name, as people write it
     */
    public Optional<String> sectionOf(String variable) {
        return runs.stream()
                .filter(run ->
                        symbols.of(run).stream().anyMatch(one -> one.name().equals(variable)))
                .map(DataRun::name)
                .findFirst();
    }

    /** {@return the variables of a linked file that are one for all threads and CPUs; none of another file} */
    public List<PlacedVariable> variables() {
        List<PlacedVariable> placed = new ArrayList<>();
        for (DataRun run : runs) {
            if (isLinked && run.copies() == DataSection.Copies.SHARED) {
                described
                        .joined(symbols.of(run), run)
                        .forEach(one -> placed.add(new PlacedVariable(one, run.name(), run.byteBase())));
            }
        }
        return placed;
    }

    private String missing(String wanted) {
        if (runs.isEmpty() && !symbols.isComplete()) {
            return source + " has no variables in " + wanted + " that its symbols tell: it was stripped; name the"
                    + " program before that, or its debug file";
        }
        List<String> names = runs.stream()
                .flatMap(run -> run.sections().stream().map(DataSection::name))
                .distinct()
                .toList();
        return source + " has no variables in a section " + wanted + Nearest.hint(wanted, names);
    }

    /**
     * {@return the data that is wanted, and what could not be laid out}
     *
     * @param wanted whether an entry is
     */
    public Inventory inventory(Predicate<LayoutSource.Entry> wanted) {
        List<Subject> subjects = new ArrayList<>();
        List<Inventory.LeftOut> leftOut = new ArrayList<>();
        for (DataRun run : runs) {
            if (wanted.test(entry(run))) {
                Result result = result(run);
                result.made().ifPresent(made -> subjects.add(subject(run, made)));
                if (result.made().isEmpty()) {
                    leftOut.add(Inventory.LeftOut.damaged(run.name(), result.problem()));
                }
            }
        }
        return new Inventory("structs", subjects, leftOut, 0, unread);
    }

    private Result result(DataRun run) {
        return results.computeIfAbsent(run, this::made);
    }

    private Result made(DataRun run) {
        try {
            List<GlobalVariable> variables = described.joined(symbols.of(run), run);
            boolean isTyped = variables.stream().anyMatch(GlobalVariable::isTyped);
            Provenance provenance = new Provenance(
                    isTyped ? described.origin() : Provenance.Origin.SYMBOLS,
                    source,
                    run.words() + (isTyped ? "" : ", no types: compile with -g"),
                    OptionalInt.empty());
            return new Result(Optional.of(DataLayout.of(run, variables, symbols.isComplete(), provenance)), "");
        } catch (IllegalArgumentException tooLarge) {
            return new Result(Optional.empty(), String.valueOf(tooLarge.getMessage()));
        }
    }

    /** Rules are silent about what each thread or CPU has of its own: its neighbours are of the same one. */
    private static Subject subject(DataRun run, DataLayout made) {
        Subject subject = new Subject(made.layout(), "", run.placement(), Optional.empty(), Optional.empty());
        Map<String, Set<String>> silenced = run.copies() == DataSection.Copies.SHARED ? Map.of() : Map.of("", Set.of());
        return subject.withOrigins(new FieldOrigins(List.of(), Map.of(), silenced)
                .withLocations(Optional.empty(), FieldLocations.of(made.locations())));
    }

    /** {@return what users should know about the layouts made so far, a line each} */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        results.forEach((run, result) -> result.made().ifPresent(made -> addNotes(notes, run, made)));
        if (!results.isEmpty() && symbols.common() > 0) {
            notes.add(source + ": " + count(symbols.common(), "common variable") + " (-fcommon) left out: the linker"
                    + " places them");
        }
        if (!results.isEmpty() && single > 0) {
            notes.add(source + ": " + count(single, "variable") + " in sections of their own (-fdata-sections) left"
                    + " out: the linker places them");
        }
        return notes;
    }

    private void addNotes(List<String> notes, DataRun run, DataLayout made) {
        if (made.inside() > 0) {
            notes.add(note(run, count(made.inside(), "symbol") + " inside other variables not shown"));
        }
        if (!made.overlapping().isEmpty()) {
            List<String> named = made.overlapping()
                    .subList(0, Math.min(MOST_NAMED, made.overlapping().size()));
            notes.add(note(
                    run,
                    count(made.overlapping().size(), "symbol") + " left out that lie in another variable in part: "
                            + String.join(", ", named)
                            + (named.size() < made.overlapping().size() ? ", ..." : "")));
        }
        if (made.closed() > 0) {
            notes.add(note(
                    run,
                    count(made.closed(), "variable") + " with many members shown whole, to keep the layout small"));
        }
        if (run.copies() == DataSection.Copies.THREAD) {
            notes.add(note(run, "each thread has a copy of its own, so neighbours are no hazard"));
        } else if (run.copies() == DataSection.Copies.CPU) {
            notes.add(note(run, "each CPU has a copy of its own, so neighbours are taken to be no hazard"));
        }
    }

    private String note(DataRun run, String text) {
        return source + ": " + run.name() + ": " + text;
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}

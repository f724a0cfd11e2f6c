package dev.faultline.cli.access;

import dev.faultline.access.ElementPath;
import dev.faultline.access.file.AccessFile;
import dev.faultline.access.perf.AccessCollector;
import dev.faultline.access.perf.DhatJson;
import dev.faultline.access.perf.PerfC2c;
import dev.faultline.access.perf.PerfMem;
import dev.faultline.access.perf.PerfScript;
import dev.faultline.access.perf.PerfTypes;
import dev.faultline.access.perf.PlaceLocator;
import dev.faultline.access.perf.ProgramPlaces;
import dev.faultline.access.perf.StatedTypes;
import dev.faultline.access.perf.TypeTable;
import dev.faultline.cli.hooks.HookFile;
import dev.faultline.cli.option.SourceOptions;
import dev.faultline.cli.option.UsageException;
import dev.faultline.cli.run.CliContext;
import dev.faultline.cli.run.InputText;
import dev.faultline.cli.run.StructFinder;
import dev.faultline.input.InputException;
import dev.faultline.input.NamePattern;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.data.LoadAddress;
import dev.faultline.source.data.ProgramSource;
import dev.faultline.source.elf.BuildId;
import dev.faultline.source.elf.ElfFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes access files of what profilers print. */
public final class AccessImport {

    /** The longest output of a profiler. */
    private static final int MOST_BYTES = 256 << 20;

    private static final double LONGEST_SECONDS = 1e12;

    /** Reads one kind of output. */
    @FunctionalInterface
    private interface Reader {
        /** {@return how long the run took; NaN when that is not told} */
        double read(String source, String text, PlaceLocator stated, AccessCollector collector);
    }

    /**
     * A kind of output.
     *
     * @param tool the tool in the access file
     * @param reader reads it
     */
    private record Kind(String tool, Reader reader) {}

    /** The word for what hooks write. */
    private static final String HOOKS = "hooks";

    private static final Map<String, Kind> KINDS = kinds();

    private final AccessOptions options;
    private final CliContext context;

    /** An import with these options. */
    public AccessImport(AccessOptions options, CliContext context) {
        this.options = options;
        this.context = context;
    }

    private static Map<String, Kind> kinds() {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        kinds.put(
                "perf-script",
                new Kind("perf script", (source, text, stated, to) -> PerfScript.read(source, text, to)));
        kinds.put("perf-c2c", new Kind("perf c2c report", timeless(PerfC2c::read)));
        kinds.put("perf-report", new Kind("perf report -s type,typeoff", timeless(PerfTypes::read)));
        kinds.put("perf-annotate", new Kind("perf annotate --data-type", timeless(PerfTypes::readAnnotated)));
        kinds.put("perf-mem", new Kind("perf mem report", timeless(PerfMem::read)));
        kinds.put("dhat", new Kind("valgrind --tool=dhat", (source, text, stated, to) -> {
            DhatJson.read(source, text, stated, to);
            return Double.NaN;
        }));
        return kinds;
    }

    /** Reads a kind of output that does not tell how long the run took. */
    @FunctionalInterface
    private interface TimelessReader {
        void read(String source, String text, AccessCollector collector);
    }

    private static Reader timeless(TimelessReader reader) {
        return (source, text, stated, collector) -> {
            reader.read(source, text, collector);
            return Double.NaN;
        };
    }

    /** {@return the words for the kinds of output} */
    public static List<String> words() {
        List<String> words = new ArrayList<>(KINDS.keySet());
        words.add(HOOKS);
        return words;
    }

    /**
     * Imports a file.
     *
     * @param word one of {@link #words}
     * @param name the name of the file; {@code -} for standard input
     * @return the access file; what to know about it is said
     * @throws InputException when it cannot be read as what it is said to be
     */
    public AccessFile read(String word, String name) {
        check();
        if (word.equals(HOOKS)) {
            return ofHooks(name);
        }
        Kind kind = KINDS.get(word);
        String source = name.equals("-") ? "standard input" : name;
        String text = name.equals("-")
                ? InputText.readStandardInput(context, "profile of a tool", MOST_BYTES)
                : InputText.read(name, "profile of a tool", MOST_BYTES);
        Optional<LayoutSource> program =
                Optional.ofNullable(options.from).map(from -> new StructFinder(sourceOptions(), context).source());
        StatedTypes stated = new StatedTypes(options.types, new SourceTypes(program));
        PlaceLocator locator = stated;
        Map<String, String> identity = new LinkedHashMap<>(options.identity);
        if (program.isPresent()) {
            AccessCollector functions = new AccessCollector(PlaceLocator.NONE, Map.of());
            kind.reader().read(source, text, stated, functions);
            locator = stated.or(places(program.get(), functions.functions(), identity));
        }
        AccessCollector collector = new AccessCollector(locator, options.roles);
        double told = kind.reader().read(source, text, stated, collector);
        AccessFile file =
                collector.file(kind.tool(), identity, options.seconds == null ? told : options.seconds.doubleValue());
        file.notes().forEach(note -> context.say(source + ": " + note));
        return file;
    }

    /** {@return the access file of what the hooks of a C or C++ program have written} */
    private AccessFile ofHooks(String name) {
        if (!options.roles.isEmpty()) {
            throw new UsageException("--role is for profilers; threads of hooks have the roles of their names");
        }
        HookFile.Told told = new HookFile.Told(
                options.types,
                Optional.empty(),
                options.identity,
                options.seconds == null ? Double.NaN : options.seconds,
                Optional.ofNullable(options.from).map(Path::of));
        AccessFile file = HookFile.read(Path.of(name), told, context);
        file.notes().forEach(note -> context.say(name + ": " + note));
        return file;
    }

    private void check() {
        for (String pattern : options.roles.keySet()) {
            if (pattern.isBlank() || options.roles.get(pattern).isBlank()) {
                throw UsageException.ofValue("--role", "PATTERN=NAME", pattern + "=" + options.roles.get(pattern));
            }
            try {
                NamePattern.parse(pattern);
            } catch (IllegalArgumentException broken) {
                throw UsageException.ofValue("--role", broken.getMessage());
            }
        }
        if (options.seconds != null && !(options.seconds > 0 && options.seconds <= LONGEST_SECONDS)) {
            throw UsageException.ofValue("--seconds", "a number above 0", String.valueOf(options.seconds));
        }
    }

    private SourceOptions sourceOptions() {
        SourceOptions source = new SourceOptions();
        source.from = options.from;
        return source;
    }

    /** The types of a source; none without one. */
    private static final class SourceTypes implements TypeTable {
        private final Optional<LayoutSource> source;
        private final Map<String, Optional<StructLayout>> layouts = new HashMap<>();
        private final Map<String, Optional<String>> fields = new HashMap<>();

        SourceTypes(Optional<LayoutSource> source) {
            this.source = source;
        }

        private Optional<StructLayout> layout(String type) {
            return layouts.computeIfAbsent(
                    type,
                    name -> source.flatMap(one -> one.find(name) instanceof Lookup.Found found
                            ? Optional.of(found.subjects().get(0).layout())
                            : Optional.empty()));
        }

        @Override
        public OptionalLong byteSize(String type) {
            return layout(type).map(one -> OptionalLong.of(one.byteSize())).orElse(OptionalLong.empty());
        }

        @Override
        public Optional<String> fieldAt(String type, long byteOffset) {
            return fields.computeIfAbsent(
                    type + "+" + byteOffset,
                    any -> layout(type).flatMap(one -> ElementPath.ByteOffset.fieldAt(one, byteOffset)));
        }
    }

    /** {@return the variables of a program, where it was loaded; adds its build id to an empty identity} */
    private PlaceLocator places(LayoutSource program, Map<Long, String> functions, Map<String, String> identity) {
        OptionalLong loaded = OptionalLong.empty();
        if (isFile(options.from)) {
            try (ElfFile elf = ElfFile.open(options.from, Path.of(options.from))) {
                loaded = LoadAddress.of(elf, functions);
                if (identity.isEmpty()) {
                    BuildId.of(elf).ifPresent(id -> identity.put("build-id", id.digits()));
                }
            } catch (InputException noProgram) {
                loaded = OptionalLong.empty(); // text or classes: they have types, and no addresses
            }
        }
        if (!(program instanceof ProgramSource source)) {
            return PlaceLocator.NONE;
        }
        return new ProgramPlaces(
                source.data().variables().stream()
                        .map(one -> new ProgramPlaces.Variable(
                                one.variable().name(),
                                one.variable().byteAddress(),
                                one.variable().byteSize(),
                                one.variable().type(),
                                one.section(),
                                one.sectionAddress()))
                        .toList(),
                loaded.orElse(0));
    }

    private static boolean isFile(String name) {
        try {
            return Files.isRegularFile(Path.of(name));
        } catch (InvalidPathException unspeakable) {
            return false;
        }
    }
}

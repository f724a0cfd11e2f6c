import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.faultline.input.InputException;
import dev.faultline.input.name.QualifiedName;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.MemberRole;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.layout.notation.TextLayouts;
import dev.faultline.source.Inventory;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Subject;
import dev.faultline.source.btf.BtfSource;
import dev.faultline.source.detect.SourceDetector;
import dev.faultline.source.notation.NotationSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Compares every struct, union and class that Faultline reads from the DWARF of a real file with what other programs
 * read from the same file: the size of the type, and of each member, however deep, path, place, bits and size.
 *
 * <pre>
 * java -cp 'cli/target/dist/lib/*' .ci/DwarfValidation.java [OPTION...] FILE...
 *   --against LIST   of gdb, pahole and btf; gdb by default
 *   --sizes FILE     what {@code rustc -Zprint-type-sizes} printed of the program, to compare with too
 *   --show N         how many differences of a kind to print; 20 by default
 *   --keep DIR       where to keep what the programs print; else it is deleted
 * </pre>
 *
 * gdb is asked for each name that Faultline lists, by gdb's own Python; of several types of one name it knows one,
 * which has to be one of Faultline's. pahole prints what it finds, which is read by the reader of pasted text. BTF is
 * the section of the file, read by the reader of BTF. Exit status: 0 when nothing differs, 1 when something does, 2 for
 * wrong usage, 3 when a program cannot be run.
 */
public final class DwarfValidation {

    private static final String USAGE = "usage: java -cp 'cli/target/dist/lib/*' .ci/DwarfValidation.java"
            + " [--against gdb,pahole,btf] [--sizes FILE] [--show N] [--keep DIR] FILE...";

    /** Writes for each name of a file a line {@code T name size}, then {@code M path bit bits size} for each member. */
    private static final String GDB_PROGRAM = """
            import gdb, sys

            AGGREGATES = (gdb.TYPE_CODE_STRUCT, gdb.TYPE_CODE_UNION)

            def members(whole, prefix, base, out):
                for field in whole.fields():
                    if not hasattr(field, 'bitpos') or field.bitpos is None:
                        if field.is_base_class:
                            out.write('V\\t%s\\n' % (prefix + field.name))
                        continue
                    name = field.name or ('discriminant' if field.artificial else '')
                    bit = base + field.bitpos
                    inner = field.type.strip_typedefs()
                    while inner.code == gdb.TYPE_CODE_ARRAY:
                        inner = inner.target().strip_typedefs()
                    is_open = inner.code in AGGREGATES
                    mark = 'B' if field.is_base_class else 'A' if is_open else 'M'
                    numbers = (bit, field.bitsize, field.type.sizeof)
                    out.write('%s\\t%s\\t%d\\t%d\\t%d\\n' % ((mark, prefix + name) + numbers))
                    if is_open:
                        members(inner, prefix + name + '\\x1f' if name else prefix, bit, out)

            def known(kind, name):
                for spelling in (kind + ' ' + name, name):
                    try:
                        found = gdb.lookup_type(spelling).strip_typedefs()
                    except gdb.error:
                        continue
                    if found.code in AGGREGATES:
                        return found
                return None

            with open('@NAMES@') as names, open('@OUT@', 'w') as out:
                for line in names:
                    kind, name = line.rstrip('\\n').split('\\t')
                    found = known(kind, name)
                    if found is None:
                        continue
                    out.write('T\\t%s\\t%d\\n' % (name, found.sizeof))
                    members(found, '', 0, out)
            """;

    private static final Pattern DISCRIMINANT = Pattern.compile("(^|\\.)(discriminant|__state)$");

    /** A program cannot be run. */
    private static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;

        Failure(String message) {
            super(message);
        }
    }

    /** The command line. */
    private record Options(
            Set<String> against, Optional<Path> sizes, int show, Optional<Path> keep, List<String> files) {}

    /**
     * Where a member is: its path in the outermost struct, its first bit there, how many bits, its size, whether it has
     * members, and whether its type has no name.
     */
    private record Place(String path, long bit, int bits, long byteSize, boolean isOpen, boolean isInline) {
        @Override
        public String toString() {
            return path + " at " + bit / 8 + (bits == 0 ? "" : " bit " + bit % 8 + " for " + bits)
                    + (byteSize < 0 ? "" : " of " + byteSize);
        }
    }

    /** One reading of a type. */
    private record Reading(long byteSize, List<Place> places) {}

    private final PrintStream out;
    private final Options options;
    private final Set<String> shown = new HashSet<>();
    private int differences;

    private DwarfValidation(PrintStream out, Options options) {
        this.out = out;
        this.options = options;
    }

    /**
     * Runs the comparison and exits with its status.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Optional<Options> options = options(arguments);
        if (options.isEmpty()) {
            System.err.println(USAGE);
            System.exit(2);
        }
        DwarfValidation validation = new DwarfValidation(System.out, options.get());
        try {
            for (String file : options.get().files()) {
                validation.compare(file);
            }
        } catch (Failure failed) {
            System.err.println(failed.getMessage());
            System.exit(3);
        }
        System.exit(validation.differences == 0 ? 0 : 1);
    }

    private static Optional<Options> options(String[] arguments) {
        Set<String> against = Set.of("gdb");
        Optional<Path> sizes = Optional.empty();
        int show = 20;
        Optional<Path> keep = Optional.empty();
        int at = 0;
        for (; at + 1 < arguments.length && arguments[at].startsWith("--"); at += 2) {
            String value = arguments[at + 1];
            switch (arguments[at]) {
                case "--against" -> against = Set.of(value.split(","));
                case "--sizes" -> sizes = Optional.of(Path.of(value));
                case "--show" -> show = Integer.parseInt(value);
                case "--keep" -> keep = Optional.of(Path.of(value));
                default -> {
                    return Optional.empty();
                }
            }
        }
        List<String> files = List.of(arguments).subList(at, arguments.length);
        return files.isEmpty() || !Set.of("gdb", "pahole", "btf").containsAll(against)
                ? Optional.empty()
                : Optional.of(new Options(against, sizes, show, keep, files));
    }

    private void compare(String file) throws IOException, InterruptedException, Failure {
        Path work = options.keep().isPresent()
                ? Files.createDirectories(options.keep().get())
                : Files.createTempDirectory("dwarf-validation");
        LayoutSource source = SourceDetector.here(Optional.empty(), Optional.empty()).open(file);
        Inventory inventory = source.inventory();
        List<StructLayout> types = inventory.subjects().stream()
                .map(Subject::layout)
                .filter(layout -> layout.kind() != AggregateKind.SECTION)
                .toList();
        Map<String, List<StructLayout>> ours = byName(types);
        shown.clear();
        out.println("== " + Path.of(file).getFileName() + ": " + ours.size() + " names, "
                + types.size() + " types, " + inventory.leftOut().size() + " left out, "
                + inventory.unread().size() + " not read");
        inventory.leftOut().stream().limit(options.show()).forEach(left -> out.println("left out: " + left));
        inventory.unread().stream().limit(options.show()).forEach(unread -> out.println("not read: " + unread));
        if (options.against().contains("gdb")) {
            againstGdb(file, ours, work);
        }
        if (options.against().contains("pahole")) {
            againstPahole(file, ours, work);
        }
        if (options.against().contains("btf")) {
            againstLayouts("BTF", ours, BtfSource.open(file, Path.of(file), Optional.empty()).all().stream()
                    .map(Subject::layout)
                    .toList());
        }
        if (options.sizes().isPresent()) {
            againstSizes(ours, options.sizes().get());
        }
        Set<String> unseen = new TreeSet<>(ours.keySet());
        unseen.removeAll(shown);
        out.println(unseen.size() + " names that none of them shows");
        unseen.stream().limit(options.show()).forEach(name -> out.println("  not shown: " + name));
        if (options.keep().isEmpty()) {
            delete(work);
        }
    }

    private static Map<String, List<StructLayout>> byName(Collection<StructLayout> layouts) {
        Map<String, List<StructLayout>> byName = new TreeMap<>();
        layouts.forEach(layout ->
                byName.computeIfAbsent(layout.name(), any -> new ArrayList<>(1)).add(layout));
        return byName;
    }

    // ---- gdb ----

    private void againstGdb(String file, Map<String, List<StructLayout>> ours, Path work)
            throws IOException, InterruptedException, Failure {
        Path names = work.resolve("names.txt");
        Path answers = work.resolve("gdb.txt");
        List<String> asked = new ArrayList<>();
        ours.forEach((name, all) -> asked.add(all.get(0).kind().keyword() + "\t" + name));
        Files.write(names, asked, UTF_8);
        Path program = Files.writeString(
                work.resolve("ask.py"),
                GDB_PROGRAM.replace("@NAMES@", names.toString()).replace("@OUT@", answers.toString()));
        run(work, "gdb", "-nx", "-batch", "-x", program.toString(), file);
        Comparison comparison = new Comparison("gdb", ours);
        try (BufferedReader reader = Files.newBufferedReader(answers, UTF_8)) {
            String name = null;
            long byteSize = 0;
            List<Place> places = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] words = line.split("\t", -1);
                if (words[0].equals("T")) {
                    if (name != null) {
                        comparison.add(name, new Reading(byteSize, places));
                    }
                    name = words[1];
                    byteSize = Long.parseLong(words[2]);
                    places = new ArrayList<>();
                } else if (!words[0].equals("V")) {
                    places.add(new Place(
                            Stream.of(words[1].split("\\x1f", -1)).map(DwarfValidation::name).collect(joining(".")),
                            Long.parseLong(words[2]),
                            Integer.parseInt(words[3]),
                            words[0].equals("B") ? -1 : Long.parseLong(words[4]),
                            !words[0].equals("M"),
                            false));
                }
            }
            if (name != null) {
                comparison.add(name, new Reading(byteSize, places));
            }
        }
        comparison.print();
    }

    // ---- pahole and BTF ----

    private void againstPahole(String file, Map<String, List<StructLayout>> ours, Path work)
            throws IOException, InterruptedException, Failure {
        Path printed = run(work, "pahole", "-F", "dwarf", file);
        if (Files.size(printed) == 0) {
            out.println("pahole: prints nothing of this file");
            return;
        }
        TextLayouts read;
        try {
            read = NotationReader.readAll("pahole", Files.readString(printed, UTF_8));
        } catch (InputException tooLarge) {
            out.println("its text is not read: " + tooLarge.getMessage());
            return;
        }
        if (!read.skipped().isEmpty()) {
            out.println("pahole: " + read.skipped().size() + " of its declarations cannot be read");
            read.skipped().stream()
                    .limit(options.show())
                    .forEach(one -> out.println("  " + one.reason().getMessage()));
        }
        againstLayouts("pahole", ours, read.layouts());
    }

    private void againstLayouts(String oracle, Map<String, List<StructLayout>> ours, List<StructLayout> theirs) {
        Comparison comparison = new Comparison(oracle, ours);
        theirs.forEach(layout -> comparison.add(layout.name(), reading(layout, true)));
        comparison.print();
    }

    // ---- rustc ----

    /** The two name types by different paths, so only the last part of each path counts. */
    private void againstSizes(Map<String, List<StructLayout>> ours, Path sizes) throws IOException {
        Map<String, List<StructLayout>> byLast = new TreeMap<>();
        ours.forEach((name, all) ->
                byLast.computeIfAbsent(last(name), any -> new ArrayList<>()).addAll(all));
        Comparison comparison = new Comparison("rustc", byLast);
        NotationSource.read("rustc", Files.readString(sizes, UTF_8)).all().stream()
                .map(Subject::layout)
                .filter(layout -> layout.slots().stream().noneMatch(slot -> slot instanceof Slot.NotShown))
                .forEach(layout -> comparison.add(last(layout.name()), reading(layout, false)));
        comparison.print();
    }

    private static String last(String name) {
        return name.replaceAll("'\\w+(, )?", "")
                .replace("<>", "")
                .replaceAll(", (\\w+::)*Global(?=[>,])", "")
                .replaceAll("(?:[\\w{}#]+::)+(?=[\\w{(&\\[*<])", "")
                .replace(" ", "");
    }

    // ---- comparing ----

    /** Compares all types with those of another program, and prints what it found. */
    private final class Comparison {
        private final String oracle;
        private final Map<String, List<StructLayout>> ours;
        private final Set<String> asked = new HashSet<>();
        private final Set<String> unknown = new TreeSet<>();
        private final Map<String, String> different = new LinkedHashMap<>();
        private final Set<StructLayout> found = Collections.newSetFromMap(new IdentityHashMap<>());
        private int equal;
        private int oneOfSeveral;
        private long members;
        private long closed;

        Comparison(String oracle, Map<String, List<StructLayout>> ours) {
            this.oracle = oracle;
            this.ours = ours;
        }

        void add(String name, Reading theirs) {
            List<StructLayout> all = ours.getOrDefault(name, List.of());
            if (all.isEmpty()) {
                unknown.add(name);
                return;
            }
            asked.add(name);
            String first = null;
            for (StructLayout layout : all) {
                String difference = difference(reading(layout, !oracle.equals("rustc")), theirs);
                if (difference.isEmpty()) {
                    found.add(layout);
                    equal++;
                    oneOfSeveral += all.size() > 1 ? 1 : 0;
                    members += theirs.places().size();
                    return;
                }
                first = first == null ? difference : first;
            }
            different.putIfAbsent(name, (all.size() > 1 ? "(none of " + all.size() + ") " : "") + first);
        }

        private String difference(Reading our, Reading their) {
            if (our.byteSize() != their.byteSize()) {
                return "size " + our.byteSize() + ", " + oracle + " " + their.byteSize();
            }
            List<Place> ourPlaces = compared(our.places());
            List<Place> theirPlaces = compared(their.places());
            List<String> a = shown(ourPlaces, leaves(theirPlaces));
            List<String> b = shown(theirPlaces, leaves(ourPlaces));
            if (a.equals(b)) {
                closed += ourPlaces.size() + theirPlaces.size() - a.size() - b.size();
                return "";
            }
            List<String> onlyOurs = new ArrayList<>(a);
            b.forEach(onlyOurs::remove);
            List<String> onlyTheirs = new ArrayList<>(b);
            a.forEach(onlyTheirs::remove);
            return "read " + head(onlyOurs) + ", " + oracle + " " + head(onlyTheirs);
        }

        /**
         * {@return the places that count: for Rust, whose variants are put together in several ways, the fields that
         * have no fields themselves; rustc prints no discriminants of niches}
         */
        private List<Place> compared(List<Place> places) {
            boolean isRustc = oracle.equals("rustc");
            return options.sizes().isEmpty()
                    ? places
                    : places.stream()
                            .filter(place -> place.byteSize() > 0 && !(isRustc ? place.isInline() : place.isOpen()))
                            .filter(place -> !isRustc || !DISCRIMINANT.matcher(place.path()).find())
                            .toList();
        }

        private void print() {
            if (oracle.equals("rustc")) { // it has another type whose last name is the same
                Set<String> others = new TreeSet<>(different.keySet());
                others.removeIf(name -> !found.containsAll(ours.get(name)));
                different.keySet().removeAll(others);
                unknown.addAll(others);
            }
            differences += different.size();
            shown.addAll(asked);
            Set<String> notShown = new TreeSet<>(ours.keySet());
            notShown.removeAll(asked);
            out.println(oracle + ": " + equal + " types equal (" + members + " members; " + oneOfSeveral
                    + " are one of several of a name), " + different.size() + " different, " + notShown.size()
                    + " names that it does not show, " + unknown.size() + " names that only it shows; " + closed
                    + " members of types that only one opens");
            list("different", different.entrySet().stream().map(one -> one.getKey() + ": " + one.getValue()).toList());
            list("not shown by " + oracle, notShown);
            list("only shown by " + oracle, unknown);
        }

        private void list(String title, Collection<String> lines) {
            lines.stream().limit(options.show()).forEach(line -> out.println("  " + title + ": " + line));
        }
    }

    private static String head(List<String> all) {
        return all.size() <= 4 ? all.toString() : all.subList(0, 4) + " and " + (all.size() - 4) + " more";
    }

    /** {@return the paths that have no members} */
    private static Set<String> leaves(List<Place> places) {
        Set<String> leaves = new HashSet<>();
        Set<String> open = new HashSet<>();
        for (Place place : places) {
            leaves.add(place.path());
            for (int dot = place.path().indexOf('.'); dot >= 0; dot = place.path().indexOf('.', dot + 1)) {
                open.add(place.path().substring(0, dot));
            }
        }
        leaves.removeAll(open);
        return leaves;
    }

    /** {@return places in order, without those below members that the other reading does not open} */
    private static List<String> shown(List<Place> places, Set<String> leaves) {
        List<String> shown = new ArrayList<>();
        for (Place place : places) {
            boolean isBelow = false;
            String path = place.path();
            for (int dot = path.indexOf('.'); dot >= 0 && !isBelow; dot = path.indexOf('.', dot + 1)) {
                isBelow = leaves.contains(path.substring(0, dot));
            }
            if (!isBelow) {
                shown.add(place.toString());
            }
        }
        shown.sort(null);
        return shown;
    }

    /** {@return a type, with the members of members or, when not deep, only of those without a name of their type} */
    private static Reading reading(StructLayout layout, boolean isDeep) {
        List<Place> places = new ArrayList<>();
        places(layout, "", 0, isDeep, places);
        return new Reading(layout.byteSize(), places);
    }

    private static void places(StructLayout layout, String prefix, long base, boolean isDeep, List<Place> places) {
        for (Member member : layout.members()) {
            if (member.role() == MemberRole.NOT_SHOWN) {
                continue;
            }
            String path = prefix + name(member.name());
            long bit = base + member.byteOffset() * 8
                    + member.bits().map(bits -> bits.bitOffset()).orElse(0);
            boolean isBase = member.role() == MemberRole.BASE_CLASS;
            FieldType innermost = member.type().innermost();
            boolean isInline = innermost instanceof FieldType.Aggregate inner && inner.isInline();
            places.add(new Place(
                    path,
                    bit,
                    member.bits().map(bits -> bits.bitSize()).orElse(0),
                    isBase ? -1 : member.type().byteSize(),
                    isBase || innermost instanceof FieldType.Aggregate,
                    isInline));
            if (innermost instanceof FieldType.Aggregate inner && (isDeep || isInline)) {
                places(inner.layout(), member.isAnonymous() ? prefix : path + ".", bit, isDeep, places);
            }
        }
    }

    /** {@return the name of a member or base class in the form that all spellings of it share} */
    private static String name(String written) {
        String name = written.matches("__\\d+") ? written.substring(2) : written; // a field of a tuple of Rust
        return name.indexOf('<') < 0 && name.indexOf(' ') < 0
                ? name
                : QualifiedName.of(name).text();
    }

    // ---- programs ----

    private static Path run(Path work, String... command) throws IOException, InterruptedException, Failure {
        Path printed = work.resolve(command[0] + ".out");
        Path errors = work.resolve(command[0] + ".err");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectOutput(printed.toFile())
                    .redirectError(errors.toFile())
                    .start();
        } catch (IOException missing) {
            throw new Failure(command[0] + " cannot be run: " + missing.getMessage());
        }
        int status = process.waitFor();
        if (status != 0) {
            throw new Failure(String.join(" ", command) + " ended with status " + status + ": "
                    + Files.readString(errors, UTF_8).lines().limit(3).toList());
        }
        return printed;
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}

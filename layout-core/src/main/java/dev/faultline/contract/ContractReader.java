package dev.faultline.contract;

import dev.faultline.contract.promise.Alone;
import dev.faultline.contract.promise.DifferentLines;
import dev.faultline.contract.promise.FixedOffset;
import dev.faultline.contract.promise.Group;
import dev.faultline.contract.promise.GroupsApart;
import dev.faultline.contract.promise.LineAligned;
import dev.faultline.contract.promise.MaxHazard;
import dev.faultline.contract.promise.MaxSize;
import dev.faultline.contract.promise.NoNewHazard;
import dev.faultline.contract.promise.NoStraddle;
import dev.faultline.contract.promise.Promise;
import dev.faultline.contract.promise.PromisePlacements;
import dev.faultline.contract.promise.SameLine;
import dev.faultline.contract.promise.WholeGroup;
import dev.faultline.hazard.Severity;
import dev.faultline.input.InputException;
import dev.faultline.input.InputProblems;
import dev.faultline.input.NamePattern;
import dev.faultline.input.Nearest;
import dev.faultline.input.YamlEntries;
import dev.faultline.input.YamlTree;
import dev.faultline.input.name.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads contracts.
 *
 * <pre>{@code
 * contract: what the ring promises        # what it is for
 * source: ring.txt                        # beside this file; or kernel, jvm; default: the built-in catalogue
 * profile: ring.yaml                      # optional: which roles use which fields
 * line: [64, 128]                         # optional: line sizes; default: that of the machine's
 * placements: known                       # optional: known | all | aligned | {base-align: 64}
 * machine: x86-64                         # optional: a preset or a machine file
 * structs:
 *   ring:                                 # or '*_entry', or kernel#dst_entry; may repeat the keys above
 *     cold: [stats, 'p*']                 # optional: fields that are not used often
 *     promises:
 *       - alone: head
 *       - same-line: [mask, slots]
 *       - different-lines: [head, tail]
 *       - group: {name: set once, members: [mask, slots], max-bytes: 16}
 *       - max-size: 384
 *       - offset: {head: 128, tail: 256}
 *       - line-aligned: head
 *       - no-straddle: slots
 *       - max-hazard: none                # none | info | warning | baseline | {at-most: info, ignore: [WastedPadding]}
 *       - groups: whole                   # the group markers in the type: whole | apart
 * }</pre>
 *
 * <p>An entry has at most {@value #MOST_PROMISES} promises, and a list of fields or patterns at most
 * {@value #MOST_NAMES} items.
 */
public final class ContractReader {

    /**
     * The most promises of one entry; {@code offset}, {@code line-aligned} and {@code no-straddle} count once for each
     * field.
     */
    public static final int MOST_PROMISES = 2_000;
    /** The most fields or patterns in one list. */
    public static final int MOST_NAMES = 1_000;

    private static final List<String> SHARED = List.of("source", "profile", "line", "placements", "machine");
    private static final List<String> PROMISES = List.of(
            "alone",
            "same-line",
            "different-lines",
            "group",
            "max-size",
            "offset",
            "line-aligned",
            "no-straddle",
            "max-hazard",
            "groups");
    private static final long MOST_BYTES = 1L << 40;
    private static final int LONGEST_PATTERN = 200;

    private final String file;
    private final InputProblems problems = new InputProblems();

    private ContractReader(String file) {
        this.file = file;
    }

    /**
     * Reads a contract.
     *
     * @param file name of the text in messages
     * @param yaml the text
     * @return the contract
     * @throws InputException when the text is not a contract; its message has a line for each problem, with the line,
     *     the column and the nearest known word
     */
    public static Contract read(String file, String yaml) {
        ContractReader reader = new ContractReader(file);
        Contract contract = reader.contract(YamlTree.parse(file, yaml, "contract"));
        reader.problems.check();
        return contract;
    }

    /**
     * Reads what is clear of a contract, so that its other promises can be checked: a promise that is not understood is
     * left out, and so is a struct of which it is not clear under which conditions its promises hold.
     *
     * @param file name of the text in messages
     * @param yaml the text
     * @return the contract, with what was left out under {@link Contract#problems}
     * @throws InputException when the text is no YAML, or no mapping
     */
    public static Contract readWhatIsClear(String file, String yaml) {
        ContractReader reader = new ContractReader(file);
        Contract contract = reader.contract(YamlTree.parse(file, yaml, "contract"));
        return reader.problems.isEmpty()
                ? contract
                : new Contract(
                        file,
                        contract.title(),
                        contract.entries(),
                        reader.problems.all().lines());
    }

    private Contract contract(YamlTree root) {
        YamlEntries entries =
                root.entries(with(SHARED, "contract", "structs"), List.of("contract", "structs"), problems);
        boolean isClear = !SHARED.stream()
                .map(key -> entries.get(key).map(tree -> isClear(key, tree)).orElse(true))
                .toList()
                .contains(false);
        String title = entries.get("contract")
                .flatMap(tree -> problems.attempt(tree::word))
                .orElse("");
        List<Contract.Entry> read = new ArrayList<>();
        entries.get("structs")
                .ifPresent(structs -> problems.attempt(() -> {
                    structs.named("ring: { promises: [ { alone: head } ] }", problems)
                            .forEach((name, tree) -> problems.attempt(() -> entry(name, tree, entries))
                                    .flatMap(one -> one)
                                    .ifPresent(read::add));
                    if (read.isEmpty() && problems.isEmpty()) {
                        throw structs.problem("structs: expected at least one, found none");
                    }
                    return read;
                }));
        boolean conditionsAreKnown = isClear && !entries.hasUnknown();
        return new Contract(file, title, conditionsAreKnown ? read : List.of(), List.of());
    }

    /** Tells what is wrong with a value that holds for all structs. */
    private boolean isClear(String key, YamlTree tree) {
        return problems.attempt(() -> switch (key) {
                    case "line" -> lines(tree);
                    case "placements" -> placements(tree);
                    default -> named(tree);
                })
                .isPresent();
    }

    private static List<String> with(List<String> words, String... more) {
        List<String> all = new ArrayList<>(List.of(more));
        all.addAll(words);
        return all;
    }

    /**
     * Reads an entry; keys that it does not have are taken from the contract.
     *
     * @return the entry; empty when none of its promises, or not all of its conditions, are understood
     */
    private Optional<Contract.Entry> entry(String key, YamlTree tree, YamlEntries contract) {
        YamlEntries own = tree.entries(with(SHARED, "cold", "promises"), List.of("promises"), problems);
        Function<String, Optional<YamlTree>> said = word -> own.get(word).or(() -> contract.get(word));
        int hash = QualifiedName.sourceEnd(key);
        String struct = key.substring(hash + 1).strip();
        if (hash == 0 || struct.isEmpty()) {
            throw tree.problem("structs: expected a name such as ring, kernel#dst_entry or '*_entry', found " + key);
        }
        List<DeclaredPromise> promises = own.get("promises")
                .flatMap(all -> problems.attempt(() -> declaredPromises(all)))
                .orElse(List.of());
        if (hash > 0 && own.has("source")) {
            throw own.get("source").orElseThrow().problem("source: " + key + " already names one");
        }
        Optional<Contract.Named> source = hash > 0
                ? Optional.of(new Contract.Named(key.substring(0, hash), tree.place()))
                : said.apply("source").map(ContractReader::named);
        if (promises.isEmpty() || own.hasUnknown()) {
            return Optional.empty();
        }
        return Optional.of(new Contract.Entry(
                struct,
                NamePattern.isPattern(struct) ? Optional.of(pattern(struct, tree)) : Optional.empty(),
                tree.place(),
                source,
                said.apply("profile").map(ContractReader::named),
                said.apply("machine").map(ContractReader::named),
                said.apply("line").map(ContractReader::lines).orElse(List.of()),
                said.apply("placements").map(ContractReader::placements).orElse(new PromisePlacements.Known()),
                own.get("cold").map(ContractReader::patterns).orElse(List.of()),
                promises));
    }

    private static Contract.Named named(YamlTree tree) {
        return new Contract.Named(tree.word(), tree.place());
    }

    private static List<NamePattern> patterns(YamlTree tree) {
        return words(tree, "cold").stream().map(word -> pattern(word, tree)).toList();
    }

    private static NamePattern pattern(String text, YamlTree tree) {
        if (text.length() > LONGEST_PATTERN) {
            throw tree.problem(
                    "a pattern of " + text.length() + " characters; at most " + LONGEST_PATTERN + " are allowed");
        }
        return sensible(tree, "", () -> NamePattern.parse(text));
    }

    private static List<Integer> lines(YamlTree tree) {
        List<Integer> lines = new ArrayList<>();
        for (YamlTree item : tree.isList() ? tree.list() : List.of(tree)) {
            long bytes = whole(item, "line");
            if (bytes < 16 || bytes > 1024 || Long.bitCount(bytes) != 1 || lines.contains((int) bytes)) {
                throw item.problem(
                        "line: expected distinct powers of two from 16 to 1024, such as 64, found " + item.word());
            }
            lines.add((int) bytes);
        }
        if (lines.isEmpty()) {
            throw tree.problem("line: expected a size such as 64, found an empty list");
        }
        return lines;
    }

    private static PromisePlacements placements(YamlTree tree) {
        if (tree.isMapping()) {
            YamlTree bytes = tree.required(tree.mapping(List.of("base-align")), "base-align");
            long alignment = whole(bytes, "base-align");
            if (alignment < 1 || alignment > 1 << 30 || Long.bitCount(alignment) != 1) {
                throw bytes.problem("base-align: expected a power of two such as 64, found " + bytes.word());
            }
            return new PromisePlacements.BaseAlign(alignment);
        }
        return switch (known(tree, "placements", List.of("known", "all", "aligned"), "or {base-align: 64}")) {
            case "all" -> new PromisePlacements.All();
            case "aligned" -> new PromisePlacements.Aligned();
            default -> new PromisePlacements.Known();
        };
    }

    /** {@return the promises that are understood} */
    private List<DeclaredPromise> declaredPromises(YamlTree tree) {
        List<DeclaredPromise> promises = new ArrayList<>();
        List<YamlTree> items = tree.list();
        for (YamlTree item : items) {
            problems.attempt(() -> declared(item)).ifPresent(promises::addAll);
            atMost(item, "promises", promises.size(), MOST_PROMISES);
        }
        if (items.isEmpty()) {
            throw tree.problem("promises: expected at least one, found none");
        }
        return promises;
    }

    private List<DeclaredPromise> declared(YamlTree item) {
        Map<String, YamlTree> entry = item.mapping(PROMISES);
        if (entry.size() != 1) {
            throw item.problem("promises: expected one promise per item, found "
                    + (entry.isEmpty() ? "none" : String.join(" and ", entry.keySet())));
        }
        List<DeclaredPromise> promises = new ArrayList<>();
        entry.forEach((word, value) -> {
            for (Promise promise : promises(word, value)) {
                promises.add(new DeclaredPromise(promise, file, item.place()));
            }
        });
        return promises;
    }

    private static List<Promise> promises(String word, YamlTree tree) {
        return switch (word) {
            case "alone" -> List.of(sensible(tree, word, () -> new Alone(words(tree, word))));
            case "same-line" -> List.of(sensible(tree, word, () -> new SameLine(words(tree, word))));
            case "different-lines" -> List.of(sensible(tree, word, () -> new DifferentLines(words(tree, word))));
            case "group" -> List.of(group(tree));
            case "max-size" -> List.of(sensible(tree, word, () -> new MaxSize(whole(tree, word))));
            case "offset" -> offsets(tree);
            case "line-aligned" -> each(tree, word, LineAligned::new);
            case "no-straddle" -> each(tree, word, NoStraddle::new);
            case "max-hazard" -> List.of(hazard(tree));
            case "groups" ->
                List.of(
                        known(tree, word, List.of("whole", "apart"), "").equals("whole")
                                ? new WholeGroup(Optional.empty())
                                : new GroupsApart());
            default -> throw new IllegalStateException(word);
        };
    }

    private static List<Promise> each(YamlTree tree, String word, Function<String, Promise> promise) {
        return words(tree, word).stream().map(promise).toList();
    }

    private static Group group(YamlTree tree) {
        Map<String, YamlTree> entries = tree.mapping(List.of("name", "members", "max-bytes"));
        String name = tree.required(entries, "name").word();
        List<String> members = entries.containsKey("members") ? words(entries.get("members"), "members") : List.of();
        OptionalLong most = entries.containsKey("max-bytes")
                ? OptionalLong.of(whole(entries.get("max-bytes"), "max-bytes"))
                : OptionalLong.empty();
        return sensible(tree, "group", () -> new Group(name, members, most));
    }

    private static List<Promise> offsets(YamlTree tree) {
        List<Promise> offsets = new ArrayList<>();
        tree.mapping().forEach((field, value) -> offsets.add(new FixedOffset(field, whole(value, "offset"))));
        if (offsets.isEmpty()) {
            throw tree.problem("offset: expected {FIELD: BYTES}, found none");
        }
        return offsets;
    }

    private static Promise hazard(YamlTree tree) {
        if (!tree.isMapping()) {
            String level = known(tree, "max-hazard", List.of("none", "info", "warning", "error", "baseline"), "");
            return level.equals("baseline")
                    ? new NoNewHazard()
                    : sensible(tree, "max-hazard", () -> new MaxHazard(Severity.of(level), List.of()));
        }
        Map<String, YamlTree> entries = tree.mapping(List.of("at-most", "ignore"));
        YamlTree most = tree.required(entries, "at-most");
        String level = known(most, "at-most", List.of("none", "info", "warning", "error"), "");
        List<String> ignored = entries.containsKey("ignore") ? words(entries.get("ignore"), "ignore") : List.of();
        return sensible(tree, "max-hazard", () -> new MaxHazard(Severity.of(level), ignored));
    }

    /** Reads a word, or a list of one or more words. */
    private static List<String> words(YamlTree tree, String what) {
        if (!tree.isList()) {
            return List.of(tree.word());
        }
        atMost(tree, what, tree.list().size(), MOST_NAMES);
        List<String> words = new ArrayList<>();
        for (YamlTree item : tree.list()) {
            words.add(item.word());
        }
        if (words.isEmpty()) {
            throw tree.problem(what + ": expected a name or a list of names, found an empty list");
        }
        return words;
    }

    private static void atMost(YamlTree tree, String what, int number, int most) {
        if (number > most) {
            throw tree.problem(what + ": at most " + most + ", found " + number + (number == most + 1 ? " or more" : "")
                    + "; split the contract");
        }
    }

    private static long whole(YamlTree tree, String what) {
        String digits = tree.word();
        if (!digits.matches("\\d{1,13}") || Long.parseLong(digits) > MOST_BYTES) {
            throw tree.problem(what + ": expected a number of bytes such as 64, found " + digits);
        }
        return Long.parseLong(digits);
    }

    private static String known(YamlTree tree, String what, List<String> words, String besides) {
        String word = tree.word();
        if (!words.contains(word)) {
            throw tree.problem(what + ": unknown word `" + word + "`" + Nearest.hint(word, words) + "; known are "
                    + String.join(", ", words) + (besides.isEmpty() ? "" : " " + besides));
        }
        return word;
    }

    /** Creates a value; if its constructor rejects the arguments, the error is reported at this place of the file. */
    private static <T> T sensible(YamlTree tree, String what, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException senseless) {
            throw tree.problem((what.isEmpty() ? "" : what + ": ") + senseless.getMessage());
        }
    }
}

package dev.faultline.access;

import dev.faultline.input.InputException;
import dev.faultline.input.InputProblems;
import dev.faultline.input.Nearest;
import dev.faultline.input.UnitNumber;
import dev.faultline.input.YamlEntries;
import dev.faultline.input.YamlTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads profiles in their YAML form.
 *
 * <pre>{@code
 * profile: route lookup under a shared destination
 * structs:
 *   rtable:
 *     roles:
 *       sender: { cpus: all }              # all | a number | a list of CPU numbers
 *     operations:
 *       - name: get, use, put
 *         role: sender
 *         rate: 5M                         # operations per second on each CPU of the role | max; k, M, G, 5e6
 *         accesses:
 *           - { field: dst.__refcnt, kind: rmw }             # read | write | volatile-write | rmw | cas-loop | await
 *           - { field: dst.lastuse, kind: write-if-changed, changes: 0.01 }   # written one time in 100
 *           - { field: rt_genid, kind: read, gap: 20ns }     # ns, us, ms, s
 *           - { field: rt_type, kind: read, after: start }   # start | the field of an earlier access
 *     phases:
 *       serve: [sender]                    # optional: roles of different phases never meet
 * }</pre>
 *
 * <p>Limits for one struct: {@value #MOST_ACCESSES} accesses, {@value #MOST_OPERATIONS} operations, {@value
 * #MOST_ROLES} roles, {@value #MOST_ROLES} phases, and {@value #MOST_IN_PHASES} accesses of all phases together,
 * where an access counts once for each phase it is made in. A list of CPUs has at most {@value #MOST_LISTED} numbers,
 * all lists of one struct at most {@value #MOST_LISTED_TOGETHER} together.
 *
 * <p>With {@code rate: max} an operation is done as fast as it can be: the CPUs of its role never rest. Several of one
 * role take turns.
 *
 * <p>A {@code write-if-changed} reads the field and writes it when the value differs, at {@code changes:} of the times.
 *
 * <p>An {@code await} reads the field again and again until another CPU has written it. Such an operation happens at
 * most as often as other CPUs write the field, and without {@code rate:} as often. Assumed is that it polls faster than
 * the line is written: the polls hit the CPU's copy until a write to the line takes it away, to this field or to
 * another on the line, and then one of them fetches the line. Reports show the polls as an operation of their own.
 *
 * <p>An operation without {@code rate:} happens at an unknown rate. Findings then say which fields of which roles share
 * lines, as they do for accesses from code, and no times.
 *
 * <p>An access begins, after its gap, when the access before it has ended. With {@code after: FIELD} it begins when
 * the last earlier access of the operation to that field has ended, with {@code after: start} it waits for none: then
 * the processor has several accesses under way at a time. {@link Operation#overlapping} has the details.
 *
 * <p>In brackets, a path names one element of an array by its number, {@code name[3]}, or chooses among them once:
 * {@code name[own]} is each CPU's own, {@code name[any]} one picked at random by each operation, {@code name[*]} all of
 * them. A path goes on into the element: {@code stripes[own].lock}. Arrays that one operation uses with {@code [any]}
 * are used at the same random index. {@code element: own} beside a field means {@code field[own]}. An array without
 * brackets means all its bytes, but for an {@code rmw} or {@code cas-loop}, which changes one element: one picked at
 * random.
 *
 * <p>A role on all CPUs shares them with the others, and so do roles that list the same CPU: it does the operations of
 * both in turn, by their rates, and reports say so of lists. Roles with a number of CPUs get CPUs that no role lists,
 * as long as there are any.
 */
public final class ProfileReader {

    /** The most accesses of one struct, so that costs are computed in seconds. */
    public static final int MOST_ACCESSES = 2_000;
    /** The most roles of one struct, and the most phases. */
    public static final int MOST_ROLES = 500;
    /** The most operations of one struct. */
    public static final int MOST_OPERATIONS = 2_000;
    /** The most accesses of all phases of one struct together: the cost of each phase is computed separately. */
    public static final int MOST_IN_PHASES = 10_000;
    /** The most numbers in a list of CPUs: as many CPUs as a simulated machine has. */
    public static final int MOST_LISTED = 1_024;
    /** The most numbers in all lists of CPUs of one struct. */
    public static final int MOST_LISTED_TOGETHER = 8_192;

    /** The most accesses of one operation that write if the value changed: the cost of each combination is computed. */
    public static final int MOST_CONDITIONAL = 6;

    /** The rate of an operation that is done as fast as it can be. */
    static final String MAX_RATE = "max";

    /** The highest rate, in operations a second. */
    public static final double HIGHEST_RATE = 1e12;

    private static final double LONGEST_GAP_NANOS = 1e15;
    private static final int MOST_CPUS = 1 << 20;
    private static final int MOST_SHOWN = 20;

    /** A path with brackets and without quotes. */
    private static final Pattern BARE_PATH = Pattern.compile("\\b(?:field|after):[ \\t]+[A-Za-z_(][^\\s'\",{}#]*+");

    /** Private characters of Unicode. */
    private static final char OPENING = '\uE05B';

    private static final char CLOSING = '\uE05D';

    private final InputProblems problems = new InputProblems();
    private final String source;
    /** Whether brackets in paths were replaced. */
    private final boolean hidesBrackets;

    private ProfileReader(String source, boolean hidesBrackets) {
        this.source = source;
        this.hidesBrackets = hidesBrackets;
    }

    /**
     * Reads a profile.
     *
     * @param source the name of the text in messages
     * @param yaml the text
     * @return the profile
     * @throws InputException when the text is no profile; names every problem with line, column, and the nearest known
     *     word, the first {@value InputProblems#MOST_TOLD} of them
     */
    public static Profile read(String source, String yaml) {
        boolean hides = yaml.indexOf(OPENING) < 0 && yaml.indexOf(CLOSING) < 0;
        String text = hides ? withoutBrackets(yaml) : yaml;
        return new ProfileReader(source, hides).profile(YamlTree.parse(source, text, "profile"));
    }

    /**
     * {@return the text with other characters for the brackets of paths without quotes, which YAML does not allow in
     * braces; every character stays at its place}
     */
    private static String withoutBrackets(String yaml) {
        return BARE_PATH
                .matcher(yaml)
                .replaceAll(path -> Matcher.quoteReplacement(
                        isQuoted(yaml, path.start())
                                ? path.group()
                                : path.group().replace('[', OPENING).replace(']', CLOSING)));
    }

    /** {@return whether a character is inside quotes that are opened on its line} */
    private static boolean isQuoted(String yaml, int at) {
        int line = yaml.lastIndexOf('\n', at) + 1;
        return count(yaml, line, at, '"') % 2 == 1 || count(yaml, line, at, '\'') % 2 == 1;
    }

    private static long count(String text, int from, int to, char c) {
        return text.substring(from, to).chars().filter(one -> one == c).count();
    }

    private String path(YamlTree field) {
        return hidesBrackets ? field.word().replace(OPENING, '[').replace(CLOSING, ']') : field.word();
    }

    private Profile profile(YamlTree root) {
        YamlEntries entries = root.entries(List.of("profile", "structs"), List.of("profile", "structs"), problems);
        Optional<String> title = entries.get("profile").flatMap(tree -> problems.attempt(tree::word));
        List<StructProfile> structs = new ArrayList<>();
        entries.get("structs")
                .ifPresent(tree -> problems.attempt(() -> {
                    tree.named("ring: { roles: ..., operations: ... }", problems)
                            .forEach((name, struct) -> problems.attempt(() -> struct(name, title.orElse(""), struct))
                                    .flatMap(read -> read)
                                    .ifPresent(structs::add));
                    if (structs.isEmpty() && problems.isEmpty()) {
                        throw tree.problem("structs: expected at least one, found none");
                    }
                    return structs;
                }));
        problems.check();
        return new Profile(title.orElseThrow(), structs);
    }

    /** {@return a struct; empty when there are problems, as an operation of an unknown role fits none} */
    private Optional<StructProfile> struct(String name, String title, YamlTree tree) {
        YamlEntries entries =
                tree.entries(List.of("roles", "operations", "phases"), List.of("roles", "operations"), problems);
        Optional<Roles> roles = entries.get("roles").flatMap(all -> problems.attempt(() -> roles(all)));
        List<Operation> operations = entries.get("operations")
                .flatMap(all -> problems.attempt(() -> operations(name, all, roles)))
                .orElse(List.of());
        List<Phase> phases = entries.get("phases")
                .flatMap(all -> problems.attempt(() -> phases(all, roles, operations)))
                .orElse(List.of());
        return problems.isEmpty()
                ? Optional.of(new StructProfile(name, title, roles.orElseThrow().all, operations, phases, source))
                : Optional.empty();
    }

    /** The roles that were understood, and the names of all. */
    private record Roles(List<Role> all, List<String> names) {}

    private Roles roles(YamlTree tree) {
        Map<String, YamlTree> named = tree.named("sender: { cpus: all }", problems);
        atMost(tree, "roles", named.size(), MOST_ROLES);
        List<Role> roles = new ArrayList<>();
        int listed = 0;
        for (Map.Entry<String, YamlTree> entry : named.entrySet()) {
            Optional<Role> role = problems.attempt(() -> role(entry.getKey(), entry.getValue()));
            if (role.isPresent()) {
                listed += role.get().cpus() instanceof Cpus.Listed list
                        ? list.ids().size()
                        : 0;
                atMost(entry.getValue(), "CPU numbers of all roles together", listed, MOST_LISTED_TOGETHER);
                roles.add(role.get());
            }
        }
        return new Roles(roles, List.copyOf(named.keySet()));
    }

    private List<Operation> operations(String struct, YamlTree tree, Optional<Roles> roles) {
        atMost(tree, "operations of " + struct, tree.list().size(), MOST_OPERATIONS);
        List<Operation> operations = new ArrayList<>();
        int accesses = 0;
        for (YamlTree one : tree.list()) {
            Optional<Operation> operation = problems.attempt(() -> operation(one, roles));
            if (operation.isPresent()) {
                accesses += operation.get().accesses().size();
                atMost(one, "accesses of " + struct, accesses, MOST_ACCESSES);
                operations.add(operation.get());
            }
        }
        return operations;
    }

    private List<Phase> phases(YamlTree tree, Optional<Roles> roles, List<Operation> operations) {
        Map<String, YamlTree> named = tree.named("build: [writer]", problems);
        atMost(tree, "phases", named.size(), MOST_ROLES);
        List<Phase> phases = new ArrayList<>();
        named.forEach((phase, value) ->
                problems.attempt(() -> phase(phase, value, roles)).ifPresent(phases::add));
        atMost(tree, "accesses of all phases together", inPhases(operations, phases), MOST_IN_PHASES);
        return phases;
    }

    /** Accesses, each counted once for each phase it is made in; a role in no phase runs in all phases. */
    private static long inPhases(List<Operation> operations, List<Phase> phases) {
        Map<String, Integer> phasesOf = new HashMap<>();
        for (Phase phase : phases) {
            new HashSet<>(phase.roles()).forEach(role -> phasesOf.merge(role, 1, Integer::sum));
        }
        return operations.stream()
                .mapToLong(one -> (long) one.accesses().size() * phasesOf.getOrDefault(one.role(), phases.size()))
                .sum();
    }

    private static void atMost(YamlTree tree, String what, long number, long most) {
        if (number > most) {
            throw tree.problem(what + ": at most " + most + ", found " + number + (number == most + 1 ? " or more" : "")
                    + "; leave out what is rare");
        }
    }

    private Role role(String name, YamlTree tree) {
        YamlEntries entries = tree.entries(List.of("cpus"), List.of("cpus"), problems);
        return new Role(name, entries.get("cpus").map(this::cpus).orElseGet(Cpus.All::new));
    }

    private Cpus cpus(YamlTree tree) {
        if (tree.isList()) {
            atMost(tree, "CPU numbers of a role", tree.list().size(), MOST_LISTED);
            List<Integer> ids = new ArrayList<>();
            for (YamlTree item : tree.list()) {
                ids.add(whole(item, 0));
            }
            if (ids.isEmpty() || ids.stream().distinct().count() != ids.size()) {
                throw tree.problem("cpus: expected distinct CPU numbers, found " + ids);
            }
            return new Cpus.Listed(ids);
        }
        return tree.word().equals("all") ? new Cpus.All() : new Cpus.Count(whole(tree, 1));
    }

    private static int whole(YamlTree tree, int least) {
        String digits = tree.word();
        if (!digits.matches("\\d{1,7}") || Integer.parseInt(digits) < least || Integer.parseInt(digits) > MOST_CPUS) {
            throw tree.problem("cpus: expected all, a number from " + least + " to " + MOST_CPUS
                    + " or a list such as [2, 3], found " + digits);
        }
        return Integer.parseInt(digits);
    }

    private Operation operation(YamlTree tree, Optional<Roles> roles) {
        YamlEntries entries = tree.entries(
                List.of("name", "role", "rate", "accesses"), List.of("name", "role", "accesses"), problems);
        Optional<String> name = entries.get("name").flatMap(one -> problems.attempt(one::word));
        Optional<String> role = entries.get("role").flatMap(one -> problems.attempt(() -> role(one, roles)));
        double rate = entries.get("rate")
                .flatMap(one -> problems.attempt(() -> rate(one)))
                .orElse(Double.NaN);
        List<Access> accesses = entries.get("accesses")
                .flatMap(one -> problems.attempt(() -> accesses(one)))
                .orElse(List.of());
        return new Operation(name.orElse(""), role.orElse(""), rate, accesses);
    }

    private static String role(YamlTree tree, Optional<Roles> roles) {
        return roles.isPresent() ? known(tree, "role", roles.get().names) : tree.word();
    }

    private List<Access> accesses(YamlTree tree) {
        List<Access> accesses = new ArrayList<>();
        for (YamlTree one : tree.list()) {
            problems.attempt(() -> access(one, accesses)).ifPresent(accesses::add);
        }
        long conditional = accesses.stream()
                .filter(one -> one.kind() == AccessKind.WRITE_IF_CHANGED)
                .count();
        atMost(tree, "accesses write-if-changed of an operation", conditional, MOST_CONDITIONAL);
        return accesses;
    }

    private static double rate(YamlTree tree) {
        String word = tree.word();
        if (!word.isEmpty() && Character.isLetter(word.charAt(0)) && !word.equals(MAX_RATE)) {
            throw tree.problem("rate: expected a number that is not negative, such as 5e6, or " + MAX_RATE + ", found "
                    + word + Nearest.hint(word, List.of(MAX_RATE)));
        }
        return word.equals(MAX_RATE)
                ? Operation.FULL_RATE
                : number(tree, "rate", UnitNumber.MULTIPLES, false, HIGHEST_RATE);
    }

    private Access access(YamlTree tree, List<Access> earlier) {
        YamlEntries entries = tree.entries(
                List.of("field", "kind", "changes", "gap", "after", "element"), List.of("field", "kind"), problems);
        Optional<YamlTree> field = entries.get("field");
        Optional<AccessKind> kind = entries.get("kind").flatMap(one -> problems.attempt(() -> kind(one)));
        double gapNanos = entries.get("gap")
                .flatMap(one -> problems.attempt(() -> nanos(one)))
                .orElse(0.0);
        String path = field.flatMap(one -> problems.attempt(() -> path(one))).orElse("");
        if (entries.has("element")) {
            entries.get("element").ifPresent(one -> problems.attempt(() -> known(one, "element", List.of("own"))));
            path += "[own]";
        }
        String after = entries.get("after")
                .flatMap(one -> problems.attempt(() -> after(one, earlier)))
                .orElse("");
        double share = kind.flatMap(known -> problems.attempt(() -> changeShare(tree, entries, known)))
                .orElse(1.0);
        return new Access(
                path,
                kind.orElse(AccessKind.READ),
                gapNanos,
                share,
                after,
                field.map(YamlTree::place).orElse(""));
    }

    private static AccessKind kind(YamlTree tree) {
        String word = tree.word();
        return AccessKind.of(word)
                .orElseThrow(() -> tree.problem("unknown kind `" + word + "`" + AccessKind.hint(word) + "; known are "
                        + String.join(", ", AccessKind.words())));
    }

    private static double changeShare(YamlTree tree, YamlEntries entries, AccessKind kind) {
        Optional<YamlTree> changes = entries.get("changes");
        if (kind == AccessKind.WRITE_IF_CHANGED) {
            return number(
                    changes.orElseThrow(
                            () -> tree.problem("an access write-if-changed: `changes` is missing; 0.01 means"
                                    + " that one in 100 stores")),
                    "changes",
                    Map.of(),
                    false,
                    1);
        }
        if (changes.isPresent()) {
            throw changes.get().problem("changes: only for kind: " + AccessKind.WRITE_IF_CHANGED.word());
        }
        return 1;
    }

    /** {@return the path of the earlier access that an access waits for, as that access has it} */
    private String after(YamlTree tree, List<Access> earlier) {
        String word = path(tree);
        if (word.equals(Access.START)) {
            return word;
        }
        List<String> paths = earlier.stream().map(Access::field).distinct().toList();
        for (String path : List.of(word, word + "[own]")) {
            if (paths.contains(path)) {
                return path;
            }
        }
        List<String> known = new ArrayList<>(paths);
        known.add(Access.START);
        throw tree.problem("after: no earlier access of this operation to `" + word + "`" + Nearest.hint(word, known)
                + "; known are " + String.join(", ", known));
    }

    private Phase phase(String name, YamlTree tree, Optional<Roles> roles) {
        List<String> names = new ArrayList<>();
        atMost(tree, "roles of a phase", tree.list().size(), MOST_ROLES);
        for (YamlTree role : tree.list()) {
            problems.attempt(() -> role(role, roles)).ifPresent(names::add);
        }
        return new Phase(name, names);
    }

    private static String known(YamlTree tree, String what, List<String> words) {
        String word = tree.word();
        if (!words.contains(word)) {
            throw tree.problem("unknown " + what + " `" + word + "`" + Nearest.hint(word, words) + "; known are "
                    + String.join(", ", words.subList(0, Math.min(MOST_SHOWN, words.size())))
                    + (words.size() > MOST_SHOWN ? ", ..." : ""));
        }
        return word;
    }

    private static double nanos(YamlTree tree) {
        return number(tree, "gap", UnitNumber.TIMES, true, LONGEST_GAP_NANOS);
    }

    private static double number(
            YamlTree tree, String what, Map<String, Double> units, boolean needsUnit, double most) {
        try {
            return UnitNumber.parse(tree.word(), units, needsUnit, most);
        } catch (IllegalArgumentException wrong) {
            throw tree.problem(what + ": " + wrong.getMessage());
        }
    }
}

package dev.faultline.access.hooks;

import dev.faultline.access.Certainty;
import dev.faultline.access.file.AccessFile;
import dev.faultline.access.file.AccessHeader;
import dev.faultline.access.file.AccessRow;
import dev.faultline.access.file.SeenKind;
import dev.faultline.access.hooks.HookRun.Counter;
import dev.faultline.access.hooks.HookRun.HookThread;
import dev.faultline.access.hooks.HookedProgram.Variable;
import dev.faultline.access.hooks.TouchedPlace.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes an access file of what the hooks have counted. */
public final class HookRows {

    private static final String TOOL = "faultline hooks";
    private static final String UNIT = "accesses";
    private static final int MOST_ROWS = 500_000;
    private static final int MOST_NOTED = 3;

    private final HookRun run;
    private final HookOptions options;
    private final CallStacks stacks;
    private final PlaceFinder finder;
    private final ArrayChoices arrays = new ArrayChoices();
    private final TreeMap<AccessRow.Key, Sum> sums = new TreeMap<>();
    private final Map<String, Map<String, Set<Integer>>> threadsOfObject = new HashMap<>();
    private final Map<String, Set<Integer>> threadsOfRole = new HashMap<>();
    private final Map<String, Long> untyped = new LinkedHashMap<>();
    private long seen;
    private long attributed;

    /** A counter with what it means. */
    private record Found(Counter counter, String role, String operation, TouchedPlace place) {}

    /** What a row adds up. */
    private static final class Sum {
        private long count;
        private boolean knowsObjects = true;
        private final Map<String, Long> byObject = new HashMap<>();

        void add(long more, String object) {
            count += more;
            knowsObjects &= !object.isEmpty();
            if (!object.isEmpty()) {
                byObject.merge(object, more, Long::sum);
            }
        }
    }

    private HookRows(HookRun run, HookedProgram program, HookOptions options) {
        this.run = run;
        this.options = options;
        this.stacks = new CallStacks(run, program, options.operations());
        this.finder = new PlaceFinder(run, program, new BlockTypes(run, program, stacks, options.stated()), stacks);
    }

    /**
     * Makes an access file.
     *
     * @param run what was counted
     * @param program names addresses
     * @param options what a person says about the run
     * @return the file; its notes tell what has no type and what was not counted
     */
    public static AccessFile file(HookRun run, HookedProgram program, HookOptions options) {
        return new HookRows(run, program, options).file();
    }

    private AccessFile file() {
        List<Found> all = new ArrayList<>();
        for (Counter one : run.counters()) {
            if (one.thread() < run.threads().size()) {
                Found found = new Found(
                        one,
                        stacks.role(one.thread()),
                        stacks.operation(one.thread(), one.node(), one.pc()),
                        finder.place(one));
                all.add(found);
                note(found);
            }
        }
        all.forEach(this::add);
        boolean isTimed = !Double.isNaN(options.seconds());
        double seconds = isTimed ? options.seconds() : run.isEnded() ? run.seconds() : Double.NaN;
        AccessHeader header = new AccessHeader(
                Certainty.RECORDED, new TreeMap<>(options.identity()), TOOL, 1, seconds, UNIT, seen, attributed);
        return new AccessFile(header, rows(), notes());
    }

    private static List<SeenKind> kinds(Counter one) {
        return switch (one.kind()) {
            case READ -> List.of(SeenKind.READ);
            case WRITE -> List.of(SeenKind.WRITE);
            case RMW -> List.of(SeenKind.RMW);
            case READ_WRITE -> List.of(SeenKind.READ, SeenKind.WRITE);
        };
    }

    /** Notes who used what, before rows are made of it. */
    private void note(Found one) {
        int thread = one.counter().thread();
        threadsOfRole.computeIfAbsent(one.role(), any -> new HashSet<>()).add(thread);
        TouchedPlace place = one.place();
        if (!place.object().isEmpty()) {
            threadsOfObject
                    .computeIfAbsent(place.type(), any -> new HashMap<>())
                    .computeIfAbsent(place.object(), any -> new HashSet<>())
                    .add(thread);
        }
        each(one, (field, kind) -> {
            place.variable()
                    .ifPresent(array ->
                            arrays.add(access(one, array.name(), field.path(), kind), thread, place.element()));
            Element.in(field.path())
                    .ifPresent(inside -> arrays.add(
                            access(one, place.type() + "." + inside.array(), inside.rest(), kind),
                            thread,
                            inside.index()));
        });
    }

    /** An element that a path names first: {@code slots[3].key}. */
    private record Element(String array, long index, String rest) {

        private static final Pattern PATH = Pattern.compile("([^\\[]+)\\[([0-9]{1,18})](.*)");

        static Optional<Element> in(String path) {
            Matcher element = PATH.matcher(path);
            return element.matches()
                    ? Optional.of(new Element(element.group(1), Long.parseLong(element.group(2)), element.group(3)))
                    : Optional.empty();
        }
    }

    private interface Use {
        void of(Field field, SeenKind kind);
    }

    private static void each(Found one, Use use) {
        for (Field field : one.place().fields()) {
            for (SeenKind kind : kinds(one.counter())) {
                use.of(field, kind);
            }
        }
    }

    private static ArrayChoices.Access access(Found one, String array, String rest, SeenKind kind) {
        return new ArrayChoices.Access(array, one.role(), one.operation(), rest, kind);
    }

    private void add(Found one) {
        TouchedPlace place = one.place();
        long count = one.counter().count();
        int kinds = kinds(one.counter()).size();
        seen += count * kinds;
        if (place.isAttributed()) {
            attributed += count * kinds;
        } else {
            untyped.merge(place.type(), count * kinds, Long::sum);
        }
        boolean isSplit = place.variable().isPresent()
                && arrays.isSplit(place.variable().get().name());
        each(one, (field, kind) -> {
            if (isSplit || place.variable().isPresent() && field.path().isEmpty()) {
                addToSection(one, place.variable().get(), field, kind);
            } else {
                addToStruct(one, field, kind);
            }
        });
    }

    private void addToSection(Found one, Variable array, Field field, SeenKind kind) {
        long count = array.byteSize() / Math.max(1, array.type().innermost().byteSize());
        String choice = arrays.choice(access(one, array.name(), field.path(), kind), count);
        String path = array.name() + "[" + choice + "]" + (field.path().isEmpty() ? "" : "." + field.path());
        sum(one, array.section(), path, AccessRow.NO_OFFSET, kind)
                .add(one.counter().count(), array.section());
    }

    private void addToStruct(Found one, Field field, SeenKind kind) {
        TouchedPlace place = one.place();
        Optional<Element> inside = Element.in(field.path());
        String path = field.path();
        long offset = field.byteOffset();
        if (inside.isPresent()) {
            String array = place.type() + "." + inside.get().array();
            String choice = arrays.choice(access(one, array, inside.get().rest(), kind), field.elements());
            path = inside.get().array() + "[" + choice + "]" + inside.get().rest();
            offset = choice.equals(String.valueOf(inside.get().index())) ? offset : AccessRow.NO_OFFSET;
        }
        sum(one, place.type(), path, offset, kind).add(one.counter().count(), place.object());
    }

    private Sum sum(Found one, String type, String path, long byteOffset, SeenKind kind) {
        AccessRow.Key key = new AccessRow.Key(one.role(), one.operation(), type, path, byteOffset, kind);
        return sums.computeIfAbsent(key, any -> new Sum());
    }

    private List<AccessRow> rows() {
        List<AccessRow> rows = new ArrayList<>();
        sums.forEach((key, sum) -> rows.add(new AccessRow(
                key, threads(key.role()), 0, sum.count, 0, sum.knowsObjects ? same(key.type(), sum) : -1, false)));
        rows.sort(Comparator.comparingLong(row -> -row.count()));
        List<AccessRow> most = new ArrayList<>(rows.subList(0, Math.min(MOST_ROWS, rows.size())));
        most.sort(Comparator.comparing(AccessRow::key));
        return most;
    }

    private int threads(String role) {
        return (int) Math.min(
                Integer.MAX_VALUE >> 11, // as many as a row may have
                threadsOfRole.get(role).stream()
                        .mapToLong(
                                number -> Math.max(1, run.threads().get(number).lives()))
                        .sum());
    }

    private long same(String type, Sum sum) {
        Map<String, Set<Integer>> objects = threadsOfObject.getOrDefault(type, Map.of());
        return sum.byObject.entrySet().stream()
                .filter(one -> objects.getOrDefault(one.getKey(), Set.of()).size() != 1)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (attributed < seen) {
            List<String> most = untyped.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .limit(MOST_NOTED)
                    .map(one -> one.getKey() + " (" + one.getValue() + ")")
                    .toList();
            notes.add(seen - attributed + " of " + seen + " accesses have no type: " + String.join(", ", most)
                    + (untyped.size() > MOST_NOTED ? ", ..." : "")
                    + "; --as TYPE@FUNCTION states that of blocks");
        }
        long ownStack = run.threads().stream().mapToLong(HookThread::ownStack).sum();
        if (ownStack > 0) {
            notes.add(ownStack + " accesses of threads' own stacks and thread-local variables left out");
        }
        if (run.lost() > 0) {
            notes.add(run.lost() + " accesses in signal handlers or ending threads were not counted by place");
        }
        long folded = run.threads().stream().mapToLong(HookThread::folded).sum();
        if (folded > 0) {
            notes.add("places of " + folded + " counters were not kept, since there were too many");
        }
        if (!run.isEnded()) {
            notes.add("the process did not end by exit: counts are those up to its end");
        }
        return notes;
    }
}

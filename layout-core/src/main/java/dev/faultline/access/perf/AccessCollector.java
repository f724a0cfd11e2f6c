package dev.faultline.access.perf;

import dev.faultline.access.file.AccessFile;
import dev.faultline.access.file.AccessHeader;
import dev.faultline.access.file.AccessRow;
import dev.faultline.access.file.SeenKind;
import dev.faultline.input.NamePattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Adds accesses up as the rows of an access file. What has no type keeps its variable or its cache line as a name, so
 * that a person can say what is there; it counts as seen, not as attributed.
 */
public final class AccessCollector {

    private static final int LINE_BYTES = 64;
    private static final int MOST_LINES = 100;
    private static final int MOST_ROWS = 500_000;
    private static final int MOST_NOTED = 3;

    private final PlaceLocator locator;
    private final Map<String, String> roleNames;
    private final TreeMap<AccessRow.Key, Row> typed = new TreeMap<>();
    private final Map<String, Map<AccessRow.Key, Row>> untyped = new LinkedHashMap<>();
    private final Map<String, Set<String>> threads = new HashMap<>();
    private final Map<String, Set<Integer>> cpus = new HashMap<>();
    private final Map<String, Integer> mostCpus = new HashMap<>();
    private final Map<String, Set<String>> rolesOfObject = new HashMap<>();
    private final Map<String, Long> programs = new TreeMap<>();
    private final Map<Long, String> functions = new LinkedHashMap<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private String unit = "samples";
    private long seen;
    private long attributed;
    private long stated = -1;
    private long statedAttributed;
    private boolean isFull;

    /** What a row adds up. */
    private static final class Row {
        private long count;
        private long hitm;
        private boolean isAtLeast;
        private boolean knowsObjects = true;
        private final Map<String, Long> byObject = new HashMap<>();

        void add(SeenAccess one, String object) {
            count = sum(count, one.count());
            hitm = sum(hitm, one.hitm());
            isAtLeast |= one.isAtLeast();
            knowsObjects &= !object.isEmpty();
            if (knowsObjects) {
                byObject.merge(object, one.count(), AccessCollector::sum);
            }
        }
    }

    /**
     * @param locator finds the types of addresses
     * @param roleNames names of roles by a pattern of the names of their threads, which may have {@code *} and
     *     {@code ?}; the first that fits counts
     */
    public AccessCollector(PlaceLocator locator, Map<String, String> roleNames) {
        this.locator = locator;
        this.roleNames = new LinkedHashMap<>(roleNames);
    }

    private static long sum(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    /** {@return the role of a thread by its name} */
    String role(String thread) {
        for (Map.Entry<String, String> one : roleNames.entrySet()) {
            if (NamePattern.parse(one.getKey()).matches(thread.strip())) {
                return one.getValue();
            }
        }
        return SeenAccess.roleOf(thread);
    }

    /** Sets what is counted. */
    void unit(String words) {
        unit = words;
    }

    /** Adds a sentence that a user should know. */
    void note(String sentence) {
        notes.add(sentence);
    }

    /** Sets how much the profiler says that it saw, and how much of it has a type. */
    void coverage(long all, long withType) {
        stated = all;
        statedAttributed = withType;
    }

    /** Says that so much was in a program or library. */
    void program(String name, long count) {
        if (!name.isBlank() && programs.size() < MOST_ROWS) {
            String plain = name.strip();
            programs.merge(plain.substring(plain.lastIndexOf('/') + 1), count, AccessCollector::sum);
        }
    }

    /** {@return how many accesses have a type} */
    long attributed() {
        return attributed;
    }

    /** Says that a function was at work at an address of code, which tells where its program was loaded. */
    void code(long address, String function) {
        if (address != 0 && !function.isEmpty() && functions.size() < MOST_ROWS) {
            functions.putIfAbsent(address, function);
        }
    }

    /** {@return functions by the addresses of code in them} */
    public Map<Long, String> functions() {
        return functions;
    }

    /** Adds an access. */
    void add(SeenAccess one) {
        if (one.count() <= 0) {
            return;
        }
        seen = sum(seen, one.count());
        SeenAccess.Target target = one.target();
        Optional<PlaceLocator.Place> place = target.place().isPresent() || target.isLine()
                ? target.place()
                : locator.at(target.address(), target.symbol(), target.symbolOffset());
        String object = place.map(PlaceLocator.Place::object).orElse("");
        if (place.isPresent()) {
            attributed = sum(attributed, one.count());
            row(typed, key(one, place.get())).add(one, object);
            if (!object.isEmpty()) {
                rolesOfObject.computeIfAbsent(object, any -> new HashSet<>(2)).add(one.role());
            }
        } else if (target.address() != 0 || !target.symbol().isEmpty()) {
            PlaceLocator.Place named = named(target);
            row(untyped.computeIfAbsent(named.type(), any -> new HashMap<>()), key(one, named))
                    .add(one, "");
        }
        threads(one);
    }

    private Row row(Map<AccessRow.Key, Row> rows, AccessRow.Key key) {
        Row row = rows.get(key);
        if (row == null && (rows.size() >= MOST_ROWS || untyped.size() >= MOST_ROWS)) {
            isFull = true;
            return new Row();
        }
        return row == null ? rows.computeIfAbsent(key, any -> new Row()) : row;
    }

    private void threads(SeenAccess one) {
        if (!one.thread().isEmpty()) {
            threads.computeIfAbsent(one.role(), any -> new HashSet<>()).add(one.thread());
        }
        if (one.cpu() >= 0) {
            cpus.computeIfAbsent(one.role(), any -> new HashSet<>()).add(one.cpu());
        }
        mostCpus.merge(one.role(), one.cpus(), Math::max);
    }

    private static AccessRow.Key key(SeenAccess one, PlaceLocator.Place place) {
        return new AccessRow.Key(
                one.role(),
                one.operation(),
                place.type().isBlank() ? "(unnamed)" : place.type(),
                place.field().isBlank() && place.byteOffset() < 0
                        ? "(somewhere)"
                        : place.field().strip(),
                place.byteOffset(),
                one.kind());
    }

    /** {@return a name for what has no type: its variable, or its line of 64 bytes} */
    private static PlaceLocator.Place named(SeenAccess.Target target) {
        if (!target.symbol().isEmpty() && (target.symbolOffset() >= 0 || target.address() == 0)) {
            long offset = target.symbolOffset();
            return new PlaceLocator.Place(target.symbol(), offset < 0 ? "(somewhere)" : "", offset, "");
        }
        long line = target.address() & -LINE_BYTES;
        return new PlaceLocator.Place(
                "0x" + Long.toHexString(line),
                target.isLine() ? "(line)" : "",
                target.isLine() ? AccessRow.NO_OFFSET : target.address() - line,
                "");
    }

    /**
     * {@return the file}
     *
     * @param tool what printed the text
     * @param identity what was observed; when empty, the program that most was seen in
     * @param seconds how long it ran; NaN when that is not known
     */
    public AccessFile file(String tool, Map<String, String> identity, double seconds) {
        List<AccessRow> rows = new ArrayList<>();
        typed.forEach((key, row) -> rows.add(row(key, row)));
        List<String> largest = untyped.keySet().stream()
                .sorted(Comparator.comparingLong((String type) -> -weight(untyped.get(type)))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        largest.stream()
                .limit(MOST_LINES)
                .forEach(type -> untyped.get(type).forEach((key, row) -> rows.add(row(key, row))));
        if (isFull) {
            note("more than " + MOST_ROWS + " different accesses; the rest is counted as seen only");
        }
        long all = stated >= 0 ? stated : seen;
        long ours = stated >= 0 ? Math.min(statedAttributed, stated) : attributed;
        AccessHeader header = AccessHeader.sampled(identity.isEmpty() ? program() : identity, tool, unit, all, ours);
        AccessFile file = AccessFile.of(header.withSeconds(seconds), rows);
        return new AccessFile(file.header(), file.rows(), notes(largest));
    }

    /** {@return the program that most was seen in} */
    private Map<String, String> program() {
        return programs.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(one -> Map.of("program", one.getKey()))
                .orElse(Map.of());
    }

    private List<String> notes(List<String> largest) {
        List<String> all = new ArrayList<>(notes);
        if (!largest.isEmpty()) {
            String named = largest.stream()
                    .limit(MOST_NOTED)
                    .map(type -> type + " (" + total(untyped.get(type)) + " " + unit + hitm(untyped.get(type)) + ")")
                    .collect(Collectors.joining(", "));
            all.add("without a type: " + named
                    + (largest.size() > MOST_NOTED ? " and " + (largest.size() - MOST_NOTED) + " more" : "")
                    + "; say what is there with --as TYPE@" + largest.get(0) + ", or name the program with --from");
        }
        return all;
    }

    private static long weight(Map<AccessRow.Key, Row> rows) {
        long weight = 0;
        for (Row row : rows.values()) {
            weight = sum(weight, sum(row.count / 16, row.hitm));
        }
        return weight;
    }

    private static long total(Map<AccessRow.Key, Row> rows) {
        long total = 0;
        for (Row row : rows.values()) {
            total = sum(total, row.count);
        }
        return total;
    }

    private static String hitm(Map<AccessRow.Key, Row> rows) {
        long total = 0;
        for (Row row : rows.values()) {
            total = sum(total, row.hitm);
        }
        return total == 0 ? "" : ", " + total + " HITM";
    }

    private AccessRow row(AccessRow.Key key, Row row) {
        int byThreads = threads.getOrDefault(key.role(), Set.of()).size();
        int byCpus = cpus.getOrDefault(key.role(), Set.of()).size();
        int others = byThreads > 0 || byCpus > 0 ? 0 : mostCpus.getOrDefault(key.role(), 0);
        long same = -1;
        if (row.knowsObjects) {
            same = 0;
            for (Map.Entry<String, Long> one : row.byObject.entrySet()) {
                boolean isShared =
                        rolesOfObject.getOrDefault(one.getKey(), Set.of()).size() > 1;
                same = sum(same, isShared ? one.getValue() : 0);
            }
        }
        return new AccessRow(
                key,
                byThreads,
                Math.max(byCpus, others),
                row.count,
                key.kind() == SeenKind.WRITE ? 0 : Math.min(row.hitm, row.count),
                Math.min(same, row.count),
                row.isAtLeast);
    }
}

package dev.faultline.access.file;

import dev.faultline.access.Access;
import dev.faultline.access.Certainty;
import dev.faultline.access.Cpus;
import dev.faultline.access.ElementPath;
import dev.faultline.access.Observation;
import dev.faultline.access.Operation;
import dev.faultline.access.Profile;
import dev.faultline.access.ProfileReader;
import dev.faultline.access.Role;
import dev.faultline.access.StructProfile;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.StructLayout;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes a profile of an access file.
 *
 * <p>A profiler sees some of the accesses, so its counts are no rates: the profile has none, and findings say which
 * fields of which roles share lines. A recording with a duration has rates, of operations whose accesses were counted
 * about equally often: the rates of those accesses that can meet others, see {@link SharedCounts}.
 */
public final class ObservedProfile {

    private static final String UNKNOWN_OPERATION = "unknown code";
    /** The member of the layout of a Java array that has its elements. */
    private static final String ELEMENTS = "elements";

    private static final int DIGITS = 3;
    /** The most threads of a role that a recording is taken to have had at one time. */
    private static final int MOST_CPUS = 64;

    /** A role is busy from this part of the accesses a second of the busiest one on. */
    private static final double BUSY_SHARE = 0.01;

    private final AccessFile file;
    private final String source;

    private ObservedProfile(AccessFile file, String source) {
        this.file = file;
        this.source = source;
    }

    /**
     * Makes a profile.
     *
     * @param file an access file
     * @param source its name
     * @return a profile of every type in it
     */
    public static Profile of(AccessFile file, String source) {
        return new ObservedProfile(file, source).profile();
    }

    private Profile profile() {
        Map<String, List<AccessRow>> byType = new TreeMap<>();
        for (AccessRow row : file.rows()) {
            if (row.count() > 0) {
                byType.computeIfAbsent(bare(row.key().type()), any -> new ArrayList<>())
                        .add(row);
            }
        }
        String title = file.header().certainty().word() + " by " + file.header().tool();
        List<StructProfile> structs = new ArrayList<>();
        byType.forEach((type, rows) -> {
            List<String> notes = new ArrayList<>();
            List<CountedRow> counted = isRecorded()
                    ? SharedCounts.of(type, rows, notes)
                    : rows.stream().map(row -> new CountedRow(row, row.count())).toList();
            if (!counted.isEmpty()) {
                structs.add(struct(type, title, counted, notes));
            }
        });
        return new Profile(title, structs);
    }

    private boolean isRecorded() {
        return file.header().certainty() == Certainty.RECORDED;
    }

    /** {@return the name of a type without its keyword, as profiles name structs} */
    private static String bare(String type) {
        for (String keyword : List.of("struct ", "union ", "class ")) {
            if (type.startsWith(keyword) && type.length() > keyword.length()) {
                return type.substring(keyword.length());
            }
        }
        return type;
    }

    private StructProfile struct(String type, String title, List<CountedRow> all, List<String> notes) {
        List<CountedRow> rows = busiestFirst(mostCounted(type, all, notes));
        Map<String, Integer> cpus = new LinkedHashMap<>();
        Map<List<String>, List<CountedRow>> operations = new LinkedHashMap<>();
        for (CountedRow row : rows) {
            cpus.merge(row.role(), cpus(row.row()), Math::max);
            String operation = row.row().key().operation();
            operations
                    .computeIfAbsent(
                            List.of(row.role(), operation.isBlank() ? UNKNOWN_OPERATION : operation),
                            any -> new ArrayList<>())
                    .add(row);
        }
        List<Role> roles = new ArrayList<>();
        cpus.forEach((name, count) -> roles.add(new Role(name, count == 0 ? new Cpus.All() : new Cpus.Count(count))));
        List<Operation> made = new ArrayList<>();
        operations.forEach((who, group) -> made.addAll(operations(who, group, cpus.get(who.get(0)))));
        if (rows.stream().noneMatch(CountedRow::writes)) {
            notes.add("no store to " + type + " was seen, which does not mean that there is none");
        }
        if (rows.stream().anyMatch(row -> row.row().key().kind() == SeenKind.ACCESS)) {
            notes.add("the tool does not tell loads from stores; what may be either is taken to be a load");
        }
        return new StructProfile(type, title, roles, made, List.of(), source, Optional.of(observation(notes)));
    }

    /** Roles get CPUs in turn, so that the busiest have CPUs of their own where there are fewer CPUs than threads. */
    private static List<CountedRow> busiestFirst(List<CountedRow> rows) {
        Map<String, Long> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(row.role(), row.meeting(), ObservedProfile::sum));
        return rows.stream()
                .sorted(Comparator.comparingLong(row -> -counts.get(row.role())))
                .toList();
    }

    static long sum(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }

    private Observation observation(List<String> notes) {
        AccessHeader header = file.header();
        return new Observation(
                header.certainty(),
                header.tool(),
                header.runs(),
                header.seconds(),
                header.unit(),
                header.seen(),
                header.attributed(),
                notes);
    }

    /** {@return on how many CPUs the threads of a row can be at one time; 0 when that is not known} */
    private int cpus(AccessRow row) {
        int cpus = row.threads() > 0 && row.cpus() > 0
                ? Math.min(row.threads(), row.cpus())
                : Math.max(row.threads(), row.cpus());
        return isRecorded() ? Math.min(cpus, MOST_CPUS) : cpus;
    }

    /**
     * {@return how many threads used one type at one time, at most: the number for the type with most, with threads
     * that did less than a hundredth of what the busiest did left out; 0 of what is not a recording with a duration}
     *
     * @param profile any profile
     */
    public static int busyThreads(Profile profile) {
        int most = 0;
        for (StructProfile struct : profile.structs()) {
            boolean isRecorded = struct.observation()
                    .filter(run -> run.certainty() == Certainty.RECORDED)
                    .isPresent();
            if (isRecorded) {
                most = Math.max(most, busyThreads(struct));
            }
        }
        return Math.min(most, MOST_CPUS);
    }

    private static int busyThreads(StructProfile struct) {
        Map<String, Double> rates = new HashMap<>();
        for (Operation operation : struct.operations()) {
            double rate = operation.ratePerSecond() * operation.accesses().size();
            rates.merge(operation.role(), Double.isNaN(rate) ? 0 : rate, Double::sum);
        }
        double busiest = rates.values().stream().mapToDouble(rate -> rate).max().orElse(0);
        int threads = 0;
        for (Role role : struct.roles()) {
            boolean isBusy = busiest > 0 && rates.getOrDefault(role.name(), 0.0) >= BUSY_SHARE * busiest;
            threads += isBusy ? role.cpus().count(1) : 0;
        }
        return threads;
    }

    /** {@return the rows, of more than a profile may have those counted most} */
    private static List<CountedRow> mostCounted(String type, List<CountedRow> rows, List<String> notes) {
        List<CountedRow> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparingLong((CountedRow row) -> -row.meeting())
                .thenComparing(row -> row.row().key()));
        Set<String> roles = new LinkedHashSet<>();
        List<CountedRow> kept = new ArrayList<>();
        for (CountedRow row : sorted) {
            boolean isKnown = roles.contains(row.role());
            if (kept.size() < ProfileReader.MOST_ACCESSES && (isKnown || roles.size() < ProfileReader.MOST_ROLES)) {
                roles.add(row.role());
                kept.add(row);
            }
        }
        if (kept.size() < rows.size()) {
            notes.add("of " + rows.size() + " rows of " + type + " the " + kept.size() + " counted most are used");
        }
        kept.sort(Comparator.comparing(row -> row.row().key()));
        return kept;
    }

    /** {@return the operations of one function of a role; of a recording one for each rate, the most frequent first} */
    private List<Operation> operations(List<String> who, List<CountedRow> rows, int cpus) {
        String role = who.get(0);
        String name = who.get(1);
        double seconds = file.header().seconds();
        if (!isRecorded() || !(seconds > 0) || cpus == 0) {
            return List.of(new Operation(name, role, Double.NaN, accesses(rows)));
        }
        Map<Double, List<CountedRow>> byRate = new TreeMap<>(Comparator.reverseOrder());
        rows.forEach(
                row -> byRate.computeIfAbsent(ratePerSecond(row.meeting(), seconds * cpus), any -> new ArrayList<>())
                        .add(row));
        List<Operation> operations = new ArrayList<>();
        byRate.forEach((rate, alike) -> operations.add(new Operation(
                operations.isEmpty() ? name : name + " (" + (operations.size() + 1) + ")",
                role,
                rate,
                accesses(alike))));
        return operations;
    }

    /** Three digits: the duration of a run, and what starts and ends in it, tell no more. */
    private static double ratePerSecond(long count, double seconds) {
        double rate = Math.min(count / seconds, ProfileReader.HIGHEST_RATE);
        return new BigDecimal(rate).round(new MathContext(DIGITS)).doubleValue();
    }

    private static List<Access> accesses(List<CountedRow> rows) {
        return rows.stream()
                .map(CountedRow::row)
                .map(row -> Access.seen(
                        row.key().field().isEmpty()
                                ? ElementPath.ByteOffset.path(row.key().byteOffset())
                                : row.key().field(),
                        row.key().kind().kind(),
                        place(row),
                        row.counts()))
                .toList();
    }

    /** {@return the offset of a row that has a path too, as a second name of its field} */
    private static String place(AccessRow row) {
        return row.key().byteOffset() < 0
                ? ""
                : ElementPath.ByteOffset.path(row.key().byteOffset());
    }

    /**
     * {@return an observed profile with the fields of a layout: offsets become paths, and what the layout lacks is left
     * out and counted in a note; another profile as it is}
     *
     * @param profile a profile
     * @param layout the layout it is for
     */
    public static StructProfile in(StructProfile profile, StructLayout layout) {
        if (profile.observation().isEmpty()) {
            return profile;
        }
        List<Operation> operations = new ArrayList<>();
        for (Operation operation : profile.operations()) {
            List<Access> accesses = new ArrayList<>();
            for (Access access : operation.accesses()) {
                path(layout, access).ifPresent(found -> accesses.add(access.renamed(any -> found)));
            }
            if (!accesses.isEmpty()) {
                operations.add(new Operation(operation.name(), operation.role(), operation.ratePerSecond(), accesses));
            }
        }
        return with(
                profile,
                operations,
                UnknownFields.of(profile, List.of(layout))
                        .map(unknown -> note(profile.observation().get(), unknown))
                        .orElse(profile.observation().get()));
    }

    /**
     * {@return a line that says what an access file names and none of some structs has, with the nearest names; empty
     * when each field is known, or when the profile was written by hand}
     *
     * @param profile a profile as it was read
     * @param layouts the structs it is for
     */
    public static Optional<String> unknownFields(StructProfile profile, List<StructLayout> layouts) {
        return profile.observation().isEmpty() || layouts.isEmpty()
                ? Optional.empty()
                : UnknownFields.of(profile, layouts).map(unknown -> profile.source() + ": " + unknown.words());
    }

    private static StructProfile with(StructProfile profile, List<Operation> operations, Observation observation) {
        return new StructProfile(
                profile.struct(),
                profile.title(),
                profile.roles(),
                operations,
                profile.phases(),
                profile.source(),
                Optional.of(observation));
    }

    static Optional<String> path(StructLayout layout, Access access) {
        if (ElementPath.ByteOffset.in(access.field()).isPresent()) {
            return ElementPath.ByteOffset.fieldAt(
                    layout, ElementPath.ByteOffset.in(access.field()).get());
        }
        String field = layout.kind() == AggregateKind.ARRAY && access.field().startsWith("[")
                ? ELEMENTS + access.field()
                : access.field();
        if (ElementPath.find(layout, field, access.kind()).isPresent()) {
            return Optional.of(field);
        }
        return ElementPath.ByteOffset.in(access.place())
                .flatMap(offset -> ElementPath.ByteOffset.fieldAt(layout, offset));
    }

    private static Observation note(Observation observation, UnknownFields unknown) {
        List<String> notes = new ArrayList<>(observation.notes());
        notes.add(unknown.words());
        return new Observation(
                observation.certainty(),
                observation.tool(),
                observation.runs(),
                observation.seconds(),
                observation.unit(),
                observation.seen(),
                observation.attributed(),
                notes);
    }
}

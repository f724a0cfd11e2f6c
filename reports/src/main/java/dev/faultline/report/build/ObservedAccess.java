package dev.faultline.report.build;

import dev.faultline.access.Access;
import dev.faultline.access.Evidence;
import dev.faultline.access.Observation;
import dev.faultline.access.Operation;
import dev.faultline.access.StructProfile;
import dev.faultline.hazard.Finding;
import dev.faultline.report.document.DocumentBlock.Column;
import dev.faultline.report.document.DocumentBlock.Row;
import dev.faultline.report.document.DocumentBlock.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a run saw of the fields of one struct: how often each was read and written, by whom, and its share of HITMs. */
public final class ObservedAccess {

    private static final int MOST_FIELDS = 16;
    private static final int MOST_WHO = 3;

    private final Observation run;
    private final Map<String, Seen> fields = new LinkedHashMap<>();
    private Evidence.Counts all = Evidence.Counts.NONE;

    /** What was seen of one field. */
    public static final class Seen {
        private Evidence.Counts reads = Evidence.Counts.NONE;
        private Evidence.Counts writes = Evidence.Counts.NONE;
        private final Set<String> readers = new LinkedHashSet<>();
        private final Set<String> writers = new LinkedHashSet<>();

        /** {@return how often it was read} */
        public Evidence.Counts reads() {
            return reads;
        }

        /** {@return how often it was written} */
        public Evidence.Counts writes() {
            return writes;
        }

        private Evidence.Counts both() {
            return reads.plus(writes);
        }
    }

    private ObservedAccess(StructProfile profile, Observation run) {
        this.run = run;
        for (Operation operation : profile.operations()) {
            for (Access access : operation.accesses()) {
                Seen seen = fields.computeIfAbsent(access.field(), any -> new Seen());
                boolean isWrite = access.kind().writes();
                seen.reads = isWrite ? seen.reads : seen.reads.plus(access.counts());
                seen.writes = isWrite ? seen.writes.plus(access.counts()) : seen.writes;
                String who = operation.role().equals(operation.name())
                        ? operation.role()
                        : operation.role() + ": " + operation.name();
                (isWrite ? seen.writers : seen.readers).add(who);
                all = all.plus(access.counts());
            }
        }
    }

    /** {@return what was seen of a struct; empty where its profile is of a person, or where it has none} */
    public static Optional<ObservedAccess> of(Optional<StructProfile> profile) {
        return profile.flatMap(one -> one.observation().map(run -> new ObservedAccess(one, run)));
    }

    /** {@return the run} */
    public Observation run() {
        return run;
    }

    /** {@return what was seen of a field; empty when nothing was} */
    public Optional<Seen> field(String path) {
        return Optional.ofNullable(fields.get(path));
    }

    /** {@return what was seen of the fields of a finding, and in which run, as a sentence} */
    public String sentence(Finding finding) {
        List<String> words = new ArrayList<>();
        for (String path : finding.fields()) {
            field(path).ifPresent(seen -> words.add(path + " " + counts(seen)));
        }
        return (words.isEmpty() ? "" : "seen: " + String.join("; ", words) + ". ") + "Run: " + run.words();
    }

    private String counts(Seen seen) {
        List<String> words = new ArrayList<>();
        if (seen.writes.count() > 0) {
            words.add(number(seen.writes) + (seen.writes.count() == 1 ? " write" : " writes"));
        }
        if (seen.reads.count() > 0) {
            words.add(number(seen.reads) + (seen.reads.count() == 1 ? " read" : " reads"));
        }
        if (seen.both().hitm() > 0) {
            words.add(FindingWords.number(seen.both().hitm()) + " HITM (" + share(seen) + ")");
        }
        return String.join(", ", words);
    }

    private static String number(Evidence.Counts counts) {
        return (counts.isAtLeast() ? "at least " : "") + FindingWords.number(counts.count());
    }

    private String share(Seen seen) {
        return all.hitm() == 0
                ? "-"
                : String.format(Locale.ROOT, "%.0f %%", 100.0 * seen.both().hitm() / all.hitm());
    }

    /** {@return the fields that were seen, those with most HITMs first} */
    Table table() {
        List<Map.Entry<String, Seen>> sorted = new ArrayList<>(fields.entrySet());
        sorted.sort(Comparator.comparingLong(
                        (Map.Entry<String, Seen> one) -> -one.getValue().both().hitm())
                .thenComparingLong(one -> -one.getValue().both().count()));
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<String, Seen> one : sorted.subList(0, Math.min(MOST_FIELDS, sorted.size()))) {
            Seen seen = one.getValue();
            rows.add(Row.of(
                    one.getKey(),
                    cell(seen.writes),
                    cell(seen.reads),
                    seen.both().hitm() == 0
                            ? "-"
                            : FindingWords.number(seen.both().hitm()),
                    seen.both().hitm() == 0 ? "-" : share(seen),
                    who(seen.writers),
                    who(seen.readers)));
        }
        int left = sorted.size() - rows.size();
        return new Table(
                "seen, in " + run.unit() + (left > 0 ? "; " + left + " more fields not shown" : ""),
                List.of(
                        Column.text("field"),
                        Column.number("writes"),
                        Column.number("reads"),
                        Column.number("HITM"),
                        Column.number("of all"),
                        Column.text("written by"),
                        Column.text("read by")),
                rows);
    }

    private static String cell(Evidence.Counts counts) {
        return counts.count() == 0 ? "-" : (counts.isAtLeast() ? ">= " : "") + FindingWords.number(counts.count());
    }

    private static String who(Set<String> names) {
        List<String> all = List.copyOf(names);
        int left = all.size() - MOST_WHO;
        return all.isEmpty()
                ? "-"
                : String.join(", ", all.subList(0, Math.min(MOST_WHO, all.size())))
                        + (left > 0 ? " and " + left + " more" : "");
    }

    /** {@return how often an access was seen, as a part of a sentence; empty for what was not counted} */
    static String words(Evidence.Counts counts) {
        return counts.count() == 0
                ? ""
                : ", seen " + number(counts)
                        + (counts.hitm() > 0 ? " times, " + FindingWords.number(counts.hitm()) + " HITM" : " times");
    }
}

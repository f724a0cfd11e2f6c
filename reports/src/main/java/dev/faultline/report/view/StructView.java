package dev.faultline.report.view;

import dev.faultline.access.Certainty;
import dev.faultline.access.FieldActivity;
import dev.faultline.analysis.Analysis;
import dev.faultline.cost.CostBreakdown;
import dev.faultline.cost.OperationCost;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Saving;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Costs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** One analysis, made ready for showing. */
public final class StructView {

    private static final int MOST_OPERATIONS = 8;
    /** From so many lines that are alike, less one, they are shown as one. */
    private static final int FEWEST_ALIKE = 16;

    private final Analysis analysis;
    private final Map<String, Set<String>> rulesByField = new HashMap<>();
    private final Set<String> opened = new HashSet<>();
    private final Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
    private boolean isNoted;

    /**
     * A view of an analysis.
     *
     * @param analysis what was found
     */
    public StructView(Analysis analysis) {
        this.analysis = analysis;
        for (Finding finding : analysis.findings()) {
            counts.merge(finding.severity(), 1, Integer::sum);
        }
    }

    /** Beside the fields stand the findings that matter; notes on everything would drown them. */
    private void noteFields() {
        if (isNoted) {
            return;
        }
        isNoted = true;
        Severity least =
                analysis.worst().filter(worst -> worst != Severity.INFO).isPresent() ? Severity.WARNING : Severity.INFO;
        for (Finding finding : analysis.findings()) {
            if (finding.severity().compareTo(least) < 0) {
                continue;
            }
            for (String field : finding.fields()) {
                rulesByField.computeIfAbsent(field, any -> new TreeSet<>()).add(finding.rule());
                for (int dot = field.indexOf('.'); dot >= 0; dot = field.indexOf('.', dot + 1)) {
                    opened.add(field.substring(0, dot));
                }
            }
        }
    }

    /**
     * A line of the struct, counted from its first byte, and who touches what on it; or several that follow each other
     * and are alike.
     *
     * @param number of the first, from 0
     * @param last number of the last; mostly the same
     * @param bytes the bytes of the struct on it
     * @param written paths of fields somebody writes
     * @param read paths of fields that are only read
     */
    public record Line(long number, long last, ByteRange bytes, List<String> written, List<String> read) {
        /** Copies the lists. */
        public Line {
            written = List.copyOf(written);
            read = List.copyOf(read);
        }

        /** {@return {@code "4"}, or {@code "4-62500"} of several} */
        public String numbers() {
            return number == last ? String.valueOf(number) : number + "-" + last;
        }
    }

    /** {@return the layout} */
    public StructLayout layout() {
        return analysis.subject().layout();
    }

    /** {@return number of lines the struct fills when it starts on one} */
    public long lines() {
        return (layout().byteSize() + lineBytes() - 1) / lineBytes();
    }

    /** {@return the line size in bytes} */
    public int lineBytes() {
        return analysis.machine().lineBytes().value();
    }

    /** {@return bytes of holes and padding, those of embedded structs too} */
    public long unusedBytes() {
        long unused = 0;
        for (Slot slot : layout().slots()) {
            if (!(slot instanceof Slot.Field) && slot.bits().isEmpty()) {
                unused += slot.byteSize();
            }
        }
        return unused;
    }

    /** {@return ids of the rules that name the field, sorted} */
    public Set<String> rules(String path) {
        noteFields();
        return rulesByField.getOrDefault(path, Set.of());
    }

    /** {@return whether a finding names a field inside the embedded struct at this path} */
    public boolean isOpened(String path) {
        noteFields();
        return opened.contains(path);
    }

    /** {@return number of findings of a severity} */
    public int count(Severity severity) {
        return counts.getOrDefault(severity, 0);
    }

    /** {@return {@code "2 errors, 1 warning"}, or {@code "no findings"}} */
    public String verdict() {
        List<String> words = new ArrayList<>();
        for (Severity severity : List.of(Severity.ERROR, Severity.WARNING, Severity.INFO)) {
            int count = count(severity);
            if (count > 0) {
                String plural = severity == Severity.INFO || count == 1 ? "" : "s";
                words.add(count + " " + severity.word() + plural);
            }
        }
        return words.isEmpty() ? "no findings" : String.join(", ", words);
    }

    /** {@return what was judged, and by what, each with a word that names it, in order} */
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("layout", layout().provenance().describe());
        facts.put("machine", "line size from " + analysis.machine().lineBytes().source());
        facts.put("placement", placement());
        facts.put("access", access());
        return facts;
    }

    /** {@return size and lines in words: {@code "struct of 176 bytes on 3 lines of 64 bytes"}} */
    public String size() {
        return layout().kind().keyword() + " of " + layout().byteSize() + " bytes on " + lines()
                + (lines() == 1 ? " line of " : " lines of ") + lineBytes() + " bytes";
    }

    /** {@return {@code "every placement"} in words: where objects start} */
    public String placement() {
        int residues = analysis.subject().placement().residues(lineBytes());
        String where = residues == 1
                ? "objects start on a line"
                : "objects start at any multiple of "
                        + analysis.subject().placement().baseAlignment() + " (" + residues + " placements)";
        return where + ": " + analysis.subject().placement().source();
    }

    /** {@return where the knowledge of who touches what is from, and how sure it is} */
    public String access() {
        if (analysis.access().certainty() == Certainty.DECLARED) {
            return "declared: " + analysis.access().source();
        }
        return analysis.access().uses().isEmpty()
                ? "unknown: no profile, and no type tells anything"
                : "inferred from types; give a profile with --profile to be sure";
    }

    /** {@return the lines of the struct that anybody is known to touch, when a profile says who; else none} */
    public List<Line> map() {
        if (analysis.access().certainty() != Certainty.DECLARED) {
            return List.of();
        }
        List<Line> map = new ArrayList<>();
        List<FieldActivity> here = new ArrayList<>();
        int next = 0;
        NavigableSet<Long> changes = changes();
        for (long first : changes) {
            here.removeIf(activity -> lastLine(activity) < first);
            for (; next < activities().size() && firstLine(activities().get(next)) <= first; next++) {
                here.add(activities().get(next));
            }
            if (!here.isEmpty()) {
                add(here, first, changes.higher(first) - 1, map);
            }
        }
        return map;
    }

    private List<FieldActivity> activities() {
        return analysis.access().activities();
    }

    private long firstLine(FieldActivity activity) {
        return activity.field().bytes().start() / lineBytes();
    }

    private long lastLine(FieldActivity activity) {
        return (activity.field().bytes().end() - 1) / lineBytes();
    }

    /** The lines from which on others, or nobody, touch the struct. */
    private NavigableSet<Long> changes() {
        NavigableSet<Long> changes = new TreeSet<>();
        for (FieldActivity activity : activities()) {
            changes.add(firstLine(activity));
            changes.add(lastLine(activity) + 1);
        }
        return changes;
    }

    /** Adds lines that the same touch: one by one when they are few. */
    private void add(List<FieldActivity> touching, long first, long last, List<Line> map) {
        List<String> written = new ArrayList<>();
        List<String> read = new ArrayList<>();
        for (FieldActivity activity : touching) {
            (activity.isWritten() ? written : read).add(activity.field().path());
        }
        boolean areFew = last - first < FEWEST_ALIKE;
        for (long number = first; number <= last; number = areFew ? number + 1 : last + 1) {
            long to = areFew ? number : last;
            ByteRange bytes =
                    new ByteRange(number * lineBytes(), Math.min((to + 1) * lineBytes(), layout().byteSize()));
            map.add(new Line(number, to, bytes, written, read));
        }
    }

    /**
     * What one operation costs, in words for a table.
     *
     * @param operation role and operation
     * @param whole the whole operation
     * @param own its own work and the lines it touches
     * @param shared what true sharing adds: the floor
     * @param falsely what sharing lines adds to that; with a minus when it saves
     * @param misses coherence misses and upgrades an operation
     */
    public record CostRow(String operation, String whole, String own, String shared, String falsely, String misses) {}

    /** {@return the operations that lose most, first; none without a declared profile} */
    public List<CostRow> costs() {
        if (analysis.access().certainty() != Certainty.DECLARED
                || analysis.bill().isEmpty()) {
            return List.of();
        }
        CostBreakdown bill = analysis.bill().get();
        List<OperationCost> operations = bill.cost().operations();
        return IntStream.range(0, operations.size())
                .boxed()
                .sorted(Comparator.comparingDouble(
                        (Integer i) -> -operations.get(i).cpusLost()))
                .limit(MOST_OPERATIONS)
                .map(i -> {
                    OperationCost one = operations.get(i);
                    double floor = bill.floor().operations().get(i).coherenceNanos();
                    double falsely = bill.falseSharingNanos(i);
                    return new CostRow(
                            one.role() + ": " + one.operation(),
                            Saving.nanos(one.totalNanos()),
                            Saving.nanos(one.baseNanos() + one.touchNanos()),
                            Saving.nanos(floor),
                            (falsely < -0.005 ? "-" : "") + Saving.nanos(Math.abs(falsely)),
                            String.format(Locale.ROOT, "%.2f", one.misses() + one.upgrades()));
                })
                .toList();
    }

    /** {@return for which machine the costs are, and how far to trust them} */
    public String costBasis() {
        int cpus = analysis.machine().cpus().value();
        boolean saturated =
                analysis.bill().map(bill -> bill.cost().isSaturated()).orElse(false);
        Costs costs = analysis.machine().costs();
        double least = costs.clusterNanos().value();
        double most = costs.remoteNanos().value();
        boolean far = analysis.machine().sockets().value() > 1 && most > least;
        return "predicted for " + analysis.machine().name() + ", " + cpus + (cpus == 1 ? " CPU" : " CPUs")
                + ", not measured; a line moves in " + Saving.nanos(least)
                + (far ? ", between sockets in " + Saving.nanos(most) : "") + " ("
                + costs.clusterNanos().source() + ")"
                + (saturated ? "; a line is saturated, so this is a lower bound" : "");
    }

    /** {@return the time its users lose each second, with a tilde where rates are assumed; a minus when it has none} */
    public String cpusLost() {
        return analysis.bill()
                .map(bill -> cpus(bill.cpusLost(), bill.assumedRates()))
                .orElse("-");
    }

    /** {@return what repair of a hazard saves of the operation that gains most, in a few words; a minus for nothing} */
    public static String saving(Finding finding) {
        return finding.saving()
                .filter(saving -> !saving.isNothing() && saving.nanosPerOp() > 0)
                .map(saving -> Saving.nanos(saving.nanosPerOp()) + " of " + Saving.nanos(saving.ofNanosPerOp()))
                .orElse("-");
    }

    /** {@return the time that repair of a hazard saves each second, with a tilde where rates are assumed; a minus for nothing} */
    public static String cpusSaved(Finding finding) {
        return finding.saving()
                .filter(saving -> !saving.isNothing())
                .map(saving -> cpus(saving.cpusSaved(), saving.assumedRates()))
                .orElse("-");
    }

    private static String cpus(double cpus, boolean areAssumed) {
        String words = cpus >= 1
                ? String.format(Locale.ROOT, "%.2f CPUs", cpus)
                : cpus >= 1e-3
                        ? String.format(Locale.ROOT, "%.1f ms/s", cpus * 1e3)
                        : String.format(Locale.ROOT, "%.1f us/s", cpus * 1e6);
        return areAssumed ? "~" + words : words;
    }
}

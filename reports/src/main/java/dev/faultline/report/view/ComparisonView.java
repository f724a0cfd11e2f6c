package dev.faultline.report.view;

import dev.faultline.access.Certainty;
import dev.faultline.analysis.Analysis;
import dev.faultline.compare.Comparison;
import dev.faultline.compare.FieldChange;
import dev.faultline.compare.HazardChange;
import dev.faultline.compare.OperationChange;
import dev.faultline.cost.CostBreakdown;
import dev.faultline.cost.OperationCost;
import dev.faultline.hazard.Saving;
import dev.faultline.layout.Slot;
import dev.faultline.machine.PlacementCount;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What became of one struct, made ready for showing. */
public final class ComparisonView {

    private static final String ARROW = " -> ";
    private static final String NONE = "-";
    private static final int MOST_OPERATIONS = 12;

    private final Comparison comparison;
    private final StructView before;
    private final StructView after;

    /** A view of a comparison. */
    public ComparisonView(Comparison comparison) {
        this.comparison = comparison;
        this.before = new StructView(comparison.before());
        this.after = new StructView(comparison.after());
    }

    /** {@return the name of the struct, or both its names} */
    public String title() {
        return change(
                comparison.before().subject().reference(),
                comparison.after().subject().reference());
    }

    /** {@return how large it is, on how many lines} */
    public String size() {
        long more = comparison.bytesMore();
        String by = more == 0 ? "" : String.format(Locale.ROOT, " (%+d)", more);
        return change(before.layout().byteSize(), after.layout().byteSize()) + " bytes" + by + ", "
                + change(before.lines(), after.lines())
                + (before.lines() == 1 && after.lines() == 1 ? " line of " : " lines of ") + after.lineBytes()
                + ", aligned to "
                + change(alignment(comparison.before()), alignment(comparison.after()));
    }

    private static long alignment(Analysis analysis) {
        return analysis.subject().layout().byteAlignment();
    }

    /** {@return where the two layouts are from; nothing when the title says so} */
    public Optional<String> layouts() {
        String old = describe(comparison.before().subject());
        String young = describe(comparison.after().subject());
        return old.equals(young) ? Optional.empty() : Optional.of(old + ARROW + young);
    }

    private static String describe(Subject subject) {
        return subject.layout().provenance().describe();
    }

    /** {@return where objects start} */
    public String placement() {
        return change(before.placement(), after.placement());
    }

    /** {@return where the knowledge of who touches what is from} */
    public String access() {
        boolean nobody = comparison.before().access().uses().isEmpty();
        return nobody ? after.access() : change(before.access(), after.access());
    }

    /** {@return for which machine costs are; nothing where there are none} */
    public Optional<String> costBasis() {
        return comparison.operations().isEmpty() ? Optional.empty() : Optional.of(after.costBasis());
    }

    private static String change(Object before, Object after) {
        return before.equals(after) ? after.toString() : before + ARROW + after;
    }

    /**
     * A row of the table of fields.
     *
     * @param field its path, or the first and last of several that follow each other and moved alike
     * @param bytes where it starts, before and after
     * @param line the line it starts on, before and after
     * @param what what happened beside moving
     */
    public record FieldRow(String field, String bytes, String line, String what) {}

    /** {@return the fields that are not what or where they were; those that moved alike, one after the other, in one row} */
    public List<FieldRow> fields() {
        List<FieldRow> rows = new ArrayList<>();
        List<FieldChange> changes = comparison.fields();
        for (int from = 0; from < changes.size(); ) {
            int to = from + 1;
            while (to < changes.size() && isAlike(changes.get(to - 1), changes.get(to))) {
                to++;
            }
            rows.add(row(changes.subList(from, to)));
            from = to;
        }
        return rows;
    }

    /** {@return whether some field is on another line in some placements only, so that the line needs explaining} */
    public boolean isPartly() {
        return comparison.fields().stream().anyMatch(ComparisonView::isPartly);
    }

    private static boolean isPartly(FieldChange change) {
        return change.placements()
                .filter(count -> !count.always() && !count.never())
                .isPresent();
    }

    private static boolean isAlike(FieldChange one, FieldChange next) {
        boolean rehoused = next.kinds().contains(FieldChange.Kind.REHOUSED);
        boolean plain = next.kinds().equals(java.util.Set.of(FieldChange.Kind.MOVED));
        return one.kinds().equals(next.kinds())
                && (plain || rehoused)
                && distance(one) == distance(next)
                && one.lineBefore().equals(next.lineBefore())
                && one.lineAfter().equals(next.lineAfter())
                && one.placements().equals(next.placements())
                && (plain || owner(one.path()).equals(owner(next.path())));
    }

    private static long distance(FieldChange change) {
        return change.after().orElseThrow().byteOffset()
                - change.before().orElseThrow().byteOffset();
    }

    private static String owner(String path) {
        return path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : "";
    }

    private static FieldRow row(List<FieldChange> alike) {
        FieldChange first = alike.get(0);
        FieldChange last = alike.get(alike.size() - 1);
        String name = alike.size() == 1
                ? first.path()
                : first.path() + (alike.size() == 2 ? ", " : " .. ") + last.path() + " (" + alike.size() + ")";
        return new FieldRow(
                name,
                first.before().map(ComparisonView::start).orElse(NONE)
                        + ARROW
                        + first.after().map(ComparisonView::start).orElse(NONE),
                line(first),
                what(first));
    }

    private static String start(Slot.Field field) {
        String bit = field.bits().map(bits -> ":" + bits.bitOffset()).orElse("");
        return field.byteOffset() + bit;
    }

    private static String line(FieldChange change) {
        String before =
                change.lineBefore().isPresent() ? "" + change.lineBefore().getAsLong() : NONE;
        String after = change.lineAfter().isPresent() ? "" + change.lineAfter().getAsLong() : NONE;
        PlacementCount count = change.placements().orElse(null);
        return change(before, after) + (isPartly(change) ? ", " + count.sharing() + "/" + count.of() : "");
    }

    private static String what(FieldChange change) {
        List<String> words = new ArrayList<>();
        if (change.kinds().contains(FieldChange.Kind.ADDED)) {
            words.add("added: " + change.after().orElseThrow().type().spelling());
        }
        if (change.kinds().contains(FieldChange.Kind.REMOVED)) {
            words.add("removed: " + change.before().orElseThrow().type().spelling());
        }
        if (change.kinds().contains(FieldChange.Kind.REHOUSED)) {
            words.add(rehoused(change.before().orElseThrow().path(), change.path()));
        }
        if (change.kinds().contains(FieldChange.Kind.RETYPED)) {
            words.add("was " + change.before().orElseThrow().type().spelling());
        }
        if (change.kinds().contains(FieldChange.Kind.RESIZED)) {
            words.add(extent(change.before().orElseThrow())
                    + ARROW
                    + extent(change.after().orElseThrow()));
        }
        return String.join(", ", words);
    }

    private static String rehoused(String before, String after) {
        if (after.endsWith("." + before)) {
            return "moved into " + after.substring(0, after.length() - before.length() - 1);
        }
        return before.endsWith("." + after)
                ? "moved out of " + before.substring(0, before.length() - after.length() - 1)
                : "was " + before;
    }

    private static String extent(Slot.Field field) {
        return field.bits().map(bits -> bits.bitSize() + " bits").orElse(field.byteSize() + " bytes");
    }

    /**
     * A hazard that came, went or changed.
     *
     * @param change what happened, for its colour
     * @param kind what happened, in a word
     * @param rule the rule
     * @param severity how bad, before and after when both are
     * @param fields the culprit, then who is beside it
     */
    public record HazardRow(HazardChange change, String kind, String rule, String severity, String fields) {}

    /** {@return the hazards that came, went or changed; what came first} */
    public List<HazardRow> hazards() {
        return comparison.hazards().stream()
                .map(change -> new HazardRow(
                        change,
                        change.kind().word(),
                        change.rule(),
                        change.before().isPresent() && change.after().isPresent()
                                ? change.before().get().word()
                                        + ARROW
                                        + change.after().get().word()
                                : change.severity().word(),
                        beside(change.fields())))
                .toList();
    }

    private static String beside(List<String> fields) {
        if (fields.size() < 2) {
            return String.join("", fields);
        }
        return fields.get(0) + " beside " + String.join(", ", fields.subList(1, fields.size()));
    }

    /**
     * What an operation costs.
     *
     * @param operation role and operation
     * @param before on the old layout
     * @param after on the new layout
     * @param change the difference in percent
     * @param nanosMore the difference in ns, for its colour
     */
    public record CostRow(String operation, String before, String after, String change, double nanosMore) {}

    /** {@return the operations that gain or lose most, first; then all of them together; none where there are no costs} */
    public List<CostRow> costs() {
        List<CostRow> rows = new ArrayList<>();
        List<OperationChange> operations = comparison.operations();
        for (OperationChange change : operations.subList(0, Math.min(MOST_OPERATIONS, operations.size()))) {
            Optional<Double> old = change.before().map(OperationCost::totalNanos);
            Optional<Double> young = change.after().map(OperationCost::totalNanos);
            rows.add(new CostRow(
                    change.role() + ": " + change.operation(),
                    old.map(Saving::nanos).orElse(NONE),
                    young.map(Saving::nanos).orElse(NONE),
                    old.isPresent() && young.isPresent() ? percent(old.get(), young.get()) : NONE,
                    change.deltaNanos()));
        }
        if (operations.size() > MOST_OPERATIONS) {
            int left = operations.size() - MOST_OPERATIONS;
            rows.add(new CostRow("and " + left + " more that change less", "", "", "", 0));
        }
        Optional<CostBreakdown> old = comparison.before().bill();
        Optional<CostBreakdown> young = comparison.after().bill();
        if (old.isPresent() && young.isPresent()) {
            double was = old.get().cpusLost();
            double is = young.get().cpusLost();
            String assumed = young.get().assumedRates() ? ", at assumed rates" : "";
            int cpus = comparison.after().machine().cpus().value();
            rows.add(new CostRow(
                    (cpus == 1 ? "time lost by 1 CPU" : "time lost by all " + cpus + " CPUs") + assumed,
                    cpus(was),
                    cpus(is),
                    percent(was, is),
                    is - was));
        }
        return rows;
    }

    private static String cpus(double cpus) {
        return cpus < 0.0005
                ? String.format(Locale.ROOT, "%.0f us/s", 1e6 * cpus)
                : String.format(Locale.ROOT, cpus < 10 ? "%.3f CPUs" : "%.1f CPUs", cpus);
    }

    private static String percent(double before, double after) {
        if (before == after) {
            return "=";
        }
        return before == 0 ? "new" : String.format(Locale.ROOT, "%+.0f %%", 100 * (after - before) / before);
    }

    /** {@return whether costs are of operations that somebody declared} */
    public boolean isDeclared() {
        return comparison.after().access().certainty() == Certainty.DECLARED;
    }
}

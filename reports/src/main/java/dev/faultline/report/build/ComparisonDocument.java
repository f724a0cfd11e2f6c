package dev.faultline.report.build;

import dev.faultline.analysis.Analysis;
import dev.faultline.compare.Comparison;
import dev.faultline.compare.FieldChange;
import dev.faultline.compare.HazardChange;
import dev.faultline.compare.OperationChange;
import dev.faultline.compare.Verdict;
import dev.faultline.cost.CostBreakdown;
import dev.faultline.cost.OperationCost;
import dev.faultline.hazard.Saving;
import dev.faultline.layout.Slot;
import dev.faultline.machine.PlacementCount;
import dev.faultline.report.document.Document;
import dev.faultline.report.document.DocumentBlock;
import dev.faultline.report.document.DocumentBlock.Column;
import dev.faultline.report.document.DocumentBlock.Fact;
import dev.faultline.report.document.DocumentBlock.Facts;
import dev.faultline.report.document.DocumentBlock.LineMaps;
import dev.faultline.report.document.DocumentBlock.Row;
import dev.faultline.report.document.DocumentBlock.Table;
import dev.faultline.report.document.Headline;
import dev.faultline.report.document.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The document of two versions of a struct: whether the later one is better or worse, and why. */
public final class ComparisonDocument {

    private static final String ARROW = " -> ";
    private static final String NONE = "-";
    private static final int MOST_OPERATIONS = 12;

    private final Comparison comparison;
    private final StructWords before;
    private final StructWords after;

    private ComparisonDocument(Comparison comparison) {
        this.comparison = comparison;
        this.before = new StructWords(comparison.before());
        this.after = new StructWords(comparison.after());
    }

    /** {@return the document} */
    public static Document of(Comparison comparison) {
        return of(comparison, blocks(comparison));
    }

    /** {@return the document for a review: what matters in a dozen lines, the rest folded} */
    static Document forReview(Comparison comparison) {
        return of(comparison, ReviewBlocks.of(comparison));
    }

    private static Document of(Comparison comparison, List<DocumentBlock> blocks) {
        return Document.of(
                title(comparison),
                Optional.of(Headline.judgement(
                        tone(comparison.verdict()), comparison.verdict().word(), comparison.reason())),
                blocks);
    }

    /** {@return bytes, lines and alignment, before and after} */
    static String size(Comparison comparison) {
        return new ComparisonDocument(comparison).size();
    }

    /** {@return the name of the struct, or both its names} */
    static String title(Comparison comparison) {
        return change(
                comparison.before().subject().reference(),
                comparison.after().subject().reference());
    }

    /** {@return the content of the document} */
    static List<DocumentBlock> blocks(Comparison comparison) {
        return new ComparisonDocument(comparison).blocks();
    }

    static Tone tone(Verdict verdict) {
        return switch (verdict) {
            case WORSE -> Tone.BAD;
            case MIXED -> Tone.MIXED;
            case SAME -> Tone.PLAIN;
            case BETTER -> Tone.GOOD;
        };
    }

    private List<DocumentBlock> blocks() {
        List<DocumentBlock> blocks = new ArrayList<>();
        blocks.add(new Facts(facts()));
        if (isDrawn(comparison.before()) || isDrawn(comparison.after())) {
            blocks.add(new LineMaps(List.of(
                    StructLinesBuilder.of(comparison.before(), name(comparison.before(), "before")),
                    StructLinesBuilder.of(comparison.after(), name(comparison.after(), "after")))));
        }
        if (!comparison.fields().isEmpty()) {
            blocks.add(fields());
        }
        if (!comparison.hazards().isEmpty()) {
            blocks.add(hazards());
        }
        List<Row> costs = costs();
        if (!costs.isEmpty()) {
            if (!comparison.operations().isEmpty()) {
                blocks.add(Facts.of("cost", after.costBasis()));
            }
            blocks.add(new Table(
                    "",
                    List.of(
                            Column.text("an operation"),
                            Column.number("before"),
                            Column.number("after"),
                            Column.number("change")),
                    costs));
        }
        return blocks;
    }

    private String name(Analysis analysis, String when) {
        String name = analysis.subject().reference();
        return title(comparison).equals(name) ? name + ", " + when : name;
    }

    private static boolean isDrawn(Analysis analysis) {
        return analysis.access().certainty().isOfProfile()
                && !analysis.access().uses().isEmpty();
    }

    private List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("size", size()));
        String old = before.layout().provenance().describe();
        String young = after.layout().provenance().describe();
        if (!old.equals(young)) { // else the title says it
            facts.add(new Fact("layout", change(old, young)));
        }
        declared().ifPresent(where -> facts.add(new Fact("declared", where)));
        facts.add(new Fact("placement", change(before.placement(), after.placement())));
        if (!comparison.padding().isEmpty()) {
            facts.add(new Fact("padding", padding()));
        }
        boolean isUnknown = comparison.before().access().uses().isEmpty();
        facts.add(new Fact("access", isUnknown ? after.access() : change(before.access(), after.access())));
        comparison.notes().forEach(note -> facts.add(new Fact("note", note)));
        return facts;
    }

    private Optional<String> declared() {
        Optional<String> old = DeclarationWords.of(comparison.before().subject().origins());
        Optional<String> young =
                DeclarationWords.of(comparison.after().subject().origins());
        return old.isEmpty() && young.isEmpty()
                ? Optional.empty()
                : Optional.of(change(old.orElse(NONE), young.orElse(NONE)));
    }

    private String padding() {
        return comparison.padding().stream()
                .map(one -> String.format(
                        Locale.ROOT,
                        "%,d%s%,d bytes %s",
                        one.byteSizeBefore(),
                        ARROW,
                        one.byteSizeAfter(),
                        one.place()))
                .collect(Collectors.joining(", "));
    }

    private String size() {
        long more = comparison.bytesMore();
        String by = more == 0 ? "" : String.format(Locale.ROOT, " (%+d)", more);
        return change(before.layout().byteSize(), after.layout().byteSize()) + " bytes" + by + ", "
                + change(before.lines(), after.lines())
                + (before.lines() == 1 && after.lines() == 1 ? " line of " : " lines of ") + after.lineBytes()
                + ", aligned to "
                + change(before.layout().byteAlignment(), after.layout().byteAlignment());
    }

    private static String change(Object before, Object after) {
        return before.equals(after) ? after.toString() : before + ARROW + after;
    }

    /** The fields that changed; those that follow each other and moved alike are one row. */
    private Table fields() {
        List<Row> rows = new ArrayList<>();
        List<FieldChange> changes = comparison.fields();
        for (int from = 0; from < changes.size(); ) {
            int to = from + 1;
            while (to < changes.size() && isAlike(changes.get(to - 1), changes.get(to))) {
                to++;
            }
            rows.add(row(changes.subList(from, to)));
            from = to;
        }
        boolean isPartly = changes.stream().anyMatch(ComparisonDocument::isPartly);
        return new Table(
                "What moved" + (isPartly ? " (k/n: on another line than before in k of n placements)" : ""),
                List.of(Column.text("field"), Column.number("byte"), Column.text("line"), Column.text("")),
                rows);
    }

    private static boolean isPartly(FieldChange change) {
        return change.placements()
                .filter(count -> !count.always() && !count.never())
                .isPresent();
    }

    private static boolean isAlike(FieldChange one, FieldChange next) {
        boolean rehoused = next.kinds().contains(FieldChange.Kind.REHOUSED);
        boolean plain = next.kinds().equals(Set.of(FieldChange.Kind.MOVED));
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

    private static Row row(List<FieldChange> alike) {
        FieldChange first = alike.get(0);
        FieldChange last = alike.get(alike.size() - 1);
        String name = alike.size() == 1
                ? first.path()
                : first.path() + (alike.size() == 2 ? ", " : " .. ") + last.path() + " (" + alike.size() + ")";
        return Row.of(
                name,
                first.before().map(ComparisonDocument::start).orElse(NONE)
                        + ARROW
                        + first.after().map(ComparisonDocument::start).orElse(NONE),
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

    private Table hazards() {
        return new Table(
                "Hazards that came, went or changed",
                List.of(Column.text(""), Column.text("rule"), Column.text("severity"), Column.detail("fields")),
                comparison.hazards().stream()
                        .map(change -> Row.of(
                                change.isUp() ? Tone.BAD : Tone.GOOD,
                                change.kind().word(),
                                change.rule(),
                                severity(change),
                                beside(change.fields())))
                        .toList());
    }

    private static String severity(HazardChange change) {
        return change.before().isPresent() && change.after().isPresent()
                ? change.before().get().word() + ARROW + change.after().get().word()
                : change.severity().word();
    }

    private static String beside(List<String> fields) {
        if (fields.size() < 2) {
            return String.join("", fields);
        }
        return fields.get(0) + " beside " + String.join(", ", fields.subList(1, fields.size()));
    }

    /** The operations that gain or lose most, first; then all of them together; none where there are no costs. */
    private List<Row> costs() {
        List<Row> rows = new ArrayList<>();
        List<OperationChange> operations = comparison.operations();
        for (OperationChange change : operations.subList(0, Math.min(MOST_OPERATIONS, operations.size()))) {
            Optional<Double> old = change.before().map(OperationCost::totalNanos);
            Optional<Double> young = change.after().map(OperationCost::totalNanos);
            List<String> nanos = Saving.nanosAlike(old.orElse(0.0), young.orElse(0.0));
            rows.add(costRow(
                    change.role() + ": " + change.operation(),
                    old.isPresent() ? nanos.get(0) : NONE,
                    young.isPresent() ? nanos.get(1) : NONE,
                    old.isPresent() && young.isPresent() ? percent(old.get(), young.get()) : NONE,
                    change.deltaNanos()));
        }
        if (operations.size() > MOST_OPERATIONS) {
            int left = operations.size() - MOST_OPERATIONS;
            rows.add(costRow("and " + left + " more that change less", "", "", "", 0));
        }
        Optional<CostBreakdown> old = comparison.before().breakdown();
        Optional<CostBreakdown> young = comparison.after().breakdown();
        boolean isAssumed = old.stream().anyMatch(CostBreakdown::assumedRates)
                || young.stream().anyMatch(CostBreakdown::assumedRates);
        if (old.isPresent() && young.isPresent() && !isAssumed) { // assumed rates compare nothing
            double was = old.get().cpusLost();
            double is = young.get().cpusLost();
            int cpus = comparison.after().machine().cpus().value();
            rows.add(costRow(
                    cpus == 1 ? "time lost by 1 CPU" : "time lost by all " + cpus + " CPUs",
                    cpus(was, Math.max(was, is)),
                    cpus(is, Math.max(was, is)),
                    percent(was, is),
                    is - was));
        }
        return rows;
    }

    /** Both figures of a row have the unit and the decimals of the greater one. */
    private static String cpus(double cpus, double greater) {
        if (greater < 0.0005) {
            return String.format(Locale.ROOT, "%.0f us/s", 1e6 * cpus);
        }
        return String.format(Locale.ROOT, greater < 10 ? "%.3f CPUs" : "%.1f CPUs", cpus);
    }

    private static String percent(double before, double after) {
        if (before == after) {
            return "=";
        }
        return before == 0 ? "new" : String.format(Locale.ROOT, "%+.0f %%", 100 * (after - before) / before);
    }

    private static Row costRow(String operation, String before, String after, String change, double nanosMore) {
        Tone tone = nanosMore > 0 ? Tone.BAD : nanosMore < 0 ? Tone.GOOD : Tone.PLAIN;
        return Row.of(tone, operation, before, after, change);
    }
}

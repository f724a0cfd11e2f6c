package dev.faultline.report.build;

import dev.faultline.access.Certainty;
import dev.faultline.access.FieldUse;
import dev.faultline.access.Observation;
import dev.faultline.analysis.Analysis;
import dev.faultline.cost.CostBreakdown;
import dev.faultline.cost.OperationCost;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Saving;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Costs;
import dev.faultline.report.document.DocumentBlock.Column;
import dev.faultline.report.document.DocumentBlock.Row;
import dev.faultline.report.document.DocumentBlock.Table;
import dev.faultline.report.document.FindingEntry;
import dev.faultline.report.document.StructSummary;
import dev.faultline.source.FieldOrigins;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What reports say of one analysed struct, in words. */
public final class StructWords {

    private static final int MOST_OPERATIONS = 8;
    private static final int MOST_SHARED_CPUS = 3;
    private static final int MOST_UNUSED = 8;

    private final Analysis analysis;

    /** Words on an analysis. */
    public StructWords(Analysis analysis) {
        this.analysis = analysis;
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

    /**
     * {@return {@code "2 errors, 1 warning"}, {@code "no findings; 3 suspicions from field types (--all)"}; of a class
     *     that holds memory outside of objects {@code "no findings in the object itself"}}
     *
     * @param all whether suspicions are counted as findings
     */
    public String total(boolean all) {
        List<String> words = new ArrayList<>();
        String findings = severities(all);
        words.add(findings.isEmpty() ? none() : findings);
        long suspicions =
                analysis.findings().stream().filter(Finding::isSuspicion).count();
        if (!all && suspicions > 0) {
            words.add(FindingWords.suspicions(suspicions) + " from field types (--all)");
        }
        words.addAll(FindingWords.heldBack(analysis.heldBack()));
        return String.join("; ", words);
    }

    /** A class that holds memory outside of objects is not free of findings where that was not looked at. */
    private String none() {
        boolean hasMore = analysis.subject()
                .code()
                .filter(code -> !code.outside().isEmpty())
                .isPresent();
        return hasMore ? "no findings in the object itself" : "no findings";
    }

    private String severities(boolean all) {
        List<String> words = new ArrayList<>();
        for (Severity severity : List.of(Severity.ERROR, Severity.WARNING, Severity.INFO)) {
            long count = analysis.findings().stream()
                    .filter(finding -> finding.severity() == severity && !finding.isSuspicion())
                    .count();
            if (count > 0) {
                words.add(FindingWords.count(count, severity));
            }
        }
        long suspicions =
                analysis.findings().stream().filter(Finding::isSuspicion).count();
        if (all && suspicions > 0) {
            words.add(FindingWords.suspicions(suspicions));
        }
        return String.join(", ", words);
    }

    /** {@return size and lines: {@code "struct of 176 bytes on 3 lines of 64 bytes"}} */
    public String size() {
        return layout().kind().keyword() + " of " + layout().byteSize() + " bytes on " + lines()
                + (lines() == 1 ? " line of " : " lines of ") + lineBytes() + " bytes";
    }

    /** {@return where objects start, and how that is known} */
    public String placement() {
        int residues = analysis.subject().placement().residues(lineBytes());
        String what = layout().kind() == AggregateKind.SECTION ? "byte 0 is" : "objects start";
        String where = residues == 1
                ? what + (layout().kind() == AggregateKind.SECTION ? " at the start of a line" : " on a line")
                : what + " at any multiple of " + analysis.subject().placement().baseAlignment() + " (" + residues
                        + " placements)";
        return where + ": " + analysis.subject().placement().source();
    }

    /** {@return how it is known who accesses what} */
    public String access() {
        if (analysis.access().certainty().isOfProfile()) {
            return analysis.access().observation().map(StructWords::run).orElse("declared: ")
                    + analysis.access().source()
                    + (analysis.access().isRated() || analysis.access().uses().isEmpty() ? "" : ", without rates")
                    + atFullRate()
                    + sharedCpus();
        }
        if (analysis.access().certainty() == Certainty.FROM_CODE) {
            return fromCode();
        }
        String guess = analysis.access().uses().isEmpty()
                ? "unknown; no profile given, and no "
                        + (layout().kind() == AggregateKind.SECTION ? "variable's" : "field") + " type suggests any"
                : "a guess from field types; no profile given (--profile FILE)";
        return guess + unseen();
    }

    /** {@return the run in which accesses were seen, before the name of its profile} */
    private static String run(Observation run) {
        return run.certainty().word() + ": " + run.words() + "; "
                + run.notes().stream().map(note -> note + "; ").collect(Collectors.joining());
    }

    private String atFullRate() {
        List<String> waiting = operations(use -> use.manner().awaits());
        List<String> restless = operations(use -> use.manner().isAtFullRate());
        restless.removeAll(waiting);
        return (restless.isEmpty() ? "" : "; as fast as it can: " + String.join(", ", restless))
                + (waiting.isEmpty() ? "" : "; when a field has changed: " + String.join(", ", waiting));
    }

    private List<String> operations(Predicate<FieldUse> chosen) {
        return analysis.access().uses().stream()
                .filter(chosen)
                .map(use -> "`" + use.operation() + "` of " + use.role().name())
                .distinct()
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private String sharedCpus() {
        List<String> shared = analysis.access().sharedCpus();
        int left = shared.size() - MOST_SHARED_CPUS;
        return shared.isEmpty()
                ? ""
                : "; done in turn on a CPU that several roles list: "
                        + String.join(", ", shared.subList(0, Math.min(MOST_SHARED_CPUS, shared.size())))
                        + (left > 0 ? " and " + left + " more" : "");
    }

    private String fromCode() {
        boolean isOfClass =
                layout().kind() == AggregateKind.SECTION && layout().name().endsWith(".class");
        String found = !analysis.access().uses().isEmpty()
                ? "read from the code; rates are not known"
                : isOfClass
                        ? "which threads use static fields, the code does not show; `faultline record` counts it"
                        : "no sharing in the code that was read";
        return found + unseen();
    }

    private String unseen() {
        List<String> unseen =
                analysis.subject().code().map(code -> code.unseen()).orElse(List.of());
        return unseen.isEmpty() ? "" : "; not looked at: " + String.join("; ", unseen);
    }

    /** {@return the operations that lose most, first; nothing without a declared profile} */
    public Optional<Table> costs() {
        if (!analysis.access().certainty().isOfProfile()
                || analysis.breakdown().isEmpty()
                || analysis.breakdown().get().cost().operations().isEmpty()) {
            return Optional.empty();
        }
        CostBreakdown breakdown = analysis.breakdown().get();
        List<OperationCost> operations = breakdown.cost().operations();
        List<Row> rows = IntStream.range(0, operations.size())
                .boxed()
                .sorted((one, other) -> Double.compare(
                        -operations.get(one).cpusLost(), -operations.get(other).cpusLost()))
                .limit(MOST_OPERATIONS)
                .map(i -> costs(breakdown, i))
                .toList();
        return Optional.of(new Table(
                "",
                List.of(
                        Column.text("an operation"),
                        Column.number("in all"),
                        Column.number("own work"),
                        Column.number("true sharing"),
                        Column.number("false sharing"),
                        Column.number("misses")),
                rows));
    }

    /** The parts add up to the whole: where fields that stand together save transfers, none is false sharing. */
    private static Row costs(CostBreakdown breakdown, int number) {
        OperationCost one = breakdown.cost().operations().get(number);
        List<String> nanos = Saving.nanosAlike(
                one.totalNanos(),
                one.baseNanos() + one.touchNanos(),
                breakdown.trueSharingNanos(number),
                Math.max(0, breakdown.falseSharingNanos(number)));
        return Row.of(
                one.role() + ": " + one.operation(),
                nanos.get(0),
                nanos.get(1),
                nanos.get(2),
                nanos.get(3),
                String.format(
                        Locale.ROOT,
                        "%.2f",
                        one.events().misses() + one.events().upgrades()));
    }

    /** {@return at which rates the costs are, and why {@code bench} tells other times of the same operations} */
    public String rateBasis() {
        return "the profile's; `bench` plays without a pause, so its ns differ";
    }

    /** {@return for which machine the costs are, and how far to trust them} */
    public String costBasis() {
        int cpus = analysis.machine().cpus().value();
        boolean saturated = analysis.breakdown()
                .map(breakdown -> breakdown.cost().isSaturated())
                .orElse(false);
        Costs costs = analysis.machine().costs();
        double least = costs.transfers().clusterNanos().value();
        double most = costs.transfers().remoteNanos().value();
        boolean far = analysis.machine().sockets().value() > 1 && most > least;
        return "predicted for " + analysis.machine().name() + ", " + cpus + (cpus == 1 ? " CPU" : " CPUs")
                + ", not measured; a line moves in " + Saving.nanos(least)
                + (far ? ", between sockets in " + Saving.nanos(most) : "") + " ("
                + costs.transfers().clusterNanos().source() + ")"
                + (saturated ? "; a line is saturated, so this is a lower bound" : "");
    }

    /** {@return the fields that no code of the classes read uses and that are no padding; empty when there are none} */
    Optional<String> unused() {
        List<String> paths = analysis.subject().code().filter(code -> !code.isEmpty()).stream()
                .flatMap(code -> code.unused().stream())
                .sorted()
                .toList();
        if (paths.isEmpty() || analysis.subject().profile().isPresent()) {
            return Optional.empty();
        }
        int left = paths.size() - MOST_UNUSED;
        return Optional.of(String.join(", ", paths.subList(0, Math.min(MOST_UNUSED, paths.size())))
                + (left > 0 ? " and " + left + " more" : "") + ", by no code of the classes that were read");
    }

    /** {@return the figures of the struct} */
    StructSummary summary() {
        return new StructSummary(
                layout().kind().keyword(),
                layout().byteSize(),
                lines(),
                lineBytes(),
                unusedBytes(),
                analysis.breakdown().map(CostBreakdown::cpusLost).orElse(-1.0),
                analysis.breakdown()
                        .map(breakdown -> cpuTime(breakdown.cpusLost(), breakdown.assumedRates()))
                        .orElse("-"));
    }

    /** Bytes of holes and of the tail that nothing keeps free on purpose, those of embedded structs too. */
    private long unusedBytes() {
        return layout().unusedBytes();
    }

    /**
     * {@return a finding as it is shown; of a guess without times, since the rates of operations are not known}
     *
     * @param finding the finding
     * @param origins where the fields of its struct are declared
     */
    public static FindingEntry entry(Finding finding, FieldOrigins origins) {
        return entry(finding, origins, Optional.empty());
    }

    /** {@return a finding about a struct as it is shown, with what a run saw of its fields} */
    static FindingEntry entry(Finding finding, Subject subject) {
        Optional<String> seen = finding.certainty().isObserved()
                ? ObservedAccess.of(subject.profile()).map(access -> access.sentence(finding))
                : Optional.empty();
        return entry(finding, subject.origins(), seen);
    }

    private static FindingEntry entry(Finding finding, FieldOrigins origins, Optional<String> seen) {
        Optional<Saving> known = finding.saving().filter(one -> !finding.isSuspicion());
        Optional<Saving> saving = known.filter(one -> !one.isNothing());
        return new FindingEntry(
                finding.severity().ordinal(),
                finding.isSuspicion() ? "suspicion" : finding.severity().word(),
                finding.rule(),
                finding.fields(),
                finding.message(),
                Stream.concat(known.map(Saving::words).stream(), seen.stream()).toList(),
                finding.advice(),
                finding.certainty().word(),
                new FindingEntry.SavingFigures(
                        saving.filter(one -> one.nanosPerOp() > 0)
                                .map(one ->
                                        String.join(" of ", Saving.nanosAlike(one.nanosPerOp(), one.ofNanosPerOp())))
                                .orElse("-"),
                        saving.map(one -> cpuTime(one.cpusSaved(), one.assumedRates()))
                                .orElse("-"),
                        known.map(Saving::cpusSaved).orElse(0.0)),
                finding.isSuspicion(),
                DeclarationWords.of(origins, finding.fields()),
                Optional.empty());
    }

    /** With a tilde where rates are assumed. */
    private static String cpuTime(double cpus, boolean areAssumed) {
        String words = cpus >= 1
                ? FindingWords.decimal(cpus, 2) + " CPUs"
                : cpus >= 1e-3
                        ? FindingWords.decimal(cpus * 1e3, 1) + " ms/s"
                        : FindingWords.decimal(cpus * 1e6, 1) + " us/s";
        return areAssumed ? "~" + words : words;
    }
}

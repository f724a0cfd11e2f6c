package dev.faultline.report.sarif;

import dev.faultline.compare.Comparison;
import dev.faultline.compare.HazardChange;
import dev.faultline.compare.SourceComparison;
import dev.faultline.compare.Verdict;
import dev.faultline.hazard.Severity;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.layout.StructLayout;
import dev.faultline.report.ReportWriter;
import dev.faultline.source.Subject;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes structs that became worse and hazards that changed as a log: new ones are new, gone ones absent. */
public final class SarifComparisonWriter implements ReportWriter<SourceComparison> {

    private static final SarifRule WORSE = new SarifRule(
            "WorseLayout",
            Severity.ERROR,
            "a change makes a layout cost more, or puts fields together that were apart for a reason",
            "docs/ci.md",
            "");

    private final Writer out;
    private final SarifSettings settings;

    /**
     * Makes a writer.
     *
     * @param out where to; not closed
     * @param settings what the log depends on besides its results
     */
    public SarifComparisonWriter(Writer out, SarifSettings settings) {
        this.out = Objects.requireNonNull(out);
        this.settings = Objects.requireNonNull(settings);
    }

    @Override
    public void write(SourceComparison comparison) throws IOException {
        List<SarifRule> rules = Stream.concat(Catalog.RULES.stream().map(SarifRule::of), Stream.of(WORSE))
                .toList();
        ResultLog log = settings.begin(out, rules);
        for (SourceComparison.Changed changed : comparison.changed()) {
            write(changed.comparison(), log);
        }
        log.end();
    }

    private static void write(Comparison one, ResultLog log) {
        Subject after = one.after().subject();
        StructLayout layout = after.layout();
        if (one.verdict() == Verdict.WORSE || one.verdict() == Verdict.MIXED) {
            log.add(new SarifResult(
                    WORSE.id(),
                    one.verdict() == Verdict.WORSE ? Severity.ERROR : Severity.WARNING,
                    one.verdict().word() + ": " + one.reason(),
                    layout.spelling(),
                    layout.provenance(),
                    SarifDeclaration.of(after.origins(), List.of()),
                    List.of(),
                    "",
                    Optional.of(true)));
        }
        for (HazardChange change : one.hazards()) {
            boolean isGone = change.kind() == HazardChange.Kind.GONE;
            Subject where = isGone ? one.before().subject() : after;
            log.add(new SarifResult(
                    change.rule(),
                    change.severity(),
                    change.kind().word() + ": " + change.message(),
                    layout.spelling(),
                    layout.provenance(),
                    SarifDeclaration.of(where.origins(), change.fields()),
                    change.fields(),
                    "",
                    Optional.of(!isGone)));
        }
    }
}

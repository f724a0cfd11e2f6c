package dev.faultline.report.sarif;

import dev.faultline.compare.Comparison;
import dev.faultline.compare.HazardChange;
import dev.faultline.compare.SourceComparison;
import dev.faultline.compare.Verdict;
import dev.faultline.hazard.Severity;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.layout.StructLayout;
import dev.faultline.report.ReportWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes what became worse, and which hazards came and went, as a SARIF log: what came is new, what went is absent. */
public final class SarifComparisonWriter implements ReportWriter<SourceComparison> {

    private static final SarifLog.Rule WORSE = new SarifLog.Rule(
            "WorseLayout",
            Severity.ERROR,
            "a change costs more than before, or keeps apart no longer what had better be apart",
            "");

    private final Writer out;

    /** A writer; {@code out} is not closed. */
    public SarifComparisonWriter(Writer out) {
        this.out = out;
    }

    @Override
    public void write(SourceComparison comparison) throws IOException {
        List<SarifLog.Rule> rules =
                new ArrayList<>(Catalog.RULES.stream().map(SarifLog.Rule::of).toList());
        rules.add(WORSE);
        SarifLog log = new SarifLog(out, rules);
        for (SourceComparison.Changed changed : comparison.changed()) {
            write(changed.comparison(), log);
        }
        log.end();
    }

    private static void write(Comparison one, SarifLog log) throws IOException {
        StructLayout layout = one.after().subject().layout();
        if (one.verdict() == Verdict.WORSE || one.verdict() == Verdict.MIXED) {
            log.add(new SarifLog.Result(
                    WORSE.id(),
                    one.verdict() == Verdict.WORSE ? Severity.ERROR : Severity.WARNING,
                    one.verdict().word() + ": " + one.reason(),
                    layout.spelling(),
                    layout.provenance(),
                    List.of(),
                    Optional.of(true)));
        }
        for (HazardChange change : one.hazards()) {
            log.add(new SarifLog.Result(
                    change.rule(),
                    change.severity(),
                    change.kind().word() + ": " + change.message(),
                    layout.spelling(),
                    layout.provenance(),
                    change.fields(),
                    Optional.of(change.kind() != HazardChange.Kind.GONE)));
        }
    }
}

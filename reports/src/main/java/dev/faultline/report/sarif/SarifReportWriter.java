package dev.faultline.report.sarif;

import dev.faultline.analysis.Analysis;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.report.ReportWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.Optional;

/** Writes the findings of analyses as one SARIF log, as they come. */
public final class SarifReportWriter implements ReportWriter {

    private final SarifLog log;

    /**
     * Begins a log.
     *
     * @param out where to; not closed
     * @throws IOException when it cannot be written
     */
    public SarifReportWriter(Writer out) throws IOException {
        log = new SarifLog(out, Catalog.RULES.stream().map(SarifLog.Rule::of).toList());
    }

    @Override
    public void write(Analysis analysis) throws IOException {
        for (Finding finding : analysis.findings()) {
            String saving = finding.saving().map(found -> "; " + found.words()).orElse("");
            log.add(new SarifLog.Result(
                    finding.rule(),
                    finding.severity(),
                    finding.message() + saving + ". " + finding.advice(),
                    analysis.subject().layout().spelling(),
                    analysis.subject().layout().provenance(),
                    finding.fields(),
                    Optional.empty()));
        }
    }

    @Override
    public void end() throws IOException {
        log.end();
    }
}

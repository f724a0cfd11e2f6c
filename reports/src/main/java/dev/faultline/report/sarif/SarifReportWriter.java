package dev.faultline.report.sarif;

import dev.faultline.analysis.Analysis;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.report.ReportWriter;
import dev.faultline.report.build.ObservedAccess;
import java.io.IOException;
import java.io.Writer;
import java.util.Optional;

/** Writes the findings of analyses as one log. */
public final class SarifReportWriter implements ReportWriter<Analysis> {

    private final ResultLog log;

    /**
     * Begins a log.
     *
     * @param out where to; not closed
     * @param settings what the log depends on besides its results
     * @throws IOException when it cannot be written
     */
    public SarifReportWriter(Writer out, SarifSettings settings) throws IOException {
        log = settings.begin(out, Catalog.RULES.stream().map(SarifRule::of).toList());
    }

    @Override
    public void write(Analysis analysis) {
        for (Finding finding : analysis.findings()) {
            String saving = finding.saving().map(found -> "; " + found.words()).orElse("");
            log.add(new SarifResult(
                    finding.rule(),
                    finding.severity(),
                    finding.message() + saving + seen(analysis, finding) + ". " + finding.advice(),
                    analysis.subject().spelling(),
                    analysis.subject().layout().provenance(),
                    SarifDeclaration.of(analysis.subject().origins(), finding.fields()),
                    finding.fields(),
                    "",
                    Optional.empty()));
        }
    }

    /** {@return what a run saw of the fields; empty where none did} */
    private static String seen(Analysis analysis, Finding finding) {
        return !finding.certainty().isObserved()
                ? ""
                : ObservedAccess.of(analysis.subject().profile())
                        .map(access -> "; " + finding.certainty().word() + ": " + access.sentence(finding))
                        .orElse("");
    }

    @Override
    public void end() throws IOException {
        log.end();
    }
}

package dev.faultline.report.sarif;

import dev.faultline.contract.ContractResult;
import dev.faultline.contract.PromiseResult;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.Provenance;
import dev.faultline.report.CheckWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;

/** Writes broken promises as a SARIF log; each is found in the contract that makes it. */
public final class SarifCheckWriter implements CheckWriter {

    private static final SarifLog.Rule BROKEN =
            new SarifLog.Rule("BrokenPromise", Severity.ERROR, "a layout does not do what its contract promises", "");
    private static final SarifLog.Rule UNJUDGED =
            new SarifLog.Rule("UncheckedPromise", Severity.WARNING, "a promise could not be checked", "");

    private final Writer out;

    /** A writer; {@code out} is not closed. */
    public SarifCheckWriter(Writer out) {
        this.out = out;
    }

    @Override
    public void write(List<ContractResult> sections) throws IOException {
        SarifLog log = new SarifLog(out, List.of(BROKEN, UNJUDGED));
        for (ContractResult section : sections) {
            for (PromiseResult result : section.results()) {
                if (result.status() == PromiseResult.Status.BROKEN
                        || result.status() == PromiseResult.Status.UNJUDGED) {
                    log.add(result(section, result));
                }
            }
            for (String problem : section.problems()) {
                log.add(new SarifLog.Result(
                        UNJUDGED.id(),
                        Severity.WARNING,
                        problem,
                        section.source(),
                        place(section),
                        List.of(),
                        Optional.empty()));
            }
        }
        log.end();
    }

    private static SarifLog.Result result(ContractResult section, PromiseResult result) {
        boolean broken = result.status() == PromiseResult.Status.BROKEN;
        return new SarifLog.Result(
                broken ? BROKEN.id() : UNJUDGED.id(),
                broken ? Severity.ERROR : Severity.WARNING,
                result.promise() + ": " + String.join("; ", result.why()),
                result.struct(),
                place(section),
                result.fields(),
                Optional.empty());
    }

    /** A contract is a file; group markers are in their source. */
    private static Provenance place(ContractResult section) {
        boolean isFile = section.source().endsWith(".yaml") || section.source().endsWith(".yml");
        return Provenance.of(isFile ? Provenance.Origin.NOTATION : Provenance.Origin.DECLARED, section.source());
    }
}

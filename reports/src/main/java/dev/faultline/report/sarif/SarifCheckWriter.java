package dev.faultline.report.sarif;

import dev.faultline.contract.ContractResult;
import dev.faultline.contract.PromiseResult;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.Provenance;
import dev.faultline.report.ReportWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes broken and unchecked promises as a log. Each is at the line of the contract that makes it. */
public final class SarifCheckWriter implements ReportWriter<List<ContractResult>> {

    private static final SarifRule BROKEN = new SarifRule(
            "BrokenPromise",
            Severity.ERROR,
            "a layout does not do what its contract promises",
            "docs/contracts.md",
            "");
    private static final SarifRule UNCHECKED = new SarifRule(
            "UncheckedPromise", Severity.WARNING, "a promise could not be checked", "docs/contracts.md", "");

    private static final Pattern BYTES = Pattern.compile(", bytes? \\d+(\\.\\.\\d+)?$");
    private static final Pattern LINE = Pattern.compile("line (\\d{1,9}), column \\d+");

    private final Writer out;
    private final SarifSettings settings;

    /**
     * Makes a writer.
     *
     * @param out where to; not closed
     * @param settings what the log depends on besides its results
     */
    public SarifCheckWriter(Writer out, SarifSettings settings) {
        this.out = Objects.requireNonNull(out);
        this.settings = Objects.requireNonNull(settings);
    }

    @Override
    public void write(List<ContractResult> sections) throws IOException {
        ResultLog log = settings.begin(out, List.of(BROKEN, UNCHECKED));
        for (ContractResult section : sections) {
            for (PromiseResult result : section.results()) {
                if (result.status() == PromiseResult.Status.BROKEN
                        || result.status() == PromiseResult.Status.UNJUDGED) {
                    log.add(result(section, result));
                }
            }
            for (String problem : section.problems()) {
                log.add(problem(section, problem));
            }
        }
        log.end();
    }

    /** The words of a group's promise end in its bytes, which are no part of its identity. */
    private static SarifResult result(ContractResult section, PromiseResult result) {
        SarifRule rule = result.status() == PromiseResult.Status.BROKEN ? BROKEN : UNCHECKED;
        return new SarifResult(
                rule.id(),
                rule.severity(),
                result.promise() + ": " + String.join("; ", result.why()),
                result.struct(),
                at(section, result.place()),
                List.of(),
                result.fields(),
                BYTES.matcher(result.promise()).replaceFirst(""),
                Optional.empty());
    }

    /** The message of a problem begins with the file and, where it has one, the place in it. */
    private static SarifResult problem(ContractResult section, String problem) {
        String start = section.source() + ": ";
        return new SarifResult(
                UNCHECKED.id(),
                UNCHECKED.severity(),
                problem,
                section.source().substring(section.source().lastIndexOf('/') + 1),
                at(section, problem.startsWith(start) ? problem.substring(start.length()) : ""),
                List.of(),
                List.of(),
                "",
                Optional.empty());
    }

    private static Provenance at(ContractResult section, String place) {
        Matcher line = LINE.matcher(place);
        return new Provenance(
                Provenance.Origin.NOTATION,
                section.source(),
                "",
                line.lookingAt() ? OptionalInt.of(Integer.parseInt(line.group(1))) : OptionalInt.empty());
    }
}

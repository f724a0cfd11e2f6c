package dev.faultline.cli.command;

import dev.faultline.analysis.Analysis;
import dev.faultline.cli.option.BaselineOptions;
import dev.faultline.cli.option.UsageException;
import dev.faultline.cli.run.CliContext;
import dev.faultline.cli.run.OverwriteGuard;
import dev.faultline.cli.run.StoredBaseline;
import dev.faultline.contract.Baseline;
import dev.faultline.contract.KnownFindings;
import dev.faultline.input.InputException;
import java.util.Map;
import java.util.Optional;

/** Holds back the findings that a baseline accepts, and accepts today's when that is asked for. */
final class KnownFilter {

    private final StoredBaseline stored;
    private final KnownFindings known;
    private final boolean isUpdate;

    private KnownFilter(StoredBaseline stored, boolean isUpdate) {
        this.stored = stored;
        this.known = new KnownFindings(stored.baseline().orElse(new Baseline(Map.of())));
        this.isUpdate = isUpdate;
    }

    /**
     * Reads the baseline.
     *
     * @param options the file, and whether it is written
     * @return the filter; empty when no baseline is named
     * @throws UsageException when a file is to be written and none is named
     * @throws InputException when the file cannot be read, or is missing and not to be written
     */
    static Optional<KnownFilter> of(BaselineOptions options) {
        if (options.file == null) {
            if (options.update) {
                throw new UsageException("--update needs the file to write: --baseline FILE");
            }
            return Optional.empty();
        }
        String file = options.file.toString();
        if (options.update) {
            OverwriteGuard.writing(file);
        }
        StoredBaseline stored = StoredBaseline.read(file);
        if (stored.baseline().isEmpty() && !options.update) {
            throw new InputException(file, "", "no such file; --update writes it");
        }
        return Optional.of(new KnownFilter(stored, options.update));
    }

    /**
     * Holds back what is known; with {@code --update}, all that would be reported.
     *
     * @param analysis what was found
     * @param all whether suspicions are reported
     * @return the rest
     */
    Analysis rest(Analysis analysis, boolean all) {
        if (!isUpdate) {
            return known.rest(analysis);
        }
        known.accept(analysis, finding -> all || !finding.isSuspicion());
        return analysis.without(finding -> all || !finding.isSuspicion());
    }

    /**
     * Writes the baseline when that is asked for, and says so.
     *
     * @param isWhole whether all structs of the sources were analysed; if not, what is accepted of others stays
     */
    void update(boolean isWhole, CliContext context) {
        if (isUpdate) {
            Baseline after = known.update(isWhole);
            int gone = known.gone(after);
            stored.replace(
                    after,
                    "faultline inspect --baseline FILE --update",
                    context,
                    gone == 0 ? "" : ", " + gone + " gone");
        }
    }
}

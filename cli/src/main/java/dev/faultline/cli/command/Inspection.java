package dev.faultline.cli.command;

import dev.faultline.analysis.Analysis;
import dev.faultline.hazard.Severity;
import dev.faultline.input.InputException;
import dev.faultline.report.ReportWriter;
import dev.faultline.report.text.TextStyle;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Subject;
import dev.faultline.source.notation.NotationSource;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.ParameterException;

/** One run of {@code inspect}: finds the structs, judges them, writes the report. */
final class Inspection {

    /** The most structs of a text that are shown without being named. */
    private static final int MOST_UNNAMED = 100;

    private final InspectRequest request;
    private final Sources sources;
    private final Surroundings surroundings;

    private Optional<Severity> worst = Optional.empty();
    private boolean failed;

    Inspection(InspectRequest request, Sources sources, Surroundings surroundings) {
        this.request = request;
        this.sources = sources;
        this.surroundings = surroundings;
    }

    /**
     * Runs.
     *
     * @param usage makes a complaint about words that only the source can tell to be wrong
     * @return the exit status
     * @throws InputException when a source, a profile or the output cannot be used
     */
    int run(Function<String, ParameterException> usage) {
        try (ReportFile file = ReportFile.open(request.output(), surroundings.out())) {
            Selection selection = select(usage);
            selection.notes().forEach(surroundings::say);
            selection.complaints().forEach(surroundings::say);
            failed = !selection.complaints().isEmpty();
            List<Subject> subjects = selection.selected().stream()
                    .map(Selection.Selected::subject)
                    .toList();
            if (subjects.isEmpty()) {
                return ExitStatus.FAILED;
            }
            request.judgement().checkProfile(subjects);
            if (request.verify()) {
                failed |= !Verifying.holds(selection.selected(), surroundings, usage);
            }
            ReportWriter<Analysis> report = new ReportWriters(
                            request.format(), new TextStyle(request.color(), TextStyle.DEFAULT_COLUMNS), request.sourceRoot(), usage)
                    .analyses(subjects.size(), request.expand(), file.writer());
            judge(subjects, report);
            report.end();
            file.commit();
        } catch (IOException broken) {
            writingFailed(broken);
        }
        return failed ? ExitStatus.FAILED : request.failOn().isReachedBy(worst) ? ExitStatus.FOUND : ExitStatus.CLEAN;
    }

    private Selection select(Function<String, ParameterException> usage) {
        if (!request.whole().isEmpty()) {
            return wholeSources();
        }
        if (!request.references().isEmpty()) {
            return Selection.of(request.references(), request.from(), request.embedders(), sources);
        }
        LayoutSource source = sources.get(request.from());
        if (request.match().isPresent()) {
            return Selection.matching(request.match().get(), source);
        }
        int entries = source.entries().size();
        if (entries <= (source instanceof NotationSource ? MOST_UNNAMED : 1)) {
            return Selection.whole(source);
        }
        throw usage.apply(source.description() + " holds " + entries
                + " structs: name one, or give --match '*' for all; 'faultline list' shows them");
    }

    /** The named structs, and after them those of each source. */
    private Selection wholeSources() {
        Selection all = Selection.of(request.references(), request.from(), false, sources);
        for (String whole : request.whole()) {
            all = all.and(Selection.matching(request.match().orElseThrow(), sources.get(Optional.of(whole))));
        }
        return all;
    }

    private void judge(List<Subject> subjects, ReportWriter<Analysis> report) throws IOException {
        try (Progress progress = Progress.of(subjects.size(), surroundings)) {
            request.judgement().judge(subjects, progress, analysis -> {
                analysis.worst()
                        .filter(found -> worst.isEmpty() || found.compareTo(worst.get()) > 0)
                        .ifPresent(found -> worst = Optional.of(found));
                report.write(analysis);
            });
        }
    }

    /** What was judged before the reader went away still counts. */
    private void writingFailed(IOException broken) {
        failed |= Complaints.failure(broken, List.of(), surroundings) != ExitStatus.CLEAN;
    }
}

package dev.faultline.cli.run;

import dev.faultline.analysis.Analysis;
import dev.faultline.analysis.Analyzer;
import dev.faultline.source.Subject;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** Analyses structs on every CPU and hands on the results in order. */
public final class ParallelAnalysis {

    /** Structs analysed at a time: enough to keep every CPU busy, and few enough that a report starts early. */
    private static final int CHUNK = 512;

    private final Function<Subject, Analysis> analyze;

    ParallelAnalysis(AnalysisOptions options) {
        Analyzer analyzer = options.analyzer();
        this.analyze = subject -> analyzer.analyze(options.prepare(subject));
    }

    /** Takes the result for one struct. */
    public interface Consumer {
        void take(Analysis analysis) throws IOException;
    }

    /**
     * Analyses structs.
     *
     * @param context where progress is shown
     * @throws IOException when the consumer does
     * @throws dev.faultline.input.InputException when a profile names a field that a struct does not have
     */
    public void run(List<Subject> subjects, CliContext context, Consumer consumer) throws IOException {
        try (Progress progress = Progress.of(subjects.size(), context)) {
            CompletableFuture<List<Analysis>> next = start(subjects, 0);
            for (int from = 0; from < subjects.size(); from += CHUNK) {
                List<Analysis> analyses = result(next);
                next = start(subjects, from + CHUNK); // while this chunk is written
                for (Analysis analysis : analyses) {
                    consumer.take(analysis);
                }
                progress.done(from + analyses.size());
            }
        }
    }

    private CompletableFuture<List<Analysis>> start(List<Subject> subjects, int from) {
        List<Subject> chunk =
                subjects.subList(Math.min(from, subjects.size()), Math.min(subjects.size(), from + CHUNK));
        if (chunk.size() <= 1) {
            return CompletableFuture.completedFuture(chunk.stream().map(analyze).toList());
        }
        return CompletableFuture.supplyAsync(
                () -> chunk.parallelStream().map(analyze).toList());
    }

    /** {@return the result of another thread} What was thrown there is thrown here unchanged. */
    static <T> T result(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }
}

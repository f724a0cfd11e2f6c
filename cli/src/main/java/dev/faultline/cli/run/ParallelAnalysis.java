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

    private final Function<Subject, Analysis> analyze;

    ParallelAnalysis(AnalysisOptions options) {
        Analyzer analyzer = options.analyzer();
        this.analyze = subject -> analyzer.analyze(options.prepare(subject));
    }

    /**
     * Takes the result for one struct.
     *
     * @param <R> what the result is
     */
    public interface Consumer<R> {
        void take(R result) throws IOException;
    }

    /**
     * Analyses structs.
     *
     * @param context where progress is shown
     * @param then makes the result of an analysis; called by several threads at once
     * @param consumer takes the results in the order of the structs, on this thread
     * @throws IOException when the consumer does
     * @throws dev.faultline.input.InputException when a profile names a field that a struct does not have
     */
    public <R> void run(List<Subject> subjects, CliContext context, Function<Analysis, R> then, Consumer<R> consumer)
            throws IOException {
        if (subjects.size() == 1) { // threads for one struct take longer than it
            consumer.take(analyze.andThen(then).apply(subjects.get(0)));
            return;
        }
        try (Progress progress = Progress.of(subjects.size(), context)) {
            int[] taken = new int[1];
            new OrderedWork<>(subjects, ParallelAnalysis::size, analyze.andThen(then)).run(result -> {
                consumer.take(result);
                progress.done(++taken[0]);
            });
        }
    }

    /** Likewise, where the result is the analysis. */
    public void run(List<Subject> subjects, CliContext context, Consumer<Analysis> consumer) throws IOException {
        run(subjects, context, Function.identity(), consumer);
    }

    private static long size(Subject subject) {
        return subject.layout().slots().size();
    }

    /** {@return the result of another thread} What was thrown there is thrown here unchanged. */
    static <T> T result(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (failed.getCause() instanceof Error cause) {
                throw cause;
            }
            throw failed;
        }
    }
}

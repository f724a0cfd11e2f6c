package dev.faultline.bench.plan;

import dev.faultline.measure.Published;
import java.util.List;

/**
 * A published figure, shown beside the measured one when all contestants it is about take part.
 *
 * @param figure what was published
 * @param about the contestants it is about
 */
public record PublishedFigure(Published figure, List<ContestantSpec> about) {

    public PublishedFigure {
        about = List.copyOf(about);
    }

    /** {@return a published time of an operation} */
    public static PublishedFigure nanos(
            ContestantSpec contestant, double nanosPerOp, String conditions, String source) {
        return new PublishedFigure(
                Published.nanos(contestant.name(), nanosPerOp, conditions, source), List.of(contestant));
    }

    /** {@return a published range of ratios: how many times as fast as the baseline the contestant is} */
    public static PublishedFigure speedup(
            ContestantSpec contestant,
            ContestantSpec baseline,
            double low,
            double high,
            String conditions,
            String source) {
        return new PublishedFigure(
                Published.speedup(contestant.name(), baseline.name(), low, high, conditions, source),
                List.of(contestant, baseline));
    }

    /** {@return a published number of counted events per operation} */
    public static PublishedFigure count(
            ContestantSpec contestant, String counter, double perOp, String conditions, String source) {
        return new PublishedFigure(
                Published.count(contestant.name(), counter, perOp, conditions, source), List.of(contestant));
    }
}

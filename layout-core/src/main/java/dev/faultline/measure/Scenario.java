package dev.faultline.measure;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of a scenario.
 *
 * @param name the name of the scenario
 * @param operation one line saying what one operation is
 * @param threads how many threads took part, at least 1
 * @param contestants the contestants with their scores; the first is the baseline; none when it was inconclusive
 * @param inconclusive why there are no scores
 * @param published published figures
 * @param predicted predicted times, which an inconclusive scenario has as well
 */
public record Scenario(
        String name,
        String operation,
        int threads,
        List<Contestant> contestants,
        Optional<String> inconclusive,
        List<Published> published,
        List<Predicted> predicted) {

    /** A result without predictions. */
    public Scenario(
            String name,
            String operation,
            int threads,
            List<Contestant> contestants,
            Optional<String> inconclusive,
            List<Published> published) {
        this(name, operation, threads, contestants, inconclusive, published, List.of());
    }

    public Scenario {
        MeasureChecks.name("scenario", name);
        MeasureChecks.name(name, operation);
        MeasureChecks.atLeast(name + ", threads", 1, threads);
        contestants = List.copyOf(contestants);
        MeasureChecks.distinct(name + ", contestant", contestants, Contestant::name);
        Objects.requireNonNull(inconclusive);
        if (inconclusive.isPresent() == !contestants.isEmpty()) {
            throw new IllegalArgumentException(name + ": expected either scores or why there are none, got "
                    + contestants.size() + " contestants and " + inconclusive);
        }
        published = List.copyOf(published);
        predicted = List.copyOf(predicted);
        MeasureChecks.distinct(name + ", prediction", predicted, one -> one.contestant() + ", " + one.role());
    }

    /** {@return the contestant all others are compared with; empty when the scenario was inconclusive} */
    public Optional<Contestant> baseline() {
        return contestants.stream().findFirst();
    }

    /** {@return the contestant others are compared with in a role: the first that has it} */
    public Optional<Contestant> baseline(String role) {
        return contestants.stream().filter(one -> one.score(role).isPresent()).findFirst();
    }

    /** {@return how many times as fast a contestant is as the baseline of the role; empty for the baseline itself} */
    public Optional<RankInterval> measuredSpeedup(String wanted, String role) {
        return baseline(role)
                .filter(first -> !first.name().equals(wanted))
                .flatMap(first -> contestant(wanted).flatMap(one -> one.speedup(first, role)));
    }

    /** {@return the contestant of that name} */
    public Optional<Contestant> contestant(String wanted) {
        return contestants.stream().filter(one -> one.name().equals(wanted)).findFirst();
    }

    /** {@return the prediction for a role of a contestant} */
    public Optional<Predicted> predicted(String wanted, String role) {
        return predicted.stream()
                .filter(one -> one.contestant().equals(wanted) && one.role().equals(role))
                .findFirst();
    }

    /** {@return the predicted speedup of a contestant over the first one with a prediction for the role} */
    public Optional<Double> predictedSpeedup(String wanted, String role) {
        Optional<Predicted> first =
                predicted.stream().filter(one -> one.role().equals(role)).findFirst();
        return predicted(wanted, role)
                .filter(one -> !one.equals(first.orElseThrow()))
                .map(one -> one.speedup(first.orElseThrow()));
    }

    /** {@return how the measured speedup of a contestant compares with the predicted one; empty without both} */
    public Optional<SpeedupVerdict> verdict(String wanted, String role) {
        return measuredSpeedup(wanted, role)
                .flatMap(measured ->
                        predictedSpeedup(wanted, role).map(predicted -> new SpeedupVerdict(measured, predicted)));
    }

    /**
     * {@return by how many times the measured time of a contestant is off the predicted one, in words; empty when it is
     * not, or was not measured}
     */
    public Optional<String> timeOff(String wanted, String role) {
        Optional<Score> score =
                contestant(wanted).flatMap(one -> one.score(role)).filter(one -> !one.isTooShort());
        Optional<Predicted> expected = predicted(wanted, role);
        if (score.isEmpty() || expected.isEmpty()) {
            return Optional.empty();
        }
        double ratio = expected.get().nanosPerOp() / score.get().interval().estimate();
        return ratio <= SpeedupVerdict.WITHIN && ratio >= 1 / SpeedupVerdict.WITHIN
                ? Optional.empty()
                : Optional.of(SpeedupVerdict.off(ratio, "less time than predicted", "more time than predicted"));
    }

    /**
     * Finds the measured figure that belongs beside a published one.
     *
     * @param figure the published figure
     * @return the measured figure, of the first role; empty when there is none, or too few forks
     */
    public Optional<RankInterval> measured(Published figure) {
        return contestant(figure.contestant()).flatMap(one -> switch (figure.kind()) {
            case NANOS -> Optional.of(one.scores().get(0).interval());
            case SPEEDUP ->
                contestant(figure.of())
                        .flatMap(other -> one.speedup(other, one.scores().get(0).role()));
            case COUNT ->
                Optional.ofNullable(one.countsPerOp().get(figure.of()))
                        .map(count -> new RankInterval(count, count, count, 0));
        });
    }
}

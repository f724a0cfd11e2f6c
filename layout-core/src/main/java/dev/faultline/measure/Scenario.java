package dev.faultline.measure;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The results of one scenario, which all contestants ran.
 *
 * @param name name of the scenario
 * @param operation description of one operation, in one line
 * @param threads number of threads, at least 1
 * @param contestants the contestants with their scores, the baseline first; empty when the scenario was inconclusive
 * @param inconclusive why there is no result, when there is none
 * @param published published figures
 * @param predicted predicted times of contestants, also for an inconclusive scenario
 */
public record Scenario(
        String name,
        String operation,
        int threads,
        List<Contestant> contestants,
        Optional<String> inconclusive,
        List<Published> published,
        List<Predicted> predicted) {

    /** A scenario without predictions. */
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
        Checks.name("scenario", name);
        Checks.name(name, operation);
        Checks.atLeast(name + ", threads", 1, threads);
        contestants = List.copyOf(contestants);
        Checks.distinct(name + ", contestant", contestants, Contestant::name);
        Objects.requireNonNull(inconclusive);
        if (inconclusive.isPresent() == !contestants.isEmpty()) {
            throw new IllegalArgumentException(name + ": expected either scores or why there are none, got "
                    + contestants.size() + " contestants and " + inconclusive);
        }
        published = List.copyOf(published);
        predicted = List.copyOf(predicted);
        Checks.distinct(name + ", prediction", predicted, one -> one.contestant() + ", " + one.role());
    }

    /** {@return the contestant that all others are compared with; empty when the scenario was inconclusive} */
    public Optional<Contestant> baseline() {
        return contestants.stream().findFirst();
    }

    /** {@return the contestant that others are compared with in a role: the first that has the role} */
    public Optional<Contestant> baseline(String role) {
        return contestants.stream().filter(one -> one.score(role).isPresent()).findFirst();
    }

    /** {@return how many times as fast a contestant is as the baseline of the role; empty for the baseline itself} */
    public Optional<RankInterval> measuredSpeedup(String wanted, String role) {
        return baseline(role)
                .filter(first -> !first.name().equals(wanted))
                .flatMap(first -> contestant(wanted).flatMap(one -> one.speedup(first, role)));
    }

    /** {@return the contestant of that name, if it took part} */
    public Optional<Contestant> contestant(String wanted) {
        return contestants.stream().filter(one -> one.name().equals(wanted)).findFirst();
    }

    /** {@return the prediction for a role of a contestant} */
    public Optional<Predicted> predicted(String wanted, String role) {
        return predicted.stream()
                .filter(one -> one.contestant().equals(wanted) && one.role().equals(role))
                .findFirst();
    }

    /** {@return the predicted speedup of a contestant over the first contestant with a prediction for the role} */
    public Optional<Double> predictedSpeedup(String wanted, String role) {
        Optional<Predicted> first =
                predicted.stream().filter(one -> one.role().equals(role)).findFirst();
        return predicted(wanted, role)
                .filter(one -> !one.equals(first.orElseThrow()))
                .map(one -> one.speedup(first.orElseThrow()));
    }

    /**
     * Finds the measurement to compare with a published figure.
     *
     * @param figure the figure
     * @return the measured value, for the first role; empty when it was not measured, or with too few forks
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

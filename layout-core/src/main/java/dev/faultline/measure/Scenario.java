package dev.faultline.measure;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of one thing that all contestants did.
 *
 * @param name of it
 * @param operation what one operation is, in a line
 * @param threads how many took part, at least 1
 * @param contestants with their scores, the one all others are compared with first; none when it was inconclusive
 * @param inconclusive why it says nothing, when it does not
 * @param published figures of others
 */
public record Scenario(
        String name,
        String operation,
        int threads,
        List<Contestant> contestants,
        Optional<String> inconclusive,
        List<Published> published) {

    /** Refuses what is missing, and scores that are said to be worth nothing. */
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
    }

    /** {@return the contestant all others are compared with; nothing when it was inconclusive} */
    public Optional<Contestant> baseline() {
        return contestants.stream().findFirst();
    }

    /** {@return the contestant of that name, when it took part} */
    public Optional<Contestant> contestant(String wanted) {
        return contestants.stream().filter(one -> one.name().equals(wanted)).findFirst();
    }

    /**
     * Finds what belongs beside a published figure.
     *
     * @param figure the figure
     * @return what was measured of it, over the first role; nothing when it was not, or with too few forks
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

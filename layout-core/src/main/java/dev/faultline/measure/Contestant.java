package dev.faultline.measure;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The result of a contestant in a scenario.
 *
 * @param name the name of the contestant
 * @param summary one line about it
 * @param scores the scores of its roles, at least one
 * @param countsPerOp counted events per operation, such as retries, by name
 */
public record Contestant(String name, String summary, List<Score> scores, Map<String, Double> countsPerOp) {

    public Contestant {
        MeasureChecks.name("contestant", name);
        MeasureChecks.name(name, summary);
        scores = List.copyOf(scores);
        MeasureChecks.atLeast(name + ", scores", 1, scores.size());
        MeasureChecks.distinct(name + ", role", scores, Score::role);
        MeasureChecks.counts(countsPerOp);
        countsPerOp = java.util.Collections.unmodifiableMap(new TreeMap<>(countsPerOp));
    }

    /** {@return the score of a role} */
    public Optional<Score> score(String role) {
        return scores.stream().filter(score -> score.role().equals(role)).findFirst();
    }

    /**
     * Compares with another contestant.
     *
     * @param other what it is compared with
     * @param role the role whose operations are compared
     * @return how many times as fast this is; empty when either has no such role or is too short to be timed, or there
     *     are too few forks
     */
    public Optional<RankInterval> speedup(Contestant other, String role) {
        Optional<Score> mine = score(role);
        Optional<Score> theirs = other.score(role);
        if (mine.isEmpty()
                || theirs.isEmpty()
                || mine.get().isTooShort()
                || theirs.get().isTooShort()) {
            return Optional.empty();
        }
        return RankInterval.ofRatios(theirs.get().forkNanosPerOp(), mine.get().forkNanosPerOp());
    }
}

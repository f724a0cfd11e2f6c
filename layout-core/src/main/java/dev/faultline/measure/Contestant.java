package dev.faultline.measure;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One of the compared implementations.
 *
 * @param name name of the contestant
 * @param summary description in one line
 * @param scores score of each role, at least one
 * @param countsPerOp counters per operation, such as retries, by name
 */
public record Contestant(String name, String summary, List<Score> scores, Map<String, Double> countsPerOp) {

    public Contestant {
        Checks.name("contestant", name);
        Checks.name(name, summary);
        scores = List.copyOf(scores);
        Checks.atLeast(name + ", scores", 1, scores.size());
        Checks.distinct(name + ", role", scores, Score::role);
        Checks.counts(countsPerOp);
        countsPerOp = java.util.Collections.unmodifiableMap(new TreeMap<>(countsPerOp));
    }

    /** {@return the score of a role} */
    public Optional<Score> score(String role) {
        return scores.stream().filter(score -> score.role().equals(role)).findFirst();
    }

    /**
     * How many times as fast this contestant is as another.
     *
     * @param other the contestant to compare with
     * @param role the role whose operations are compared
     * @return the other's time divided by this one's; empty when either has no such role, or there are too few forks
     */
    public Optional<RankInterval> speedup(Contestant other, String role) {
        Optional<Score> mine = score(role);
        Optional<Score> theirs = other.score(role);
        if (mine.isEmpty() || theirs.isEmpty()) {
            return Optional.empty();
        }
        return RankInterval.ofRatios(theirs.get().forkNanosPerOp(), mine.get().forkNanosPerOp());
    }
}

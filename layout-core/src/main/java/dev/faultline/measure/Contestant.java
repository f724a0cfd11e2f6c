package dev.faultline.measure;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One of those that were compared.
 *
 * @param name of it
 * @param summary what it is, in a line
 * @param scores of each role, at least one
 * @param countsPerOp what it counted, such as retries, by name, an operation
 */
public record Contestant(String name, String summary, List<Score> scores, Map<String, Double> countsPerOp) {

    /** Refuses what is missing, and two scores of one role. */
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
     * How many times as fast this is as another.
     *
     * @param other what it is compared with
     * @param role whose operations count
     * @return the other's time by this one's; nothing when either has no such role, or there are too few forks
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

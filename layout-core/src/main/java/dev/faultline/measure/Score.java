package dev.faultline.measure;

import java.util.List;

/**
 * The times of one role, fork by fork.
 *
 * @param role the role: all threads alike, or one of two groups, or an operation
 * @param nanosPerOp for each fork, for each iteration, ns per operation of one thread; all above 0
 */
public record Score(String role, List<List<Double>> nanosPerOp) {

    public Score {
        MeasureChecks.name("role", role);
        nanosPerOp = MeasureChecks.forks(nanosPerOp);
    }

    /** {@return the median of each fork's iterations, which share the fork's memory and compiled code} */
    public double[] forkNanosPerOp() {
        return nanosPerOp.stream()
                .mapToDouble(fork -> RankInterval.median(
                        fork.stream().mapToDouble(one -> one).toArray()))
                .toArray();
    }

    /** {@return the median of the forks} */
    public RankInterval interval() {
        return RankInterval.ofMedian(forkNanosPerOp());
    }
}

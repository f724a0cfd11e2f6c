package dev.faultline.measure;

import java.util.List;

/**
 * How long an operation took one role, fork by fork.
 *
 * @param role who did it: all threads alike, or one side of two
 * @param nanosPerOp for each fork, for each iteration, ns an operation of one thread; all above 0
 */
public record Score(String role, List<List<Double>> nanosPerOp) {

    /** Refuses scores that are none. */
    public Score {
        MeasureChecks.name("role", role);
        nanosPerOp = MeasureChecks.forks(nanosPerOp);
    }

    /** {@return the median of each fork's iterations: iterations of a fork have its memory and its compiled code in common} */
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

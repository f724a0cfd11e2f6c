package dev.faultline.measure;

import java.util.List;

/**
 * The times of one role's operations, for each fork.
 *
 * @param role name of the role: all threads alike, or one side of two
 * @param nanosPerOp for each fork and iteration, ns per operation of one thread; all above 0
 */
public record Score(String role, List<List<Double>> nanosPerOp) {

    public Score {
        Checks.name("role", role);
        nanosPerOp = Checks.forks(nanosPerOp);
    }

    /** {@return the median of each fork, whose iterations share its memory and its compiled code} */
    public double[] forkNanosPerOp() {
        return nanosPerOp.stream()
                .mapToDouble(fork -> RankInterval.median(
                        fork.stream().mapToDouble(one -> one).toArray()))
                .toArray();
    }

    /** {@return the median of the forks, with its interval} */
    public RankInterval interval() {
        return RankInterval.ofMedian(forkNanosPerOp());
    }
}

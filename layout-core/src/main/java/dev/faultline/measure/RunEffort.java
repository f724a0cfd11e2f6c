package dev.faultline.measure;

/**
 * How much was run of each contestant of a scenario.
 *
 * @param forks how many VMs, one sample each; at least 1, and 4 for a ratio to have an interval
 * @param warmups how many iterations of each fork do not count
 * @param iterations how many count, at least 1; their median is the fork's score
 * @param millis ms of an iteration, at least 1
 */
public record RunEffort(int forks, int warmups, int iterations, int millis) {

    /** The fewest forks of two contestants whose ratio gets an interval of 95 %. */
    public static final int FEWEST_FOR_RATIOS = 4;

    public RunEffort {
        MeasureChecks.atLeast("forks", 1, forks);
        MeasureChecks.atLeast("warmups", 0, warmups);
        MeasureChecks.atLeast("iterations", 1, iterations);
        MeasureChecks.atLeast("millis", 1, millis);
    }
}

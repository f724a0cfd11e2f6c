package dev.faultline.measure;

/**
 * How much of each contestant of a scenario was run.
 *
 * @param forks number of VMs, one sample each; at least 1, and 4 for a ratio with an interval
 * @param warmups iterations of each fork that are not counted
 * @param iterations iterations of each fork that are counted, at least 1; their median is the fork's score
 * @param millis duration of an iteration in ms, at least 1
 */
public record RunEffort(int forks, int warmups, int iterations, int millis) {

    /** The fewest forks of two contestants for a 95 % interval of their ratio. */
    public static final int FEWEST_FOR_RATIOS = 4;

    public RunEffort {
        MeasureChecks.atLeast("forks", 1, forks);
        MeasureChecks.atLeast("warmups", 0, warmups);
        MeasureChecks.atLeast("iterations", 1, iterations);
        MeasureChecks.atLeast("millis", 1, millis);
    }
}

package dev.faultline.measure;

/**
 * How much of each contestant of a scenario was run.
 *
 * @param forks number of VMs, one sample each; at least 1, and 4 for a ratio with an interval
 * @param warmups iterations of each fork that are not counted
 * @param iterations iterations of each fork that are counted, at least 1; their median is the fork's score
 * @param millis duration of an iteration in ms, at least 1
 */
public record Effort(int forks, int warmups, int iterations, int millis) {

    /** The fewest forks of two contestants for a 95 % interval of their ratio. */
    public static final int FEWEST_FOR_RATIOS = 4;

    public Effort {
        Checks.atLeast("forks", 1, forks);
        Checks.atLeast("warmups", 0, warmups);
        Checks.atLeast("iterations", 1, iterations);
        Checks.atLeast("millis", 1, millis);
    }
}

package dev.faultline.bench.grid;

import java.util.List;

/**
 * How much of the grid is played, and for how long.
 *
 * @param scenarios what is played, at least one
 * @param rounds how often each scenario is played, from 1 to {@link #MOST_ROUNDS}; ratios need 4
 * @param seconds about how long all rounds take, without the checks between them; above 0, at most
 *     {@link #MOST_SECONDS}
 * @param patienceSeconds how long disturbed rounds are repeated, not negative
 */
public record GridPlan(List<SharingScenario> scenarios, int rounds, double seconds, double patienceSeconds) {

    /** More rounds tell nothing more; intervals of ratios take the square of their number. */
    public static final int MOST_ROUNDS = 100;

    /** An hour. */
    public static final double MOST_SECONDS = 3600;

    private static final long SHORTEST_NANOS = 200_000;
    private static final long LONGEST_NANOS = 500_000_000;

    public GridPlan {
        scenarios = List.copyOf(scenarios);
        if (scenarios.isEmpty()) {
            throw new IllegalArgumentException("expected scenarios, got none");
        }
        if (rounds < 1 || rounds > MOST_ROUNDS) {
            throw new IllegalArgumentException("rounds must be from 1 to " + MOST_ROUNDS + ", got " + rounds);
        }
        if (!(seconds > 0 && seconds <= MOST_SECONDS)) {
            throw new IllegalArgumentException(
                    "seconds must be above 0 and at most " + MOST_SECONDS + ", got " + seconds);
        }
        if (!(patienceSeconds >= 0)) {
            throw new IllegalArgumentException("patience must not be negative, got " + patienceSeconds + " s");
        }
    }

    /** {@return ns that a scenario is played in a round; a round more warms up} */
    long windowNanos() {
        double nanos = 1e9 * seconds / ((rounds + 1.0) * scenarios.size());
        return (long) Math.min(LONGEST_NANOS, Math.max(SHORTEST_NANOS, nanos));
    }
}

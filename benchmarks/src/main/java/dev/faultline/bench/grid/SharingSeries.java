package dev.faultline.bench.grid;

import java.util.List;
import java.util.Objects;

/**
 * The times of one role in a scenario.
 *
 * @param scenario what was played
 * @param role whose times these are, one of the scenario's roles
 * @param roundNanos ns per operation of one thread in each round, at least one, all above 0
 */
public record SharingSeries(SharingScenario scenario, String role, List<Double> roundNanos) {

    public SharingSeries {
        Objects.requireNonNull(scenario);
        roundNanos = List.copyOf(roundNanos);
        if (!scenario.roles().contains(role)) {
            throw new IllegalArgumentException(scenario + " has no " + role);
        }
        if (roundNanos.isEmpty() || roundNanos.stream().anyMatch(nanos -> !(nanos > 0 && nanos <= Double.MAX_VALUE))) {
            throw new IllegalArgumentException("expected rounds above 0, got " + roundNanos);
        }
    }
}

package dev.faultline.bench.grid;

import dev.faultline.measure.Environment;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What was measured of a grid.
 *
 * @param plan what was to be measured
 * @param environment what the threads ran on
 * @param series the times; none when it was inconclusive
 * @param disturbedRounds how many rounds were disturbed and do not count
 * @param inconclusive why there are no times
 */
public record GridMeasurements(
        GridPlan plan,
        Environment environment,
        List<SharingSeries> series,
        int disturbedRounds,
        Optional<String> inconclusive) {

    public GridMeasurements {
        Objects.requireNonNull(plan);
        Objects.requireNonNull(environment);
        series = List.copyOf(series);
        if (inconclusive.isPresent() == !series.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected either times or why there are none, got " + series.size() + " and " + inconclusive);
        }
    }
}

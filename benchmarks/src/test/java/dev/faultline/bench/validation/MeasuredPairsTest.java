package dev.faultline.bench.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.machine.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The models against what was measured: the table in {@code docs/validation.md}, with the costs that {@code faultline
 * calibrate} found on the same machine. Nothing is measured here, so nothing depends on the machine the test runs on.
 */
@Tag("slow")
class MeasuredPairsTest {

    private static final Path DOCS = Path.of("..", "docs");
    /** A predicted difference below this is none. */
    private static final double SAME = 0.05;

    /**
     * A case of the table: both roles together.
     *
     * @param pair name of the case
     * @param ratio time of both roles before, by that after
     * @param low mean of the roles' lower bounds
     * @param high mean of the roles' upper bounds
     */
    private record Measured(String pair, double ratio, double low, double high) {}

    private static Map<String, Measured> measured;
    private static Map<String, List<Double>> predicted;

    @BeforeAll
    static void readTheTableAndPredict() throws IOException {
        Map<String, List<String[]>> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(DOCS.resolve("validation.md"))) {
            String[] cells = line.split("\\|");
            if (cells.length > 6 && cells[6].contains(" to ") && LayoutPair.NAMES.contains(cells[1].strip())) {
                rows.computeIfAbsent(cells[1].strip(), any -> new ArrayList<>()).add(cells);
            }
        }
        measured = new LinkedHashMap<>();
        rows.forEach((pair, roles) -> measured.put(
                pair,
                new Measured(
                        pair,
                        sum(roles, 3) / sum(roles, 4),
                        bound(roles, 0) / roles.size(),
                        bound(roles, 1) / roles.size())));
        Machine machine = PairPrediction.machine(DOCS.resolve("examples/box.yaml"));
        predicted = new HashMap<>();
        for (String name : LayoutPair.NAMES) {
            double[] sums = new double[4];
            for (PairPrediction one : PairPrediction.of(LayoutPair.load(name), machine)) {
                sums[0] += one.playedBefore();
                sums[1] += one.playedAfter();
                sums[2] += one.modelBefore();
                sums[3] += one.modelAfter();
            }
            predicted.put(name, List.of(sums[0] / sums[1], sums[2] / sums[3]));
        }
    }

    private static double sum(List<String[]> roles, int cell) {
        return roles.stream()
                .mapToDouble(cells -> Double.parseDouble(cells[cell].strip()))
                .sum();
    }

    private static double bound(List<String[]> roles, int which) {
        return roles.stream()
                .mapToDouble(cells -> Double.parseDouble(cells[6].strip().split(" to ")[which]))
                .sum();
    }

    @Test
    void all_pairs_were_measured() {
        assertThat(measured.keySet()).containsExactlyInAnyOrderElementsOf(LayoutPair.NAMES);
    }

    @Test
    void where_a_difference_was_measured_both_models_predict_its_sign() {
        for (Measured one : measured.values()) {
            List<Double> ratios = predicted.get(one.pair());
            if (one.low() > 1 + SAME) {
                assertThat(ratios).as(one.pair()).allMatch(ratio -> ratio > 1);
            } else if (one.high() < 1 - SAME / 2) {
                assertThat(ratios).as(one.pair()).allMatch(ratio -> ratio < 1);
            }
        }
    }

    @Test
    void where_no_difference_was_measured_none_is_predicted() {
        for (Measured one : measured.values()) {
            if (one.low() <= 1 && one.high() >= 1) {
                assertThat(predicted.get(one.pair()))
                        .as(one.pair())
                        .allSatisfy(ratio -> assertThat(ratio).isBetween(1 - SAME, 1 + SAME));
            }
        }
    }

    @Test
    void pairs_whose_intervals_are_apart_are_ranked_as_measured() {
        List<String> wrong = new ArrayList<>();
        for (Measured a : measured.values()) {
            for (Measured b : measured.values()) {
                double one = predicted.get(a.pair()).get(0);
                double other = predicted.get(b.pair()).get(0);
                if (a.low() > b.high() && one < other - SAME / 2) {
                    wrong.add(a.pair() + " > " + b.pair());
                }
            }
        }
        // The one exception is said in the page: a ring's gain is predicted too small.
        assertThat(wrong).isSubsetOf("ring-indices > one-writes-one-reads");
    }
}

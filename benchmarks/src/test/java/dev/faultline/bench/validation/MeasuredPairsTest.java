package dev.faultline.bench.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.machine.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The models against what was measured: the tables in {@code docs/validation.md}, with the costs that {@code faultline
 * calibrate} found on the same machines. Nothing is measured here, so nothing depends on the machine the test runs on.
 */
@Tag("slow")
class MeasuredPairsTest {

    private static final Path DOCS = Path.of("..", "docs");
    /** A predicted difference below this is none. */
    private static final double SAME = 0.05;
    /** An interval wider than this shows nothing. */
    private static final double WIDE = 0.25;

    /**
     * A case of the table: both roles together.
     *
     * @param pair name of the case
     * @param ratio time of both roles before, by that after
     * @param low mean of the roles' lower bounds
     * @param high mean of the roles' upper bounds
     */
    private record Measured(String pair, double ratio, double low, double high) {}

    /** A machine on which the pairs were measured. */
    private enum Box {
        XEON("## 5. Measured here", "box.yaml", Set.of(), Set.of("ring-indices > one-writes-one-reads")),
        ZEN5(
                "### A second machine",
                "box-zen5.yaml",
                Set.of("lock-with-its-data"),
                Set.of("counter-beside-pointers > ring-indices"));

        /** The title above its table. */
        private final String title;

        private final String calibration;
        /** Pairs without a measured difference for which one is predicted; the page says so. */
        private final Set<String> predictedOnly;
        /** Pairs that are ranked wrong; the page says so. */
        private final Set<String> rankedWrong;

        Box(String title, String calibration, Set<String> predictedOnly, Set<String> rankedWrong) {
            this.title = title;
            this.calibration = calibration;
            this.predictedOnly = predictedOnly;
            this.rankedWrong = rankedWrong;
        }
    }

    /** What was measured, and the ratios that were played and calculated, by pair. */
    private record Tables(Map<String, Measured> measured, Map<String, List<Double>> predicted) {}

    private static final Map<Box, Tables> TABLES = new EnumMap<>(Box.class);

    @BeforeAll
    static void readTheTablesAndPredict() throws IOException {
        for (Box box : Box.values()) {
            Machine machine = PairPrediction.machine(DOCS.resolve("examples").resolve(box.calibration));
            TABLES.put(box, new Tables(measuredOn(box), predictedFor(machine)));
        }
    }

    private static Map<String, Measured> measuredOn(Box box) throws IOException {
        Map<String, List<String[]>> rows = new LinkedHashMap<>();
        boolean isBelow = false;
        for (String line : Files.readAllLines(DOCS.resolve("validation.md"))) {
            isBelow = line.equals(box.title) || isBelow && !line.startsWith("#");
            String[] cells = line.split("\\|");
            if (isBelow
                    && cells.length > 6
                    && cells[6].contains(" to ")
                    && LayoutPair.NAMES.contains(cells[1].strip())) {
                rows.computeIfAbsent(cells[1].strip(), any -> new ArrayList<>()).add(cells);
            }
        }
        Map<String, Measured> measured = new LinkedHashMap<>();
        rows.forEach((pair, roles) -> measured.put(
                pair,
                new Measured(
                        pair,
                        sum(roles, 3) / sum(roles, 4),
                        bound(roles, 0) / roles.size(),
                        bound(roles, 1) / roles.size())));
        return measured;
    }

    private static Map<String, List<Double>> predictedFor(Machine machine) {
        Map<String, List<Double>> predicted = new HashMap<>();
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
        return predicted;
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

    @ParameterizedTest
    @EnumSource
    void all_pairs_were_measured(Box box) {
        assertThat(TABLES.get(box).measured().keySet()).containsExactlyInAnyOrderElementsOf(LayoutPair.NAMES);
    }

    @ParameterizedTest
    @EnumSource
    void where_a_difference_was_measured_both_models_predict_its_sign(Box box) {
        for (Measured one : TABLES.get(box).measured().values()) {
            List<Double> ratios = TABLES.get(box).predicted().get(one.pair());
            if (one.low() > 1 + SAME) {
                assertThat(ratios).as(one.pair()).allMatch(ratio -> ratio > 1);
            } else if (one.high() < 1 - SAME / 2) {
                assertThat(ratios).as(one.pair()).allMatch(ratio -> ratio < 1);
            }
        }
    }

    /** Where the interval is wider than a quarter, nothing can be said. */
    @ParameterizedTest
    @EnumSource
    void where_no_difference_was_measured_none_is_predicted(Box box) {
        List<String> wrong = new ArrayList<>();
        for (Measured one : TABLES.get(box).measured().values()) {
            if (one.low() <= 1 && one.high() >= 1 && one.high() - one.low() < WIDE) {
                List<Double> ratios = TABLES.get(box).predicted().get(one.pair());
                if (!ratios.stream().allMatch(ratio -> Math.abs(ratio - 1) <= SAME)) {
                    wrong.add(one.pair());
                }
            }
        }
        assertThat(wrong).containsExactlyInAnyOrderElementsOf(box.predictedOnly);
    }

    @ParameterizedTest
    @EnumSource
    void pairs_whose_intervals_are_apart_are_ranked_as_measured(Box box) {
        Map<String, Measured> measured = TABLES.get(box).measured();
        List<String> wrong = new ArrayList<>();
        for (Measured a : measured.values()) {
            for (Measured b : measured.values()) {
                double one = TABLES.get(box).predicted().get(a.pair()).get(0);
                double other = TABLES.get(box).predicted().get(b.pair()).get(0);
                if (a.low() > b.high() && one < other - SAME / 2) {
                    wrong.add(a.pair() + " > " + b.pair());
                }
            }
        }
        assertThat(wrong).containsExactlyInAnyOrderElementsOf(box.rankedWrong);
    }
}

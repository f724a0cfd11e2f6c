package dev.faultline.offheap.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.machine.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The models against what was measured: the table in {@code docs/validation.md}, with the costs that {@code faultline
 * calibrate} found on the same machine. Nothing is measured here, so nothing depends on the machine the test runs on.
 */
class MeasuredPairsTest {

    private static final Path DOCS = Path.of("..", "docs");
    /** A predicted difference below this is none. */
    private static final double SAME = 0.05;

    /** A row of the table. */
    private record Measured(String pair, String role, double ratio, double low, double high) {
        String key() {
            return pair + "/" + role;
        }
    }

    private static List<Measured> measured;
    private static Map<String, PairPrediction> predicted;

    @BeforeAll
    static void readTheTableAndPredict() throws IOException {
        measured = new ArrayList<>();
        for (String line : Files.readAllLines(DOCS.resolve("validation.md"))) {
            String[] cells = line.split("\\|");
            if (cells.length >= 9 && LayoutPair.NAMES.contains(cells[1].strip())) {
                String[] interval = cells[6].strip().split(" to ");
                measured.add(new Measured(
                        cells[1].strip(),
                        cells[2].strip(),
                        Double.parseDouble(cells[5].strip()),
                        Double.parseDouble(interval[0]),
                        Double.parseDouble(interval[1])));
            }
        }
        Machine machine = PairPrediction.machine(DOCS.resolve("examples/box.yaml"));
        predicted = new HashMap<>();
        for (String name : LayoutPair.NAMES) {
            for (PairPrediction one : PairPrediction.of(LayoutPair.load(name), machine)) {
                predicted.put(one.pair() + "/" + one.role(), one);
            }
        }
    }

    @Test
    void at_least_six_pairs_were_measured() {
        assertThat(measured.stream().map(Measured::pair).distinct()).hasSizeGreaterThanOrEqualTo(6);
    }

    @Test
    void where_a_difference_was_measured_both_models_predict_its_sign() {
        for (Measured one : measured) {
            PairPrediction prediction = predicted.get(one.key());
            if (one.low() > 1 + SAME) {
                assertThat(prediction.playedRatio()).as(one.key() + ", played").isGreaterThan(1);
                assertThat(prediction.modelRatio())
                        .as(one.key() + ", closed form")
                        .isGreaterThan(1);
            } else if (one.high() < 1 - SAME) {
                assertThat(prediction.playedRatio()).as(one.key() + ", played").isLessThan(1);
                assertThat(prediction.modelRatio())
                        .as(one.key() + ", closed form")
                        .isLessThan(1);
            }
        }
    }

    @Test
    void where_a_difference_is_predicted_it_was_measured() {
        for (Measured one : measured) {
            double ratio = predicted.get(one.key()).playedRatio();
            if (ratio > 1 + SAME) {
                assertThat(one.low()).as(one.key()).isGreaterThan(1);
            } else if (ratio < 1 - SAME) {
                assertThat(one.high()).as(one.key()).isLessThan(1);
            }
        }
    }

    @Test
    void pairs_whose_intervals_are_apart_are_ranked_as_measured() {
        List<String> wrong = new ArrayList<>();
        for (Measured a : measured) {
            for (Measured b : measured) {
                double predictedA = predicted.get(a.key()).playedRatio();
                double predictedB = predicted.get(b.key()).playedRatio();
                if (a.low() > b.high() && predictedA < predictedB - SAME) {
                    wrong.add(a.key() + " > " + b.key());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }
}

package dev.faultline.bench.calibrate;

import java.util.List;
import java.util.Locale;

/**
 * One figure, measured several times.
 *
 * @param values the value of each round, at least one, all finite and not negative
 */
public record RoundValues(List<Double> values) {

    public RoundValues {
        values = values.stream().sorted().toList();
        if (values.isEmpty() || values.stream().anyMatch(value -> !(value >= 0 && value <= Double.MAX_VALUE))) {
            throw new IllegalArgumentException("expected rounds that are finite and not negative, got " + values);
        }
    }

    /** {@return the median} */
    public double median() {
        return at(0.5);
    }

    /** {@return the first quartile} */
    public double lowerQuartile() {
        return at(0.25);
    }

    /** {@return the third quartile} */
    public double upperQuartile() {
        return at(0.75);
    }

    private double at(double share) {
        double place = share * (values.size() - 1);
        int below = (int) place;
        int above = Math.min(below + 1, values.size() - 1);
        return values.get(below) + (place - below) * (values.get(above) - values.get(below));
    }

    /** {@return the text of a source: {@code "median of 15 rounds, 41.0..47.2 ns"}, with the quartiles as range} */
    String describe(String unit) {
        return String.format(
                Locale.ROOT,
                "median of %d round%s, %s..%s%s",
                values.size(),
                values.size() == 1 ? "" : "s",
                number(lowerQuartile()),
                number(upperQuartile()),
                unit.isEmpty() ? "" : " " + unit);
    }

    /** {@return a number with three significant digits} */
    static String number(double value) {
        return String.format(
                Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : "%.3f", value);
    }
}

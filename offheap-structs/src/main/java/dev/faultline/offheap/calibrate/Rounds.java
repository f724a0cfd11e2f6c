package dev.faultline.offheap.calibrate;

import java.util.List;
import java.util.Locale;

/**
 * One figure, measured several times.
 *
 * @param values what each round gave, at least one, all finite and not negative
 */
public record Rounds(List<Double> values) {

    /** Refuses no rounds, and what no measurement gives. */
    public Rounds {
        values = values.stream().sorted().toList();
        if (values.isEmpty() || values.stream().anyMatch(value -> !(value >= 0 && value <= Double.MAX_VALUE))) {
            throw new IllegalArgumentException("expected rounds that are finite and not negative, got " + values);
        }
    }

    /** {@return the value in the middle} */
    public double median() {
        return at(0.5);
    }

    /** {@return the value below which a quarter of the rounds are} */
    public double lowerQuartile() {
        return at(0.25);
    }

    /** {@return the value above which a quarter of the rounds are} */
    public double upperQuartile() {
        return at(0.75);
    }

    private double at(double share) {
        double place = share * (values.size() - 1);
        int below = (int) place;
        int above = Math.min(below + 1, values.size() - 1);
        return values.get(below) + (place - below) * (values.get(above) - values.get(below));
    }

    /** {@return how a source says it: {@code "median of 15 rounds, 41.0..47.2 ns"}, the range being that of the quartiles} */
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

    /** {@return a number with as many places as a person wants of a measurement} */
    static String number(double value) {
        return String.format(
                Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : "%.3f", value);
    }
}

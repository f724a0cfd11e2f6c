package dev.faultline.measure;

import java.util.Locale;

/**
 * How a measured speedup compares with the predicted one.
 *
 * @param measured the measured speedup
 * @param predicted the predicted one, above 0
 */
public record SpeedupVerdict(RankInterval measured, double predicted) {

    /** A measured figure is as predicted when neither is more than this many times the other. */
    public static final double WITHIN = 1.5;

    public SpeedupVerdict {
        MeasureChecks.positive("predicted speedup", predicted);
        MeasureChecks.positive("measured speedup", measured.estimate());
    }

    /** {@return whether faster, slower or neither was measured where it was predicted} */
    public boolean hasPredictedSign() {
        return measured.sign() == Predicted.sign(predicted);
    }

    /** {@return the verdict: {@code "faster, 3.4 times less than predicted"}} */
    public String words() {
        int sign = measured.sign();
        int expected = Predicted.sign(predicted);
        if (sign == 0) {
            return "no difference shown" + withoutSign(expected);
        }
        if (sign != expected) {
            return word(sign) + "; predicted was " + (expected == 0 ? "no difference" : word(expected));
        }
        double less = sign > 0 ? predicted / measured.estimate() : measured.estimate() / predicted;
        return word(sign) + ", " + off(less, "less than predicted", "more than predicted");
    }

    private String withoutSign(int expected) {
        boolean isInside = measured.low() <= predicted && predicted <= measured.high();
        return expected == 0
                ? ", as predicted"
                : "; predicted was " + word(expected) + (isInside ? ", which the interval does not exclude" : "");
    }

    private static String word(int sign) {
        return sign > 0 ? "faster" : "slower";
    }

    /**
     * Says how far apart two figures are.
     *
     * @param ratio the expected figure as a multiple of the found one, above 0
     * @param less what is said when the expected one is larger
     * @param more what is said when it is smaller
     * @return {@code "as predicted (within 1.5 times)"}, or by how many times it is off
     */
    static String off(double ratio, String less, String more) {
        if (ratio <= WITHIN && ratio >= 1 / WITHIN) {
            return String.format(Locale.ROOT, "as predicted (within %.1f times)", WITHIN);
        }
        double times = Math.max(ratio, 1 / ratio);
        return String.format(
                Locale.ROOT, times < 10 ? "%.1f times %s" : "%,.0f times %s", times, ratio > 1 ? less : more);
    }
}

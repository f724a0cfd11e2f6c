package dev.faultline.report.json;

import java.math.BigDecimal;
import java.math.MathContext;

/** How many digits of a number are worth writing. */
final class Digits {

    private static final MathContext SIX = new MathContext(6);

    private Digits() {}

    /** {@return the number with six digits: no model is better, and a report of a kernel has many of them} */
    static double six(double value) {
        return new BigDecimal(value).round(SIX).doubleValue();
    }
}

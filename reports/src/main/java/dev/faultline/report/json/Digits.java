package dev.faultline.report.json;

import java.math.BigDecimal;
import java.math.MathContext;

/** Rounds numbers to the digits that mean something. */
final class Digits {

    private static final MathContext SIX = new MathContext(6);

    private Digits() {}

    /** {@return the number with six digits: no model is more precise} */
    static double six(double value) {
        return new BigDecimal(value).round(SIX).doubleValue();
    }
}

package dev.faultline.bench.calibrate;

import static dev.faultline.bench.calibrate.RoundValues.number;

import dev.faultline.machine.Sourced;
import java.util.function.DoubleUnaryOperator;

/**
 * Finds the retention at which a model of compare-and-set loops gives the retries that were counted. A failed attempt
 * is repeated while the CPU holds the line, so that how long it does so explains most of them, without retention.
 */
final class RetentionFit {

    private static final String WHO = "faultline calibrate: ";
    private static final int HALVINGS = 20;

    /** The model explains the retries when it is off by at most this factor, or both are this few. */
    private static final double CLOSE = 1.5;

    private static final double FEW = 0.05;

    private RetentionFit() {}

    /**
     * Fits.
     *
     * @param all what was counted
     * @param model the retries of an update by as many threads, as a function of the retention
     * @return the retention, from 0 to 1; 0 when none is needed or it cannot be fitted, as its source then says
     */
    static Sourced<Double> fit(Contention all, DoubleUnaryOperator model) {
        double retries = all.retries().median();
        String counted = WHO + all.retries().describe("") + ", " + number(retries) + " retries an update by "
                + all.threads() + " threads, " + number(all.loopNanos().median()) + " ns an update against "
                + number(all.addNanos().median()) + " ns an add";
        double without = model.applyAsDouble(0);
        if (Math.max(without, retries) <= FEW || without <= CLOSE * retries && retries <= CLOSE * without) {
            return new Sourced<>(0.0, "none needed, the model has " + number(without) + " retries without; " + counted);
        }
        double full = model.applyAsDouble(1);
        if (!(Double.isFinite(without) && Double.isFinite(full))) {
            return new Sourced<>(0.0, "could not be fitted, the model has no answer; " + counted);
        }
        if (without == full) {
            return new Sourced<>(
                    0.0,
                    "could not be fitted, the model has " + number(without) + " retries with any retention; "
                            + counted);
        }
        String range = " (the model has from " + number(without) + " to " + number(full) + ")";
        if (retries < Math.min(without, full) || retries > Math.max(without, full)) {
            boolean nearFull = Math.abs(retries - full) < Math.abs(retries - without);
            return new Sourced<>(
                    nearFull ? 1.0 : 0.0, "outside what the model allows, the nearest end; " + counted + range);
        }
        return new Sourced<>(solve(model, retries, full > without), "fitted to " + counted);
    }

    private static double solve(DoubleUnaryOperator model, double retries, boolean rising) {
        double low = 0;
        double high = 1;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            boolean below = model.applyAsDouble(middle) < retries;
            if (below == rising) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.round(1e6 * (low + high) / 2) / 1e6;
    }
}

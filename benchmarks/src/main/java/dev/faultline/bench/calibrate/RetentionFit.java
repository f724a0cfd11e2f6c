package dev.faultline.bench.calibrate;

import static dev.faultline.bench.calibrate.RoundValues.number;

import dev.faultline.machine.Sourced;
import java.util.Optional;

/** Finds the retention at which a model of compare-and-set loops gives the retries that were counted. */
final class RetentionFit {

    private static final String WHO = "faultline calibrate: ";
    private static final int HALVINGS = 50;

    private RetentionFit() {}

    /** {@return the retention, from 0 to 1; 0 when it cannot be fitted, as its source then says} */
    static Sourced<Double> fit(Contention all, Optional<RetryModel> model) {
        double retries = all.retries().median();
        String counted = WHO + all.retries().describe("") + ", " + number(retries) + " retries an update by "
                + all.threads() + " threads, " + number(all.loopNanos().median()) + " ns an update against "
                + number(all.addNanos().median()) + " ns an add";
        return model.map(some -> fit(some, all.threads(), retries, counted))
                .orElseGet(() -> new Sourced<>(0.0, "not fitted, there is no model of retries yet; " + counted));
    }

    private static Sourced<Double> fit(RetryModel model, int threads, double retries, String counted) {
        double without = model.retries(threads, 0);
        double full = model.retries(threads, 1);
        if (!(Double.isFinite(without) && Double.isFinite(full)) || without == full) {
            return new Sourced<>(0.0, "could not be fitted, the model has no answer; " + counted);
        }
        String range = " (the model has from " + number(without) + " to " + number(full) + ")";
        if (retries < Math.min(without, full) || retries > Math.max(without, full)) {
            boolean nearFull = Math.abs(retries - full) < Math.abs(retries - without);
            return new Sourced<>(
                    nearFull ? 1.0 : 0.0, "outside what the model allows, the nearest end; " + counted + range);
        }
        return new Sourced<>(solve(model, threads, retries, full > without), "fitted to " + counted);
    }

    private static double solve(RetryModel model, int threads, double retries, boolean rising) {
        double low = 0;
        double high = 1;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            boolean below = model.retries(threads, middle) < retries;
            if (below == rising) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.round(1e6 * (low + high) / 2) / 1e6;
    }
}

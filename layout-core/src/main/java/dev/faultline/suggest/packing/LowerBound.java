package dev.faultline.suggest.packing;

import java.util.List;
import java.util.Objects;

/**
 * What no packing costs less than.
 *
 * <p>Prices prove it. Each line is paid the prices of the loose items it takes, and the tolls of those it has items of. What it
 * costs beyond that is, for any choice of items, no less than for the best one. So for any prices and tolls at all,
 *
 * <pre>  sum of prices + sum of tolls times lines needed + sum over bins of the least of (cost - pay)</pre>
 *
 * <p>is a lower bound. Lines are needed for some items until the roomiest bins have as many free bytes as they have. Where
 * the value is above that, the rest was found by trying all lines that the prices leave possible, and {@code how} says so.
 *
 * @param value the bound, in ns a second
 * @param how what it was found with, in words for a report
 * @param prices the price of each item, not negative; 0 for what is fixed
 * @param cutDuals the tolls
 */
public record LowerBound(double value, String how, List<Double> prices, List<CutDual> cutDuals) {
    /** Copies the lists. */
    public LowerBound {
        Objects.requireNonNull(how);
        prices = List.copyOf(prices);
        cutDuals = List.copyOf(cutDuals);
    }

    /** A bound without tolls. */
    public LowerBound(double value, String how, List<Double> prices) {
        this(value, how, prices, List.of());
    }
}

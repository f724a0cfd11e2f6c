package dev.faultline.reorder;

import java.util.List;
import java.util.Objects;

/**
 * What no packing costs less than.
 *
 * <p>Prices prove it: pay each loose item its price, and let every bin keep what the dearest items it has room for leave over.
 * For any prices at all, the sum of all prices plus, over the bins, the least of (cost of a line with some items - their
 * prices) is a lower bound. Where the value is above that, the rest was found by trying out all lines that the prices
 * leave possible, and {@code how} says so.
 *
 * @param value the bound, in ns a second
 * @param how what it was found with, in words for a report
 * @param prices the price of each item, not negative; 0 for what is fixed
 */
public record LowerBound(double value, String how, List<Double> prices) {
    /** Copies the list. */
    public LowerBound {
        Objects.requireNonNull(how);
        prices = List.copyOf(prices);
    }
}

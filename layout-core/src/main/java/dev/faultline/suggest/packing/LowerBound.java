package dev.faultline.suggest.packing;

import java.util.List;
import java.util.Objects;

/**
 * A cost that no packing can undercut, with the dual prices that prove it.
 *
 * <p>The value of a line is the sum of the prices of its loose items and of the duals of the cuts it has items of.
 * For any choice of items, its cost minus its value is at least that of the best choice for its bin. So for any
 * prices and cut duals,
 *
 * <pre>  sum of prices + sum of (cut dual times lines needed) + sum over bins of the least of (cost - value)</pre>
 *
 * <p>is a lower bound. Some items need n lines if the n - 1 roomiest bins have fewer free bytes than the items take.
 * If {@code value} exceeds this bound, the difference was found by trying all lines that the prices leave possible,
 * and {@code how} says so.
 *
 * @param value the bound, in ns per second
 * @param how the method that found it, as text for a report
 * @param prices price of each item, in ns per second; not negative, 0 for fixed items
 * @param cutDuals duals of the cuts
 */
public record LowerBound(double value, String how, List<Double> prices, List<CutDual> cutDuals) {
    public LowerBound {
        Objects.requireNonNull(how);
        prices = List.copyOf(prices);
        cutDuals = List.copyOf(cutDuals);
    }

    /** Creates a bound without cuts. */
    public LowerBound(double value, String how, List<Double> prices) {
        this(value, how, prices, List.of());
    }
}

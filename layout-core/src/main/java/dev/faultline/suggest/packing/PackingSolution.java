package dev.faultline.suggest.packing;

import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/**
 * A solution of a {@link Packing}.
 *
 * @param lines for each bin, the items on it, fixed ones included
 * @param cost sum of the line costs, in ns per second
 * @param bound lower bound of the cost of any solution
 */
public record PackingSolution(List<BitSet> lines, double cost, LowerBound bound) {

    /** Costs that differ by less than this share are equal: the rest is rounding. */
    public static final double ROUNDING = 1e-9;

    public PackingSolution {
        lines = lines.stream().map(line -> (BitSet) line.clone()).toList();
        Objects.requireNonNull(bound);
    }

    /**
     * {@return the share of the cost that a better solution might save, from 0 to 1; 0 only when the solution is
     * proved optimal}
     */
    public double gap() {
        double open = cost - bound.value();
        return open <= ROUNDING * cost ? 0 : open / cost;
    }
}

package dev.faultline.suggest.packing;

import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/**
 * An answer to a {@link Packing}.
 *
 * @param lines for each bin the items on it, those fixed there included
 * @param cost the sum of the costs of the lines, in ns a second
 * @param bound what no answer costs less than
 */
public record PackingSolution(List<BitSet> lines, double cost, LowerBound bound) {

    /** What is more by less than this part is more by rounding. */
    public static final double ROUNDING = 1e-9;

    /** Copies the lines. */
    public PackingSolution {
        lines = lines.stream().map(line -> (BitSet) line.clone()).toList();
        Objects.requireNonNull(bound);
    }

    /** {@return the part of the cost that a better answer might save, from 0 to 1; 0 only when it is proved that none does} */
    public double gap() {
        double open = cost - bound.value();
        return open <= ROUNDING * cost ? 0 : open / cost;
    }
}

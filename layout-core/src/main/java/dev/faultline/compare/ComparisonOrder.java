package dev.faultline.compare;

import dev.faultline.cost.CostBreakdown;
import java.util.Comparator;

/** The order of changed structs. Structs that are equal by it are ordered by name. */
public enum ComparisonOrder {
    /** Worst verdict first, then the largest changes. */
    VERDICT(Comparator.comparing(
                    (SourceComparison.Changed changed) -> changed.comparison().verdict())
            .thenComparing(SourceComparison.Changed::isByEmbedding)
            .thenComparing(changed -> -changed.comparison().weight())),

    /** By name. */
    NAME((a, b) -> 0),

    /** The largest growth in bytes first. */
    SIZE(Comparator.comparing(changed -> -changed.comparison().bytesMore())),

    /** The largest growth in cost first, by the closed form. */
    COST(Comparator.comparing(changed -> -cpusLostMore(changed.comparison())));

    private final Comparator<SourceComparison.Changed> comparator;

    ComparisonOrder(Comparator<SourceComparison.Changed> first) {
        this.comparator = first.thenComparing(
                changed -> changed.comparison().after().subject().reference());
    }

    /** {@return the comparator} */
    public Comparator<SourceComparison.Changed> comparator() {
        return comparator;
    }

    private static double cpusLostMore(Comparison comparison) {
        return comparison.after().bill().map(CostBreakdown::cpusLost).orElse(0.0)
                - comparison.before().bill().map(CostBreakdown::cpusLost).orElse(0.0);
    }
}

package dev.faultline.compare;

import dev.faultline.api.Internal;
import dev.faultline.compare.SourceComparison.Changed;
import java.util.Comparator;
import java.util.Locale;

/** The order of the changed structs of two sources. Structs that an order ranks equal are sorted by name. */
@Internal
public enum ComparisonOrder {
    /** Worst verdict first, then by weight. */
    VERDICT(Comparator.comparing((Changed changed) -> changed.comparison().verdict())
            .thenComparing(Changed::isByEmbedding)
            .thenComparing(changed -> -changed.comparison().weight())),
    /** By name. */
    NAME((one, other) -> 0),
    /** Largest growth in bytes first. */
    SIZE(Comparator.comparing(changed -> -changed.comparison().bytesMore())),
    /** Largest growth in cost first, by the closed form. */
    COST(Comparator.comparing(changed -> -changed.comparison().cpusMore()));

    private final Comparator<Changed> comparator;

    ComparisonOrder(Comparator<Changed> comparator) {
        this.comparator = comparator.thenComparing(
                changed -> changed.comparison().after().subject().reference());
    }

    /** {@return the comparator of this order} */
    public Comparator<Changed> comparator() {
        return comparator;
    }

    /** {@return the word of the command line for it} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

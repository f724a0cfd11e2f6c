package dev.faultline.suggest;

import java.util.Objects;

/**
 * How far a layout can be from the best one: its cost by line costs, and a cost that no layout under the same conditions goes
 * below.
 *
 * @param modelCost the sum of the line costs of the layout, in ns a second; the mean over the placements
 * @param lowerBound what no layout undercuts, in ns a second; not above {@code modelCost}
 * @param how what the bound was found with, in words
 * @param conditions under which it holds, in words: the size, what was kept whole, what stays where it is
 */
public record Certificate(double modelCost, double lowerBound, String how, String conditions) {

    /** Refuses nulls and a bound above the cost. */
    public Certificate {
        Objects.requireNonNull(how);
        Objects.requireNonNull(conditions);
        if (!Figures.noMore(lowerBound, modelCost)) {
            throw new IllegalArgumentException("a bound of " + lowerBound + " above the cost of " + modelCost);
        }
    }

    /** {@return the part of the cost that a better layout might save, from 0 to 1} */
    public double gap() {
        return isProved() || modelCost == 0 ? 0 : Math.max(0, (modelCost - lowerBound) / modelCost);
    }

    /** {@return whether no layout under the conditions costs less: optimal for the model} */
    public boolean isProved() {
        return Figures.noMore(modelCost, lowerBound);
    }
}

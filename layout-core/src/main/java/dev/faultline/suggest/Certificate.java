package dev.faultline.suggest;

import java.util.Objects;

/**
 * Bounds how much a better layout could save: the cost of a layout in the additive model (the sum of its line costs),
 * and a cost that no layout under the same conditions can undercut.
 *
 * @param modelCost sum of the line costs of the layout, in ns per second over all CPUs; the mean over the placements
 * @param lowerBound the cost that no layout can undercut, in ns per second; at most {@code modelCost}
 * @param how the method that found the bound, as text
 * @param conditions the layouts the bound holds for, as text: their size, the structs kept whole, the members fixed
 */
public record Certificate(double modelCost, double lowerBound, String how, String conditions) {

    public Certificate {
        Objects.requireNonNull(how);
        Objects.requireNonNull(conditions);
        if (!Figures.isAtMost(lowerBound, modelCost)) {
            throw new IllegalArgumentException("lower bound " + lowerBound + " exceeds the cost " + modelCost);
        }
    }

    /**
     * {@return the share of the cost that a better layout might save, from 0 to 1; 0 when the layout is proved
     * optimal}
     */
    public double gap() {
        return isProved() || modelCost == 0 ? 0 : Math.max(0, (modelCost - lowerBound) / modelCost);
    }

    /**
     * {@return whether the layout is proved optimal in the additive model: no layout under the conditions costs less}
     */
    public boolean isProved() {
        return Figures.isAtMost(modelCost, lowerBound);
    }
}

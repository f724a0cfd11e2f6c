package dev.faultline.suggest.packing;

import java.util.BitSet;
import java.util.List;

/**
 * Dual prices of a linear program over lines. Arrays must not be changed.
 *
 * @param prices price of an item of each class, in ns per second; not negative
 * @param cuts the cuts
 * @param cutDuals dual value of each cut, in ns per second; not negative
 */
record DualPrices(double[] prices, List<Cut> cuts, double[] cutDuals) {

    /**
     * A cut: the items of some signatures need a number of lines for their bytes.
     *
     * @param signatures the signatures
     * @param lines the least number of lines
     */
    record Cut(BitSet signatures, int lines) {}

    static DualPrices zero(int classes) {
        return new DualPrices(new double[classes], List.of(), new double[0]);
    }

    /** {@return the sum of the cut duals of a line with these signatures} */
    double cutDualsOf(BitSet signatures) {
        double total = 0;
        for (int cut = 0; cut < cutDuals.length; cut++) {
            total += cutDuals[cut] > 0 && cuts.get(cut).signatures().intersects(signatures) ? cutDuals[cut] : 0;
        }
        return total;
    }

    /** {@return the cost of a line minus the prices of its items and its cut duals} */
    double reducedCost(AggregatedPacking problem, LinePattern line) {
        double value = cutDualsOf(problem.signaturesOf(line.counts()));
        for (int itemClass = 0; itemClass < prices.length; itemClass++) {
            value += line.counts()[itemClass] * prices[itemClass];
        }
        return line.nanos() - value;
    }

    /** {@return the prices of all items plus the duals of all lines that the cuts need} */
    double total(AggregatedPacking problem) {
        double total = 0;
        for (int itemClass = 0; itemClass < prices.length; itemClass++) {
            total +=
                    prices[itemClass] * problem.classes.get(itemClass).members().size();
        }
        for (int cut = 0; cut < cutDuals.length; cut++) {
            total += cutDuals[cut] * cuts.get(cut).lines();
        }
        return total;
    }
}

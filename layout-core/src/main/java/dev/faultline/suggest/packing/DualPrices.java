package dev.faultline.suggest.packing;

import java.util.BitSet;
import java.util.List;

/**
 * What lines are paid: a price for each item of a sort, and tolls.
 *
 * @param prices of each sort, not negative; not changed by anybody
 * @param cuts what the tolls are for
 * @param tolls of each cut, not negative; not changed by anybody
 */
record DualPrices(double[] prices, List<Cut> cuts, double[] tolls) {

    /**
     * Signatures whose items need so many lines at least, for their bytes.
     *
     * @param flavors the signatures
     * @param lines how many lines
     */
    record Cut(BitSet flavors, int lines) {}

    static DualPrices nothing(int sorts) {
        return new DualPrices(new double[sorts], List.of(), new double[0]);
    }

    /** {@return the tolls of a line with these signatures} */
    double tolls(BitSet flavors) {
        double total = 0;
        for (int cut = 0; cut < tolls.length; cut++) {
            total += tolls[cut] > 0 && cuts.get(cut).flavors().intersects(flavors) ? tolls[cut] : 0;
        }
        return total;
    }

    /** {@return what a line costs beyond its pay; below 0 when it is paid more} */
    double leaves(AggregatedPacking problem, LinePattern line) {
        double paid = tolls(problem.flavorsOf(line.counts()));
        for (int sort = 0; sort < prices.length; sort++) {
            paid += line.counts()[sort] * prices[sort];
        }
        return line.nanos() - paid;
    }

    /** {@return the prices of all items, and the tolls of as many lines as are needed} */
    double total(AggregatedPacking problem) {
        double total = 0;
        for (int sort = 0; sort < prices.length; sort++) {
            total += prices[sort] * problem.sorts.get(sort).members().size();
        }
        for (int cut = 0; cut < tolls.length; cut++) {
            total += tolls[cut] * cuts.get(cut).lines();
        }
        return total;
    }
}

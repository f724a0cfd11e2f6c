package dev.faultline.suggest.verify;

import dev.faultline.suggest.packing.CutDual;
import dev.faultline.suggest.packing.LowerBound;
import dev.faultline.suggest.packing.Packing;
import dev.faultline.suggest.packing.PackingSolution;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Checks a solution: which item is on which line, whether the items fit, what they cost, and what the prices prove.
 * It shares no search with the solver.
 */
public final class PackingVerifier {

    private static final long MOST_STEPS = 40_000_000;

    private final Packing packing;
    private final PackingSolution packed;
    private final List<String> complaints = new ArrayList<>();

    private PackingVerifier(Packing packing, PackingSolution packed) {
        this.packing = packing;
        this.packed = packed;
    }

    /**
     * Checks a solution.
     *
     * @param packing the problem
     * @param packed the solution
     * @return a sentence for each error and for each fact that could not be checked; empty when there is none
     */
    public static List<String> complaints(Packing packing, PackingSolution packed) {
        PackingVerifier verifier = new PackingVerifier(packing, packed);
        verifier.lines();
        if (verifier.complaints.isEmpty()) {
            verifier.cost();
            verifier.bound();
        }
        return List.copyOf(verifier.complaints);
    }

    private String name(int item) {
        return item < packing.items().size() ? packing.items().get(item).name() : "item " + item;
    }

    private void lines() {
        List<BitSet> lines = packed.lines();
        if (lines.size() != packing.bins().size()) {
            complaints.add("there are " + packing.bins().size() + " lines, but the solution has " + lines.size());
            return;
        }
        BitSet loose = packing.loose();
        BitSet placed = new BitSet();
        for (int bin = 0; bin < lines.size(); bin++) {
            BitSet added = (BitSet) lines.get(bin).clone();
            BitSet fixed = packing.bins().get(bin).fixed();
            BitSet missing = (BitSet) fixed.clone();
            missing.andNot(added);
            added.andNot(fixed);
            for (int item : missing.stream().toArray()) {
                complaints.add(name(item) + " is fixed on line " + bin + ", but missing there");
            }
            for (int item : added.stream().toArray()) {
                if (!loose.get(item)) {
                    complaints.add(name(item) + " does not belong on line " + bin);
                } else if (placed.get(item)) {
                    complaints.add(name(item) + " is on line " + bin + " and on another line");
                }
                placed.set(item);
            }
            added.and(loose);
            if (!ByteFit.fit(packing, bin, added)) {
                complaints.add("the items on line " + bin + " do not fit into its free bytes "
                        + packing.bins().get(bin).free());
            }
        }
        loose.andNot(placed);
        for (int item : loose.stream().toArray()) {
            complaints.add(name(item) + " is on no line");
        }
    }

    private void cost() {
        double cost = 0;
        for (BitSet line : packed.lines()) {
            cost += packing.cost().nanosPerSecond(line);
        }
        if (!(Math.abs(cost - packed.cost()) <= PackingSolution.ROUNDING * cost)) {
            complaints.add("the lines cost " + cost + " ns/s, not " + packed.cost());
        }
    }

    private void bound() {
        LowerBound bound = packed.bound();
        double rounding = PackingSolution.ROUNDING * Math.abs(packed.cost());
        if (!(bound.value() <= packed.cost() + rounding)) {
            complaints.add("the bound of " + bound.value() + " ns/s is above the cost of " + packed.cost());
        }
        if (!arePrices(bound)) {
            return;
        }
        CertificateChecker checker = new CertificateChecker(packing, bound, MOST_STEPS);
        double proved = checker.bound();
        if (Double.isNaN(proved)) {
            complaints.add("the bound that the prices prove could not be computed in " + MOST_STEPS + " steps");
        } else if (!(bound.value() <= proved + rounding)) {
            CertificateChecker.Verdict verdict = checker.undercuts(bound.value() - rounding);
            if (verdict == CertificateChecker.Verdict.YES) {
                complaints.add("a packing costs less than the bound of " + bound.value() + " ns/s");
            } else if (verdict == CertificateChecker.Verdict.UNKNOWN) {
                complaints.add("the prices prove only " + proved + " ns/s, and " + MOST_STEPS
                        + " steps do not decide whether a packing costs less than " + bound.value());
            }
        }
    }

    private boolean arePrices(LowerBound bound) {
        int before = complaints.size();
        if (bound.prices().size() != packing.items().size()) {
            complaints.add("there are " + packing.items().size() + " items and "
                    + bound.prices().size() + " prices");
            return false;
        }
        BitSet loose = packing.loose();
        for (int item = 0; item < bound.prices().size(); item++) {
            double price = bound.prices().get(item);
            if (!(price >= 0 && price < Double.POSITIVE_INFINITY) || price > 0 && !loose.get(item)) {
                complaints.add(name(item) + " has a price of " + price);
            }
        }
        for (CutDual cutDual : bound.cutDuals()) {
            BitSet others = cutDual.items();
            others.andNot(loose);
            if (!(cutDual.nanos() >= 0 && cutDual.nanos() < Double.POSITIVE_INFINITY) || !others.isEmpty()) {
                complaints.add("invalid cut dual " + cutDual.nanos() + " for items " + cutDual.items());
            }
        }
        return complaints.size() == before;
    }
}

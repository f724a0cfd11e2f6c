package dev.faultline.suggest.cost;

import dev.faultline.access.AccessMap;
import dev.faultline.access.FieldUse;
import dev.faultline.cost.LineMap;
import dev.faultline.cost.Workload;
import dev.faultline.cost.closedform.CostModel;
import dev.faultline.layout.FieldRef;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Placement;
import dev.faultline.suggest.SensitivityResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Computes costs in what-if cases: other line sizes, fewer and more CPUs, lower and higher rates, and each placement
 * alone. Assumed rates are not varied.
 */
public final class SensitivityAnalysis {

    private static final List<Integer> LINES = List.of(64, 128, 256);
    private static final double[] CPUS = {0.25, 4};
    private static final double[] RATES = {0.5, 2};
    /** Largest number of CPUs of a case: a matrix of more CPUs is slow, and no preset times four has more. */
    private static final int MOST_CPUS = 1024;

    private final AccessMap access;
    private final Placement placement;
    private final List<Case> cases = new ArrayList<>();

    /** One what-if case; {@code residue} is -1 for the mean over the placements. */
    private record Case(String name, CostModel model, Workload workload, long residue) {}

    public SensitivityAnalysis(SearchWorkload search, Placement placement) {
        this.access = search.access();
        this.placement = placement;
        Machine machine = search.machine();
        int cpus = machine.cpus().value();
        Workload workload = search.workload();
        CostModel model = search.model();
        cases.add(new Case("as assumed", model, workload, -1));
        int lineBytes = machine.lineBytes().value();
        int residues = placement.residues(lineBytes);
        for (int i = 0; i < residues && residues > 1; i++) {
            long residue = i * placement.baseAlignment();
            cases.add(new Case("byte 0 at " + residue + " of " + lineBytes, model, workload, residue));
        }
        for (int bytes : LINES) {
            if (bytes != lineBytes) {
                Machine other = machine.withLineBytes(bytes, "what if");
                cases.add(new Case(bytes + "-byte lines", new CostModel(other), workload, -1));
            }
        }
        for (double factor : CPUS) {
            int count = (int) Math.min(MOST_CPUS, Math.max(1, Math.round(cpus * factor)));
            if (count != cpus) {
                CostModel other = new CostModel(machine.withCpus(count, "what if"));
                cases.add(new Case(count + (count == 1 ? " CPU" : " CPUs"), other, Workload.of(access, count), -1));
            }
        }
        if (!workload.isAssumed()) {
            for (double factor : RATES) {
                Workload other = Workload.of(scaled(factor), cpus);
                cases.add(new Case(String.format(Locale.ROOT, "rates x%s", factor), model, other, -1));
            }
        }
    }

    private AccessMap scaled(double factor) {
        List<FieldUse> uses = access.uses().stream()
                .map(use -> use.withRate(use.ratePerSecond() * factor))
                .toList();
        return access.withUses(uses);
    }

    /**
     * {@return the cost of a layout in each case, in ns per second}
     *
     * @param fields the fields of the workload, in its order, at the offsets of the layout
     * @param where where byte 0 may be on a line
     */
    public List<Double> costs(List<FieldRef> fields, Placement where) {
        List<Double> costs = new ArrayList<>();
        for (Case one : cases) {
            int lineBytes = one.model.machine().lineBytes().value();
            boolean asToday = where.equals(placement);
            List<LineMap> maps = one.residue >= 0 && asToday
                    ? List.of(LineMap.of(fields, lineBytes, one.residue))
                    : LineMap.all(fields, lineBytes, where);
            costs.add(one.model.cost(one.workload, maps).nanosPerSecond(one.workload));
        }
        return costs;
    }

    /**
     * {@return the comparison of a layout with the others, case by case}
     *
     * @param today costs of today's layout, from {@link #costs}
     * @param candidate costs of the layout
     * @param all costs of all layouts, today's included
     */
    public SensitivityResult compare(List<Double> today, List<Double> candidate, List<List<Double>> all) {
        List<SensitivityResult.Trial> trials = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            int one = i;
            double least =
                    all.stream().mapToDouble(costs -> costs.get(one)).min().orElse(candidate.get(i));
            trials.add(new SensitivityResult.Trial(cases.get(i).name, today.get(i), candidate.get(i), least));
        }
        return new SensitivityResult(trials);
    }
}

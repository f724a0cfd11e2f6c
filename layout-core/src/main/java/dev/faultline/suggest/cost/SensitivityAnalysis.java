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
 * Where things are not as assumed: other line sizes, fewer and more CPUs, rarer and more frequent operations, each placement by
 * itself. Rates nobody stated are not varied: they are an assumption anyway.
 */
public final class SensitivityAnalysis {

    private static final List<Integer> LINES = List.of(64, 128, 256);
    private static final double[] CPUS = {0.25, 4};
    private static final double[] RATES = {0.5, 2};
    /** More CPUs than any preset times four, and than a matrix of them is fast for. */
    private static final int MOST_CPUS = 1024;

    private final AccessMap access;
    private final Placement placement;
    private final List<World> worlds = new ArrayList<>();

    /** One world; {@code residue} is -1 for the mean over the placements. */
    private record World(String words, CostModel model, Workload workload, long residue) {}

    public SensitivityAnalysis(AccessMap access, Machine machine, Placement placement) {
        this.access = access;
        this.placement = placement;
        int cpus = machine.cpus().value();
        Workload workload = Workload.of(access, cpus);
        CostModel model = new CostModel(machine);
        worlds.add(new World("as assumed", model, workload, -1));
        int lineBytes = machine.lineBytes().value();
        int residues = placement.residues(lineBytes);
        for (int i = 0; i < residues && residues > 1; i++) {
            long residue = i * placement.baseAlignment();
            worlds.add(new World("byte 0 at " + residue + " of " + lineBytes, model, workload, residue));
        }
        for (int bytes : LINES) {
            if (bytes != lineBytes) {
                Machine other = machine.withLineBytes(bytes, "what if");
                worlds.add(new World(bytes + "-byte lines", new CostModel(other), workload, -1));
            }
        }
        for (double factor : CPUS) {
            int count = (int) Math.min(MOST_CPUS, Math.max(1, Math.round(cpus * factor)));
            if (count != cpus) {
                CostModel other = new CostModel(machine.withCpus(count, "what if"));
                worlds.add(new World(count + (count == 1 ? " CPU" : " CPUs"), other, Workload.of(access, count), -1));
            }
        }
        if (!workload.isAssumed()) {
            for (double factor : RATES) {
                Workload other = Workload.of(scaled(factor), cpus);
                worlds.add(new World(String.format(Locale.ROOT, "rates x%s", factor), model, other, -1));
            }
        }
    }

    private AccessMap scaled(double factor) {
        List<FieldUse> uses = access.uses().stream()
                .map(use -> new FieldUse(
                        use.field(),
                        use.kind(),
                        use.role(),
                        use.operation(),
                        use.position(),
                        use.ratePerSecond() * factor,
                        use.gapNanos(),
                        use.ownElement(),
                        use.certainty()))
                .toList();
        return new AccessMap(access.certainty(), access.source(), uses, access.phases());
    }

    /** {@return what some fields, in the order of the workload, cost in each world, in ns a second} */
    public List<Double> costs(List<FieldRef> fields, Placement where) {
        List<Double> costs = new ArrayList<>();
        for (World world : worlds) {
            int lineBytes = world.model.machine().lineBytes().value();
            boolean asToday = where.equals(placement);
            List<LineMap> maps = world.residue >= 0 && asToday
                    ? List.of(LineMap.of(fields, lineBytes, world.residue))
                    : LineMap.all(fields, lineBytes, where);
            costs.add(world.model.cost(world.workload, maps).nanosPerSecond(world.workload));
        }
        return costs;
    }

    /** {@return how one layout does against today's, and against the least of all} */
    public SensitivityResult robustness(List<Double> today, List<Double> candidate, List<List<Double>> all) {
        List<SensitivityResult.Trial> trials = new ArrayList<>();
        for (int i = 0; i < worlds.size(); i++) {
            int world = i;
            double least =
                    all.stream().mapToDouble(costs -> costs.get(world)).min().orElse(candidate.get(i));
            trials.add(new SensitivityResult.Trial(worlds.get(i).words, today.get(i), candidate.get(i), least));
        }
        return new SensitivityResult(trials);
    }
}

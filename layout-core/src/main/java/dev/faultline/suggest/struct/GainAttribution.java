package dev.faultline.suggest.struct;

import dev.faultline.cost.Cost;
import dev.faultline.cost.LineMap;
import dev.faultline.cost.OperationCost;
import dev.faultline.cost.Task;
import dev.faultline.cost.Workload;
import dev.faultline.layout.FieldRef;
import dev.faultline.machine.Placement;
import dev.faultline.suggest.Contribution;
import dev.faultline.suggest.Gain;
import dev.faultline.suggest.cost.LayoutCostEvaluator;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Attributes the gain of a layout to operations and to the separations of fields. */
final class GainAttribution {

    /** Contributions below this are dropped, in CPUs. */
    private static final double LEAST_CPUS = 1e-9;
    /** Number of units for which a contribution is computed. */
    private static final int MOST_UNITS = 64;

    private final LayoutCostEvaluator evaluator;
    private final Workload workload;
    private final List<FieldRef> today;
    private final Cost todayCost;
    private final double[] writes;

    GainAttribution(LayoutCostEvaluator evaluator, List<FieldRef> today, Placement placement) {
        this.evaluator = evaluator;
        this.workload = evaluator.workload();
        this.today = today;
        this.todayCost = evaluator.cost(today, placement);
        this.writes = new double[workload.fields().size()];
        for (Task task : workload.tasks()) {
            task.steps().stream()
                    .filter(step -> step.primitive().writes())
                    .forEach(step -> writes[step.field()] +=
                            task.ratePerSecond() * task.cpus().size());
        }
    }

    /** {@return the gain of each operation, largest saving first; operations of one name are combined} */
    List<Gain> gains(LayoutProposal proposal) {
        Cost after = evaluator.cost(proposal.fields(), proposal.placement());
        Map<List<String>, Gain> gains = new LinkedHashMap<>();
        evaluator
                .gains(todayCost, after)
                .forEach(gain -> gains.merge(List.of(gain.role(), gain.operation()), gain, GainAttribution::combine));
        return gains.values().stream()
                .sorted(Comparator.comparingDouble(gain -> -gain.cpusSaved()))
                .toList();
    }

    /** Combines two operations of one name: their rates add up, their times are averaged. */
    private static Gain combine(Gain one, Gain other) {
        double rate = one.ratePerSecond() + other.ratePerSecond();
        double part = one.ratePerSecond() / rate;
        return new Gain(
                one.role(),
                one.operation(),
                one.cpus(),
                rate,
                part * one.beforeNanos() + (1 - part) * other.beforeNanos(),
                part * one.afterNanos() + (1 - part) * other.afterNanos());
    }

    /** {@return the contribution of each unit that was separated from a field written more often, largest first} */
    List<Contribution> contributions(LayoutProposal proposal) {
        List<Contribution> contributions = new ArrayList<>();
        int left = MOST_UNITS;
        for (MoveUnit unit : proposal.constrained().struct().units()) {
            List<Integer> fields =
                    unit.touched().stream().map(MoveUnit.Touched::field).toList();
            List<List<Integer>> partners = fields.isEmpty() ? List.of() : separatedFrom(fields, proposal);
            if (!partners.isEmpty() && left-- > 0) {
                partners.stream()
                        .map(line -> putBack(fields, line, proposal))
                        .filter(one -> one.cpusLost() >= LEAST_CPUS)
                        .max(Comparator.comparingDouble(Contribution::cpusLost))
                        .ifPresent(contributions::add);
            }
        }
        contributions.sort(Comparator.comparingDouble((Contribution one) -> -one.cpusLost()));
        return contributions;
    }

    /**
     * {@return for each line of the candidate, its fields that share a line with the given ones today, no longer do,
     * and are written more often}
     */
    private List<List<Integer>> separatedFrom(List<Integer> fields, LayoutProposal proposal) {
        double own = fields.stream().mapToDouble(field -> writes[field]).max().orElse(0);
        Map<Long, List<Integer>> byLine = new LinkedHashMap<>();
        BitSet mine = new BitSet();
        fields.forEach(mine::set);
        for (int other = 0; other < today.size(); other++) {
            int partner = other;
            if (!mine.get(other)
                    && fields.stream().anyMatch(field -> share(today.get(field), today.get(partner)))
                    && fields.stream()
                            .noneMatch(field -> share(
                                    proposal.fields().get(field),
                                    proposal.fields().get(partner)))) {
                long line = line(proposal.fields().get(other).bytes().start());
                byLine.computeIfAbsent(line, any -> new ArrayList<>()).add(other);
            }
        }
        return byLine.values().stream()
                .filter(line ->
                        line.stream().mapToDouble(field -> writes[field]).max().orElse(0) > own)
                .toList();
    }

    private long line(long offset) {
        return offset / evaluator.lineBytes();
    }

    private boolean share(FieldRef one, FieldRef other) {
        return line(one.bytes().start()) <= line(other.bytes().end() - 1)
                && line(other.bytes().start()) <= line(one.bytes().end() - 1);
    }

    /**
     * {@return what the fields would lose on the line of those they were separated from. Both sides are taken without
     * the other fields of their lines, which were not part of the separation}
     */
    private Contribution putBack(List<Integer> fields, List<Integer> line, LayoutProposal proposal) {
        int host = line.stream()
                .max(Comparator.comparingDouble(field -> writes[field]))
                .orElseThrow();
        List<LineMap> parted = LineMap.all(proposal.fields(), evaluator.lineBytes(), proposal.placement()).stream()
                .map(map -> map.moving(line))
                .toList();
        Cost cost = evaluator.cost(parted);
        Cost back = evaluator.cost(
                parted.stream().map(map -> map.joining(host, fields)).toList());
        return evaluator.contribution(
                fields.stream().map(field -> path(field, proposal)).toList(),
                List.of(path(host, proposal)),
                i -> nanos(back, i) - nanos(cost, i));
    }

    private String path(int field, LayoutProposal proposal) {
        return proposal.rebuilt().pathOf(workload.fields().get(field).path());
    }

    private static double nanos(Cost cost, int operation) {
        OperationCost one = cost.operations().get(operation);
        return one.coherenceNanos() + one.touchNanos();
    }
}

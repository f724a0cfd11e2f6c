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
import java.util.Optional;

/** What a layout does for whom, and which part of it does how much. */
final class GainAttribution {

    /** Of the time of one CPU; what is lost by less is not worth a line. */
    private static final double NOTHING_CPUS = 1e-9;
    /** Members put back, at most; beyond them nobody reads on. */
    private static final int MOST_PUT_BACK = 64;

    private final LayoutCostEvaluator evaluator;
    private final Workload workload;
    private final List<FieldRef> today;
    private final long todayResidue;
    private final Cost todayCost;
    private final double[] writes;

    GainAttribution(LayoutCostEvaluator evaluator, List<FieldRef> today, Placement placement) {
        this.evaluator = evaluator;
        this.workload = evaluator.workload();
        this.today = today;
        this.todayResidue = 0;
        this.todayCost = evaluator.cost(today, placement);
        this.writes = new double[workload.fields().size()];
        for (Task task : workload.tasks()) {
            task.steps().stream()
                    .filter(step -> step.primitive().writes())
                    .forEach(step -> writes[step.field()] +=
                            task.ratePerSecond() * task.cpus().size());
        }
    }

    /** {@return what a layout does for each operation, most saved first; operations of one name are taken together} */
    List<Gain> gains(LayoutProposal proposal) {
        Cost after = evaluator.cost(proposal.fields(), proposal.placement());
        Map<List<String>, Gain> gains = new LinkedHashMap<>();
        for (int i = 0; i < workload.tasks().size(); i++) {
            Task task = workload.tasks().get(i);
            Gain gain = new Gain(
                    task.role(),
                    task.operation(),
                    task.cpus().size(),
                    task.ratePerSecond(),
                    todayCost.operations().get(i).totalNanos(),
                    after.operations().get(i).totalNanos());
            gains.merge(List.of(task.role(), task.operation()), gain, GainAttribution::both);
        }
        List<Gain> sorted = new ArrayList<>(gains.values());
        sorted.sort(Comparator.comparingDouble((Gain gain) -> -gain.cpusSaved()));
        return sorted;
    }

    /** Operations of one name: their rates add up, their times are means. */
    private static Gain both(Gain one, Gain other) {
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

    /** {@return what each member that was parted from what is written more often is worth, most first} */
    List<Contribution> contributions(LayoutProposal proposal) {
        List<Contribution> contributions = new ArrayList<>();
        int left = MOST_PUT_BACK;
        for (MoveUnit unit : proposal.constrained().struct().units()) {
            List<Integer> fields =
                    unit.touched().stream().map(MoveUnit.Touched::field).toList();
            List<List<Integer>> partners = fields.isEmpty() ? List.of() : partedFrom(fields, proposal);
            if (!partners.isEmpty() && left-- > 0) {
                partners.stream()
                        .flatMap(line -> putBack(fields, line, proposal).stream())
                        .max(Comparator.comparingDouble(Contribution::cpusLost))
                        .ifPresent(contributions::add);
            }
        }
        contributions.sort(Comparator.comparingDouble((Contribution one) -> -one.cpusLost()));
        return contributions;
    }

    /** For each line now, the fields on it that shared one with these today, do not now, and are written more often. */
    private List<List<Integer>> partedFrom(List<Integer> fields, LayoutProposal proposal) {
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
                                    proposal.fields().get(field), proposal.fields().get(partner)))) {
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
        return Placement.blockOf(offset, todayResidue, evaluator.lineBytes());
    }

    private boolean share(FieldRef one, FieldRef other) {
        return line(one.bytes().start()) <= line(other.bytes().end() - 1)
                && line(other.bytes().start()) <= line(one.bytes().end() - 1);
    }

    /** Both sides alone on a line: what else stands there now was not what they were parted from. */
    private Optional<Contribution> putBack(List<Integer> fields, List<Integer> line, LayoutProposal proposal) {
        int host = line.stream()
                .max(Comparator.comparingDouble(field -> writes[field]))
                .orElseThrow();
        List<LineMap> parted = LineMap.all(proposal.fields(), evaluator.lineBytes(), proposal.placement()).stream()
                .map(map -> map.moving(line))
                .toList();
        Cost cost = evaluator.cost(parted);
        Cost back = evaluator.cost(
                parted.stream().map(map -> map.joining(host, fields)).toList());
        double lost = 0;
        double most = 0;
        int worst = 0;
        for (int i = 0; i < workload.tasks().size(); i++) {
            Task task = workload.tasks().get(i);
            double nanos = nanos(back, i) - nanos(cost, i);
            double cpus = nanos * task.ratePerSecond() * task.cpus().size() * 1e-9;
            lost += cpus;
            if (cpus > most) {
                most = cpus;
                worst = i;
            }
        }
        if (lost < NOTHING_CPUS) {
            return Optional.empty();
        }
        Task task = workload.tasks().get(worst);
        return Optional.of(new Contribution(
                fields.stream().map(field -> path(field, proposal)).toList(),
                List.of(path(host, proposal)),
                lost,
                task.role(),
                task.operation(),
                nanos(back, worst) - nanos(cost, worst)));
    }

    private String path(int field, LayoutProposal proposal) {
        return proposal.rebuilt().pathOf(workload.fields().get(field).path());
    }

    private static double nanos(Cost cost, int operation) {
        OperationCost one = cost.operations().get(operation);
        return one.coherenceNanos() + one.touchNanos();
    }
}

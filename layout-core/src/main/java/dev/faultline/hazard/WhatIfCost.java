package dev.faultline.hazard;

import dev.faultline.access.Certainty;
import dev.faultline.cost.Cost;
import dev.faultline.cost.CostBreakdown;
import dev.faultline.cost.LineMap;
import dev.faultline.cost.Neighbourhoods;
import dev.faultline.cost.OperationCost;
import dev.faultline.cost.Task;
import dev.faultline.cost.Workload;
import dev.faultline.cost.closedform.CostModel;
import dev.faultline.cost.closedform.WorkLimit;
import dev.faultline.input.InputException;
import dev.faultline.layout.FieldRef;
import dev.faultline.machine.Placement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * What one layout costs as it is, and what it would cost with one thing changed. Immutable; costs are found when first asked
 * for.
 *
 * <p>Where there are few accesses, all of them are looked at for every change; where there are many, those that the
 * change is near ({@link Neighbourhoods}). More work than {@link WorkLimit#MOST_STEPS} is refused: {@link InputException}.
 */
public final class WhatIfCost {

    /** What is more by less than this is more by rounding. */
    private static final double CLEARLY_MORE = 1 + 1e-9;

    /**
     * The most accesses, squared, times placements, for which every change is weighed on the whole: each access is
     * looked at in each placement for about as many changes as there are accesses.
     */
    private static final double MOST_WHOLE = 40_000;

    private final CostModel model;
    private final Workload workload;
    private final Placement placement;
    private final List<LineMap> placements;
    private final int cpus;
    private final boolean isDeclared;
    /** Of the struct, in all its operations. */
    private final long accesses;

    private final int fields;
    private final String source;
    private final WorkLimit work;
    /** What this is a part of; itself where it is the whole. */
    private final WhatIfCost whole;
    /** For each task the one of the whole that it stands for, or -1. */
    private final List<Integer> tasks;

    private Neighbourhoods neighbourhoods;
    private Cost cost;
    private Cost floor;

    WhatIfCost(RuleContext examination, CostModel model) {
        this.model = model;
        workload =
                Workload.of(examination.access(), examination.machine().cpus().value());
        placement = examination.placement();
        placements = LineMap.all(workload.fields(), examination.lineBytes(), placement);
        cpus = busy(workload);
        accesses = workload.tasks().stream().mapToLong(Task::accesses).sum();
        fields = workload.fields().size();
        isDeclared = examination.access().certainty() == Certainty.DECLARED;
        source = isDeclared
                ? examination.access().source()
                : examination.layout().spelling();
        work = WorkLimit.ofOneStruct();
        whole = this;
        tasks = all(workload);
    }

    private WhatIfCost(WhatIfCost parent, Workload workload, WhatIfCost whole, List<Integer> tasks) {
        this.model = parent.model;
        this.workload = workload;
        this.placement = parent.placement;
        this.placements =
                whole == null ? LineMap.all(workload.fields(), parent.lineBytes(), placement) : parent.placements;
        this.cpus = parent.cpus;
        this.isDeclared = parent.isDeclared;
        this.accesses = parent.accesses;
        this.fields = parent.fields;
        this.source = parent.source;
        this.work = parent.work;
        this.whole = whole == null ? this : whole;
        this.tasks = tasks;
    }

    private static int busy(Workload workload) {
        BitSet busy = new BitSet();
        List<Integer> seen = null;
        for (Task task : workload.tasks()) {
            if (task.cpus() != seen) { // tasks of a role follow each other and share their list
                seen = task.cpus();
                seen.forEach(busy::set);
            }
        }
        return busy.cardinality();
    }

    private static List<Integer> all(Workload workload) {
        return IntStream.range(0, workload.tasks().size()).boxed().toList();
    }

    private Cost priced(Workload of, List<LineMap> on) {
        try {
            return model.cost(of, on, work);
        } catch (WorkLimit.Spent spent) {
            throw new InputException(
                    source,
                    "",
                    "costs are more work than " + WorkLimit.MOST_STEPS + " steps: " + accesses + " accesses to "
                            + fields + " fields, in " + placements.size()
                            + " placements; "
                            + (isDeclared
                                    ? "leave out what is rare, or split the profile"
                                    : "give a profile of the fields that matter"));
        }
    }

    /** {@return who does what} */
    public Workload workload() {
        return workload;
    }

    /** {@return the cost of the layout, the mean over its placements} */
    public Cost cost() {
        if (cost == null) {
            cost = priced(workload, placements);
        }
        return cost;
    }

    /** {@return the true-sharing floor} */
    public Cost floor() {
        if (floor == null) {
            floor = priced(workload, List.of(LineMap.apart(workload.fields(), lineBytes())));
        }
        return floor;
    }

    /** {@return the cost beside the floor} */
    public CostBreakdown bill() {
        return new CostBreakdown(cost(), floor(), workload.isAssumed());
    }

    /** {@return the cost in the cheapest placement} */
    public Cost cheapestPlacement() {
        Cost cheapest = null;
        for (LineMap placement : placements) {
            Cost one = priced(workload, List.of(placement));
            if (cheapest == null || one.nanosPerSecond(workload) < cheapest.nanosPerSecond(workload)) {
                cheapest = one;
            }
        }
        return cheapest;
    }

    /** {@return what moving these fields, together, to lines of their own would save} */
    public Saving moving(Collection<FieldRef> fields) {
        return around(fields).movingAway(fields);
    }

    private Saving movingAway(Collection<FieldRef> fields) {
        List<Integer> moved = indices(fields);
        return arranging(map -> map.moving(moved));
    }

    /**
     * What keeping fields apart would save, from either side.
     *
     * @param culpritsAway what moving the written fields away would save
     * @param victimsAway what moving the others away would save
     */
    public record Parting(Saving culpritsAway, Saving victimsAway) {

        /** {@return the smaller saving, so that a field is not charged with what its neighbour does to the same victims} */
        public Saving smaller() {
            return culpritsAway.cpusSaved() < victimsAway.cpusSaved() ? culpritsAway : victimsAway;
        }

        /** {@return whether they are better off together: either way of parting them costs more than it saves} */
        public boolean isLoss() {
            return culpritsAway.cpusSaved() < 0 && victimsAway.cpusSaved() < 0;
        }
    }

    /**
     * What keeping fields apart from others would save: what moving them away, or moving the others away, saves.
     *
     * @param culprits the written field, and those that the same operations write: moved alone, any of them would leave the
     *     others behind to do the same
     * @param victims the others
     * @return both savings
     */
    public Parting parting(Collection<FieldRef> culprits, Collection<FieldRef> victims) {
        List<FieldRef> all = new ArrayList<>(victims);
        all.addAll(culprits);
        WhatIfCost here = around(all);
        return new Parting(here.movingAway(culprits), here.movingAway(victims));
    }

    /** {@return what elements of their own lines would save the CPUs that each use one of an array} */
    public Saving spreading(FieldRef array) {
        int index = workload.indexOf(array);
        return around(List.of(array)).arranging(map -> map.spreading(index));
    }

    /**
     * The costs of what can meet some fields: all that changes when they move, where tasks are independent, and nearly
     * all where there are many.
     *
     * @param fields the fields
     * @return these costs where the whole is small, else those of a part of it
     */
    public WhatIfCost around(Collection<FieldRef> fields) {
        if (workload.isDivisible()) {
            Workload part = workload.near(fields, lineBytes());
            return new WhatIfCost(this, part, null, all(part));
        }
        if (whole != this || accesses * (double) accesses * placements.size() <= MOST_WHOLE) {
            return this;
        }
        if (neighbourhoods == null) {
            neighbourhoods = new Neighbourhoods(workload, cost(), model.machine());
        }
        Neighbourhoods.Neighbourhood part = neighbourhoods.of(fields);
        return new WhatIfCost(this, part.workload(), this, part.tasks());
    }

    private int lineBytes() {
        return model.machine().lineBytes().value();
    }

    /** {@return the numbers these fields have in the workload; what nothing touches has none} */
    public List<Integer> indices(Collection<FieldRef> fields) {
        List<Integer> indices = new ArrayList<>();
        for (FieldRef field : fields) {
            int index = workload.indexOf(field);
            if (index >= 0) {
                indices.add(index);
            }
        }
        return indices;
    }

    /** {@return the cost of another arrangement, made of each placement} */
    public Cost arranged(UnaryOperator<LineMap> change) {
        return priced(workload, placements.stream().map(change).toList());
    }

    /** {@return what another arrangement, made of each placement, would save} */
    public Saving arranging(UnaryOperator<LineMap> change) {
        return against(arranged(change));
    }

    /** {@return what unconditional atomic operations instead of compare-and-set loops would save} */
    public Saving withoutLoops() {
        return against(priced(workload.withoutLoops(), placements));
    }

    /** {@return what could be saved at most by any layout, if the floor could be reached} */
    public Saving untilFloor() {
        return against(floor());
    }

    /** {@return what an operation would save by touching so many lines less, all else as it is} */
    public Saving touching(String role, String operation, long linesLess) {
        double nanos = linesLess * model.machine().costs().lineTouchNanos().value();
        for (int i = 0; i < cost().operations().size(); i++) {
            OperationCost one = cost().operations().get(i);
            if (one.role().equals(role) && one.operation().equals(operation)) {
                return new Saving(
                        role,
                        operation,
                        nanos,
                        one.totalNanos(),
                        floor().operations().get(i).coherenceNanos(),
                        nanos * one.cpus() * one.ratePerSecond() * 1e-9,
                        cpus,
                        workload.isAssumed());
            }
        }
        throw new IllegalArgumentException("no operation " + operation + " of " + role);
    }

    /** {@return the difference to a cost of the same operations} */
    public Saving against(Cost repaired) {
        return saving(repaired, 1);
    }

    /** {@return a part of the difference to a cost of the same operations} */
    public Saving saving(Cost repaired, double part) {
        double total = 0;
        double most = 0;
        int chosen = -1;
        for (int i = 0; i < repaired.operations().size(); i++) {
            double saved = part * saved(i, repaired);
            OperationCost before = cost().operations().get(i);
            double inAll = saved * before.cpus() * before.ratePerSecond() * 1e-9;
            total += inAll;
            if (tasks.get(i) >= 0 && (chosen < 0 || Math.abs(inAll) > most * CLEARLY_MORE)) {
                most = Math.abs(inAll);
                chosen = i;
            }
        }
        if (chosen < 0) {
            return new Saving("", "", 0, 0, 0, 0, 0, workload.isAssumed());
        }
        OperationCost before = whole.cost().operations().get(tasks.get(chosen));
        OperationCost least = whole.floor().operations().get(tasks.get(chosen));
        return new Saving(
                before.role(),
                before.operation(),
                part * saved(chosen, repaired),
                before.totalNanos(),
                least.coherenceNanos(),
                total,
                cpus,
                workload.isAssumed());
    }

    private double saved(int operation, Cost repaired) {
        OperationCost before = cost().operations().get(operation);
        OperationCost after = repaired.operations().get(operation);
        return before.coherenceNanos() + before.touchNanos() - after.coherenceNanos() - after.touchNanos();
    }
}

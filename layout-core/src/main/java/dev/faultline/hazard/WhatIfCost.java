package dev.faultline.hazard;

import dev.faultline.api.Internal;
import dev.faultline.cost.Cost;
import dev.faultline.cost.CostBreakdown;
import dev.faultline.cost.LineMap;
import dev.faultline.cost.Neighbourhoods;
import dev.faultline.cost.OperationCost;
import dev.faultline.cost.Task;
import dev.faultline.cost.Workload;
import dev.faultline.cost.closedform.WorkLimit;
import dev.faultline.input.InputException;
import dev.faultline.layout.FieldRef;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What one layout costs, and what it would cost with one thing changed. Immutable; costs are computed when first
 * asked for.
 *
 * <p>With few accesses, every change is computed for all of them; with many, only for the accesses near the change
 * ({@link Neighbourhoods}). More work than {@link WorkLimit#MOST_STEPS} is refused with an {@link InputException}.
 */
@Internal
public final class WhatIfCost {

    /** A smaller factor between two times may be due to rounding. */
    private static final double CLEARLY_MORE = 1 + 1e-9;

    /** The most accesses, squared, times placements, for which every change is computed for all accesses. */
    private static final double MOST_WHOLE = 40_000;

    private final RuleContext context;
    private final Workload workload;
    private final List<LineMap> placements;
    private final WorkLimit work;
    /** The costs of all accesses of the struct. */
    private final WhatIfCost origin;
    /** The costs of which this is an approximation; this itself where it is exact. */
    private final WhatIfCost whole;
    /** For each task of the workload its number in the whole, or -1. */
    private final List<Integer> tasks;

    private final int cpus;
    private final long accesses;
    private Neighbourhoods neighbourhoods;
    private Cost cost;
    private Cost floor;

    WhatIfCost(RuleContext context) {
        this.context = context;
        workload = Workload.of(context.access(), context.cpus());
        placements = LineMap.all(workload.fields(), context.lineBytes(), context.placement());
        work = WorkLimit.ofOneStruct();
        origin = this;
        whole = this;
        tasks = all(workload);
        cpus = busy(workload);
        accesses = workload.tasks().stream().mapToLong(Task::accesses).sum();
    }

    /** A part of the accesses; an approximation of {@code whole} where that is not null. */
    private WhatIfCost(WhatIfCost parent, Workload part, WhatIfCost whole, List<Integer> tasks) {
        context = parent.context;
        workload = part;
        placements = whole == null
                ? LineMap.all(part.fields(), context.lineBytes(), context.placement())
                : parent.placements;
        work = parent.work;
        origin = parent.origin;
        this.whole = whole == null ? this : whole;
        this.tasks = tasks;
        cpus = origin.cpus;
        accesses = origin.accesses;
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
        List<Integer> all = new ArrayList<>(workload.tasks().size());
        for (int i = 0; i < workload.tasks().size(); i++) {
            all.add(i);
        }
        return all;
    }

    private Cost priced(Workload of, List<LineMap> on) {
        try {
            return context.model().cost(of, on, work);
        } catch (WorkLimit.Spent spent) {
            boolean isDeclared = context.access().certainty().isOfProfile();
            throw new InputException(
                    isDeclared ? context.access().source() : context.layout().spelling(),
                    "",
                    "computing the costs takes more than " + WorkLimit.MOST_STEPS + " steps: " + accesses
                            + " accesses to "
                            + origin.workload.fields().size() + " fields, in " + placements.size() + " placements; "
                            + (isDeclared
                                    ? "leave out what is rare, or split the profile"
                                    : "give a profile of the fields that matter"));
        }
    }

    /** {@return the operations, bound to CPUs} */
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
            floor = priced(workload, List.of(LineMap.apart(workload.fields(), context.lineBytes())));
        }
        return floor;
    }

    /** {@return the cost and the floor} */
    public CostBreakdown breakdown() {
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
     * What keeping two sets of fields apart would save.
     *
     * @param culpritsAway what moving the written fields away would save
     * @param victimsAway what moving the other fields away would save
     */
    public record Parting(Saving culpritsAway, Saving victimsAway) {

        /** {@return the smaller saving, so that a field is not charged with what another does to the same victims} */
        public Saving smaller() {
            return culpritsAway.cpusSaved() < victimsAway.cpusSaved() ? culpritsAway : victimsAway;
        }

        /** {@return whether both ways of moving the fields apart cost time} */
        public boolean isLoss() {
            return culpritsAway.cpusSaved() < 0 && victimsAway.cpusSaved() < 0;
        }
    }

    /**
     * What keeping written fields apart from others would save.
     *
     * @param culprits the written field, and the fields that the same operations write: one of them alone moved away
     *     would save nothing
     * @param victims the other fields
     * @return what moving the ones and what moving the others away would save
     */
    public Parting parting(Collection<FieldRef> culprits, Collection<FieldRef> victims) {
        List<FieldRef> all = new ArrayList<>(victims);
        all.addAll(culprits);
        WhatIfCost here = around(all);
        Supplier<Parting> computation = () -> new Parting(here.movingAway(culprits), here.movingAway(victims));
        return workload.isDivisible()
                ? context.partings()
                        .get(
                                here.workload,
                                context.placement(),
                                context.lineBytes(),
                                cpus,
                                here.indices(culprits),
                                here.indices(victims),
                                computation)
                : computation.get();
    }

    /** {@return what giving each element of an array lines of its own would save; of parts of one array, together} */
    public Saving spreading(Collection<FieldRef> parts) {
        WhatIfCost here = around(parts);
        return here.arranging(here.spread(parts));
    }

    /**
     * {@return the operation that takes longer when each element of an array has lines of its own, with the time that
     * it saves, which is negative; empty when there is none}
     */
    public Optional<Saving> slowedBySpreading(Collection<FieldRef> parts) {
        Cost spread = arranged(spread(parts));
        Saving slowed = null;
        for (int i = 0; i < spread.operations().size(); i++) {
            OperationCost before = cost().operations().get(i);
            double saved = saved(i, spread);
            double inAll = saved * before.cpus() * before.ratePerSecond() * 1e-9;
            if (slowed == null ? saved < 0 : inAll < slowed.cpusSaved()) {
                slowed = new Saving(
                        before.role(),
                        before.operation(),
                        saved,
                        before.totalNanos(),
                        remaining(before, floor().operations().get(i), saved),
                        inAll,
                        cpus,
                        workload.isAssumed());
            }
        }
        return Optional.ofNullable(slowed).filter(saving -> !saving.isNothing());
    }

    private UnaryOperator<LineMap> spread(Collection<FieldRef> parts) {
        List<Integer> all = indices(parts);
        return map -> {
            LineMap spread = map;
            for (int part : all) {
                spread = spread.spreading(part);
            }
            return spread;
        };
    }

    /**
     * The costs of the accesses that moving some fields affects. Exact where tasks are independent; an approximation
     * where they are not and there are many.
     *
     * @param fields the fields
     * @return this where there are few accesses, else the costs of some of them
     */
    public WhatIfCost around(Collection<FieldRef> fields) {
        if (workload.isDivisible()) {
            Workload part = workload.near(fields, context.lineBytes());
            return new WhatIfCost(this, part, null, all(part));
        }
        if (whole != this || accesses * (double) accesses * placements.size() <= MOST_WHOLE) {
            return this;
        }
        if (neighbourhoods == null) {
            neighbourhoods = new Neighbourhoods(workload, cost(), context.machine());
        }
        Neighbourhoods.Neighbourhood part = neighbourhoods.of(fields);
        return new WhatIfCost(this, part.workload(), this, part.tasks());
    }

    /** {@return the indices of these fields in the workload; fields that no operation uses are left out} */
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

    /** {@return the cost after a change to the line map of each placement} */
    public Cost arranged(UnaryOperator<LineMap> change) {
        List<LineMap> changed = new ArrayList<>(placements.size());
        for (LineMap placement : placements) {
            changed.add(change.apply(placement));
        }
        return priced(workload, changed);
    }

    /** {@return what a change to the line map of each placement would save} */
    public Saving arranging(UnaryOperator<LineMap> change) {
        return against(arranged(change));
    }

    /** {@return what unconditional atomic operations instead of compare-and-set loops would save} */
    public Saving withoutLoops() {
        return against(priced(workload.withoutLoops(), placements));
    }

    /** {@return what a layout would save that reached the floor; no layout saves more} */
    public Saving untilFloor() {
        return against(floor());
    }

    /** {@return what an operation would save by touching {@code linesLess} lines less} */
    public Saving touching(String role, String operation, long linesLess) {
        double touching = linesLess * context.machine().costs().lineTouchNanos().value();
        for (int i = 0; i < cost().operations().size(); i++) {
            OperationCost one = cost().operations().get(i);
            if (one.role().equals(role) && one.operation().equals(operation)) {
                double nanos = Math.min(touching, one.touchNanos());
                return new Saving(
                        role,
                        operation,
                        nanos,
                        one.totalNanos(),
                        remaining(one, floor().operations().get(i), nanos),
                        nanos * one.cpus() * one.ratePerSecond() * 1e-9,
                        cpus,
                        workload.isAssumed());
            }
        }
        throw new IllegalArgumentException("no operation " + operation + " of " + role);
    }

    /** {@return the difference to another cost of the same operations} */
    public Saving against(Cost repaired) {
        return saving(repaired, 1);
    }

    /** {@return a part of the difference to another cost of the same operations} */
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
        double nanos = Math.min(part * saved(chosen, repaired), before.coherenceNanos() + before.touchNanos());
        return new Saving(
                before.role(),
                before.operation(),
                nanos,
                before.totalNanos(),
                remaining(before, least, nanos),
                Math.min(total, cpusLost()),
                cpus,
                workload.isAssumed());
    }

    /**
     * {@return the true sharing of an operation: at most the time that others cost it today, as fields that stand
     * together can save transfers, and at most what a saving leaves of it}
     */
    private static double remaining(OperationCost today, OperationCost apart, double saved) {
        double most = Math.min(today.coherenceNanos(), today.coherenceNanos() + today.touchNanos() - saved);
        return Math.max(0, Math.min(apart.coherenceNanos(), most));
    }

    private double cpusLost() {
        return whole.cost().operations().stream()
                .mapToDouble(OperationCost::cpusLost)
                .sum();
    }

    private double saved(int operation, Cost repaired) {
        OperationCost before = cost().operations().get(operation);
        OperationCost after = repaired.operations().get(operation);
        return before.coherenceNanos() + before.touchNanos() - after.coherenceNanos() - after.touchNanos();
    }
}

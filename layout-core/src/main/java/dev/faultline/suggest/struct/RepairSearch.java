package dev.faultline.suggest.struct;

import dev.faultline.cost.Step;
import dev.faultline.cost.Task;
import dev.faultline.hazard.Finding;
import dev.faultline.layout.FieldRef;
import dev.faultline.machine.Placement;
import dev.faultline.suggest.cost.LayoutCostEvaluator;
import dev.faultline.suggest.packing.SearchEffort;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Tries what findings advise, and what follows from it: from a given layout on, it moves units to lines of their own,
 * as long as that lowers the cost by the closed form. Unlike the packing search it sees queues.
 */
final class RepairSearch {

    /** The most layouts whose cost is computed, for one starting layout. */
    private static final int MOST_TRIES = 400;

    /** The most layouts that are analysed, for one starting layout. */
    private static final int MOST_ANALYSES = 64;

    private static final int LEAST_TRIES = 4;
    /** A move must save this share of the cost. */
    private static final double LEAST_GAIN = 1e-3;

    private final ConstrainedStruct constrained;
    private final LayoutCostEvaluator evaluator;
    private final Placement placement;
    private final int lineBytes;
    private final int mostTries;

    /**
     * @param constrained the units
     * @param evaluator the costs of any offsets
     * @param placement where byte 0 may be on a line
     * @param effort the effort of the whole search, which limits the number of layouts tried
     */
    RepairSearch(
            ConstrainedStruct constrained, LayoutCostEvaluator evaluator, Placement placement, SearchEffort effort) {
        this.constrained = constrained;
        this.evaluator = evaluator;
        this.placement = placement;
        this.lineBytes = evaluator.lineBytes();
        long accesses =
                evaluator.workload().tasks().stream().mapToLong(Task::accesses).sum();
        long work = Math.max(1, accesses * accesses * placement.residues(lineBytes));
        mostTries = (int) Math.max(LEAST_TRIES, Math.min(MOST_TRIES, effort.nodes() / work));
    }

    /**
     * {@return layouts that cost less than the one to start from, the cheapest last; none when no move lowers the
     * cost}
     *
     * @param start offset of each unit, with the fixed ones where they must be
     * @param findings the findings whose repairs are tried first
     */
    List<long[]> improve(long[] start, List<Finding> findings) {
        return improve(start, findings, this::cost, mostTries);
    }

    /**
     * {@return layouts in which fewer findings remain than in the one to start from, the fewest last; none when no move
     * leaves fewer}
     *
     * @param start offset of each unit, with the fixed ones where they must be
     * @param findings the findings whose repairs are tried first
     * @param remaining how many findings a layout has; of two layouts with as many, the smaller one has less
     */
    List<long[]> separate(long[] start, List<Finding> findings, ToDoubleFunction<long[]> remaining) {
        return improve(start, findings, remaining, Math.min(mostTries, MOST_ANALYSES));
    }

    private List<long[]> improve(long[] start, List<Finding> findings, ToDoubleFunction<long[]> figure, int mostTries) {
        int tries = 1;
        List<long[]> found = new ArrayList<>();
        long[] here = start;
        double cost = figure.applyAsDouble(here);
        while (tries < mostTries) {
            long[] best = null;
            double least = cost * (1 - LEAST_GAIN);
            for (Set<Integer> moved : moves(here, findings)) {
                if (tries == mostTries) {
                    break;
                }
                long[] next = away(here, moved);
                tries++;
                double then = figure.applyAsDouble(next);
                if (then < least) {
                    least = then;
                    best = next;
                }
            }
            if (best == null) {
                break;
            }
            here = best;
            cost = least;
            found.add(here);
        }
        return found;
    }

    private double cost(long[] offsets) {
        List<FieldRef> fields = MoveUnit.moved(
                evaluator.workload().fields(), constrained.struct().units(), offsets);
        return evaluator.cost(fields, placement).nanosPerSecond(evaluator.workload());
    }

    /** The sets of units to move: the parties of findings, units that the same operations write, and single units. */
    private Set<Set<Integer>> moves(long[] offsets, List<Finding> findings) {
        Set<Set<Integer>> moves = new LinkedHashSet<>();
        for (Finding finding : findings) {
            if (finding.fields().size() > 1) {
                Set<Integer> culprit = unitsOf(finding.fields().subList(0, 1));
                add(moves, culprit);
                add(moves, unitsOf(finding.fields().subList(1, finding.fields().size())));
                add(moves, beside(culprit, offsets));
            }
        }
        writtenAlike().forEach(units -> add(moves, units));
        for (int i = 0; i < constrained.struct().units().size(); i++) {
            add(moves, Set.of(i));
        }
        return moves;
    }

    private void add(Set<Set<Integer>> moves, Set<Integer> units) {
        Set<Integer> free = new LinkedHashSet<>();
        units.stream()
                .filter(unit ->
                        !constrained.isFixed(unit) && constrained.unit(unit).isTouched())
                .sorted()
                .forEach(free::add);
        if (!free.isEmpty()) {
            moves.add(free);
        }
    }

    private Set<Integer> unitsOf(List<String> paths) {
        List<FieldRef> fields = evaluator.workload().fields();
        Set<Integer> units = new LinkedHashSet<>();
        for (int i = 0; i < constrained.struct().units().size(); i++) {
            boolean holdsOne = constrained.unit(i).touched().stream()
                    .anyMatch(touched ->
                            paths.contains(fields.get(touched.field()).path()));
            if (holdsOne) {
                units.add(i);
            }
        }
        return units;
    }

    /** {@return the other units that can be on a line of some units} */
    private Set<Integer> beside(Collection<Integer> units, long[] offsets) {
        Set<Integer> beside = new LinkedHashSet<>();
        for (int unit : units) {
            long from = offsets[unit] - lineBytes;
            long to = offsets[unit] + constrained.unit(unit).byteSize() + lineBytes;
            for (int i = 0; i < offsets.length; i++) {
                if (!units.contains(i) && offsets[i] + constrained.unit(i).byteSize() > from && offsets[i] < to) {
                    beside.add(i);
                }
            }
        }
        return beside;
    }

    /** {@return units by the tasks that write them; those that no task writes are a set too} */
    private Collection<Set<Integer>> writtenAlike() {
        List<BitSet> writers = new ArrayList<>();
        evaluator.workload().fields().forEach(any -> writers.add(new BitSet()));
        List<Task> tasks = evaluator.workload().tasks();
        for (int task = 0; task < tasks.size(); task++) {
            for (Step step : tasks.get(task).steps()) {
                if (step.primitive().writes()) {
                    writers.get(step.field()).set(task);
                }
            }
        }
        Map<String, Set<Integer>> alike = new TreeMap<>();
        for (int i = 0; i < constrained.struct().units().size(); i++) {
            BitSet all = new BitSet();
            constrained.unit(i).touched().forEach(touched -> all.or(writers.get(touched.field())));
            alike.computeIfAbsent(all.toString(), any -> new LinkedHashSet<>()).add(i);
        }
        return alike.values();
    }

    /** {@return offsets with some units behind all others, on lines that no other unit can be on} */
    private long[] away(long[] offsets, Set<Integer> moved) {
        long end = 0;
        for (int i = 0; i < offsets.length; i++) {
            if (!moved.contains(i)) {
                end = Math.max(end, offsets[i] + constrained.unit(i).byteSize());
            }
        }
        boolean onLine = placement.residues(lineBytes) == 1;
        long from = onLine
                ? DecomposedStruct.roundUp(end, lineBytes)
                : end + lineBytes - Math.min(lineBytes, placement.baseAlignment());
        long[] away = offsets.clone();
        for (int unit : moved) {
            away[unit] = withoutStraddling(constrained.unit(unit), from, onLine);
            from = away[unit] + constrained.unit(unit).byteSize();
        }
        return away;
    }

    private long withoutStraddling(MoveUnit unit, long from, boolean onLine) {
        long start = unit.startFrom(from);
        boolean straddles = start / lineBytes != (start + unit.byteSize() - 1) / lineBytes;
        return onLine && straddles && unit.byteSize() <= lineBytes
                ? unit.startFrom(DecomposedStruct.roundUp(start, lineBytes))
                : start;
    }

    /**
     * {@return offsets that leave the touched units on lines with the same others, with no line between them unused
     * and the untouched units in the gaps; for objects that start on a line}
     */
    long[] compact(long[] offsets) {
        Map<Long, List<Integer>> byLine = new TreeMap<>();
        for (int i = 0; i < offsets.length; i++) {
            if (constrained.unit(i).isTouched() && !constrained.isFixed(i)) {
                byLine.computeIfAbsent(offsets[i] / lineBytes, any -> new ArrayList<>())
                        .add(i);
            }
        }
        FreeSpace space = new FreeSpace(constrained);
        long[] compact = offsets.clone();
        constrained.fixed().forEach((unit, offset) -> compact[unit] = offset);
        byLine.forEach((line, units) -> place(line, units, offsets, compact, space));
        List<Integer> untouched = new ArrayList<>();
        for (int i = 0; i < offsets.length; i++) {
            if (!constrained.unit(i).isTouched() && !constrained.isFixed(i)) {
                untouched.add(i);
            }
        }
        untouched.sort(
                Comparator.comparingLong((Integer i) -> -constrained.unit(i).modulus())
                        .thenComparingLong(i -> -constrained.unit(i).byteSize()));
        for (int unit : untouched) {
            compact[unit] = space.firstFit(constrained.unit(unit), 0, FreeSpace.END);
            space.take(compact[unit], compact[unit] + constrained.unit(unit).byteSize());
        }
        return compact;
    }

    /** Places the units of one line: where they are, if a fixed unit shares the line, else on the first free line. */
    private void place(long line, List<Integer> units, long[] offsets, long[] compact, FreeSpace space) {
        boolean besideFixed = constrained.fixed().entrySet().stream()
                .anyMatch(one -> one.getValue() / lineBytes <= line
                        && (one.getValue() + constrained.unit(one.getKey()).byteSize() - 1) / lineBytes >= line
                        && constrained.unit(one.getKey()).isTouched());
        long shift = besideFixed ? 0 : freeLine(units, offsets, line, space) * lineBytes - line * lineBytes;
        for (int unit : units) {
            compact[unit] = offsets[unit] + shift;
            space.take(compact[unit], compact[unit] + constrained.unit(unit).byteSize());
        }
    }

    /** {@return the first line that holds nothing yet from its start to the last byte of the units} */
    private long freeLine(List<Integer> units, long[] offsets, long line, FreeSpace space) {
        long first = Long.MAX_VALUE;
        long end = 0;
        long modulus = lineBytes;
        for (int unit : units) {
            first = Math.min(first, offsets[unit]);
            end = Math.max(end, offsets[unit] + constrained.unit(unit).byteSize());
            modulus = Math.max(modulus, constrained.unit(unit).modulus());
        }
        long lines = (end - line * lineBytes + lineBytes - 1) / lineBytes;
        long step = modulus / lineBytes;
        for (long to = line % step; to < line; to += step) {
            if (space.isFree(to * lineBytes, (to + lines) * lineBytes)) {
                return to;
            }
        }
        return line;
    }
}

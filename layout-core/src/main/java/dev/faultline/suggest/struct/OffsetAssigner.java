package dev.faultline.suggest.struct;

import dev.faultline.cost.Step;
import dev.faultline.cost.Task;
import dev.faultline.cost.Workload;
import dev.faultline.layout.ByteRange;
import dev.faultline.suggest.cost.LayoutCostEvaluator;
import dev.faultline.suggest.packing.Bin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Turns the solution of a packing into offsets. Lines are ordered by which of them the hottest operation touches
 * first. Untouched units fill the free bytes of written lines before those of other lines: there they take no room
 * that readers could use.
 */
final class OffsetAssigner {

    /** Number of offsets tried by the search before it gives up. */
    private static final int MOST_TRIES = 20_000;

    private final ConstrainedStruct constrained;
    private final LayoutCostEvaluator evaluator;
    private final int lineBytes;
    private final long mostBytes;
    private final long[] offsets;
    private FreeSpace space;
    private int tries;

    private OffsetAssigner(ConstrainedStruct constrained, LayoutCostEvaluator evaluator, long mostBytes) {
        this.constrained = constrained;
        this.evaluator = evaluator;
        this.lineBytes = evaluator.lineBytes();
        this.mostBytes = mostBytes;
        this.offsets = new long[constrained.struct().units().size()];
        this.space = new FreeSpace(constrained);
        Arrays.fill(offsets, -1);
        constrained.fixed().forEach((unit, offset) -> offsets[unit] = offset);
    }

    /** {@return offsets of all units; empty when the untouched ones do not fit into the bytes allowed} */
    static Optional<long[]> of(
            ConstrainedStruct constrained,
            LayoutCostEvaluator evaluator,
            PackingInstance instance,
            List<BitSet> packed,
            long mostBytes) {
        OffsetAssigner assigner = new OffsetAssigner(constrained, evaluator, mostBytes);
        assigner.putItems(instance, packed);
        if (!assigner.putRest()) {
            return Optional.empty();
        }
        assigner.tidy();
        return Optional.of(assigner.offsets);
    }

    private void put(int unit, long offset) {
        offsets[unit] = offset;
        space.take(offset, offset + constrained.unit(unit).byteSize());
    }

    private void putItems(PackingInstance instance, List<BitSet> packed) {
        List<Integer> bins = order(instance, packed);
        for (int bin = 0; bin < packed.size(); bin++) {
            BitSet added = (BitSet) packed.get(bins.get(bin)).clone();
            added.andNot(instance.packing().bins().get(bin).fixed());
            Map<Integer, ByteRange> places =
                    instance.packing().places(bin, added).orElseThrow();
            for (Map.Entry<Integer, ByteRange> place : places.entrySet()) {
                put(
                        instance.units().get(place.getKey()),
                        instance.offset(constrained, place.getKey(), bin, place.getValue()));
            }
        }
    }

    /** {@return for each bin, the bin whose items go there; equal bins may swap} */
    private List<Integer> order(PackingInstance instance, List<BitSet> packed) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, packed.size()).boxed().toList());
        List<Integer> empty = order.stream()
                .filter(bin -> instance.packing().bins().get(bin).equals(Bin.empty(lineBytes)))
                .toList();
        List<Integer> ranked = new ArrayList<>(empty);
        ranked.sort(Comparator.comparingInt((Integer bin) -> packed.get(bin).isEmpty() ? 1 : 0)
                .thenComparingInt(bin -> -depth(instance, packed.get(bin)))
                .thenComparingLong(bin -> firstTouch(instance, packed.get(bin))));
        for (int i = 0; i < empty.size(); i++) {
            order.set(empty.get(i), ranked.get(i));
        }
        return order;
    }

    /**
     * {@return the depth of the innermost opened struct that owns an item; such lines come first, so that opened
     * structs end early}
     */
    private int depth(PackingInstance instance, BitSet items) {
        return items.stream()
                .map(item -> depth(instance.units().get(item)))
                .max()
                .orElse(0);
    }

    private long firstTouch(PackingInstance instance, BitSet items) {
        return items.stream()
                .mapToLong(item -> rank(constrained.unit(instance.units().get(item))))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /**
     * {@return how early the hottest operation that touches a unit does so; a lower value is a hotter operation, then
     * an earlier step}
     */
    private long rank(MoveUnit unit) {
        Workload workload = evaluator.workload();
        List<Task> tasks = new ArrayList<>(workload.tasks());
        tasks.sort(Comparator.comparingDouble(
                (Task task) -> -task.ratePerSecond() * task.cpus().size()));
        for (int t = 0; t < tasks.size(); t++) {
            List<Step> steps = tasks.get(t).steps();
            for (int s = 0; s < steps.size(); s++) {
                int field = steps.get(s).field();
                if (unit.touched().stream().anyMatch(touched -> touched.field() == field)) {
                    return (long) t << 32 | s;
                }
            }
        }
        return Long.MAX_VALUE;
    }

    /** {@return the units without an offset} */
    private List<Integer> rest() {
        return IntStream.range(0, offsets.length)
                .filter(i -> offsets[i] < 0)
                .boxed()
                .toList();
    }

    private boolean putRest() {
        List<Integer> rest = rest();
        List<Integer> largestFirst = new ArrayList<>(rest);
        largestFirst.sort(
                Comparator.comparingLong((Integer i) -> -constrained.unit(i).modulus())
                        .thenComparingLong(i -> -constrained.unit(i).byteSize())
                        .thenComparingInt(i -> -depth(i)));
        FreeSpace before = new FreeSpace(space);
        long warmEnd = fillTouched(largestFirst, rest);
        long best = constrained
                .struct()
                .sizeFor(Math.max(warmEnd, constrained.struct().endOf(offsets)));
        long[] warm = offsets.clone();
        restart(before, rest);
        largestFirst.forEach(i -> put(i, space.firstFit(constrained.unit(i), 0, FreeSpace.END)));
        long dense = constrained.struct().sizeFor(constrained.struct().endOf(offsets));
        if (best <= mostBytes && best <= dense) {
            restart(before, rest);
            rest.forEach(i -> put(i, warm[i]));
            return true;
        }
        if (dense <= mostBytes) {
            return true;
        }
        restart(before, rest);
        return search(largestFirst, 0);
    }

    private int depth(int unit) {
        return constrained.unit(unit).parts().stream()
                .mapToInt(MoveUnit.Part::depth)
                .max()
                .orElse(0);
    }

    private void restart(FreeSpace before, List<Integer> rest) {
        rest.forEach(i -> offsets[i] = -1);
        space = new FreeSpace(before);
    }

    /**
     * Fills the free bytes of touched lines, written lines first; the units left go behind, in the order of today.
     * Returns one past the last byte.
     */
    private long fillTouched(List<Integer> largestFirst, List<Integer> inOrder) {
        for (long line : touchedLines()) {
            for (int i : largestFirst) {
                long at = offsets[i] >= 0
                        ? -1
                        : space.firstFit(constrained.unit(i), line * lineBytes, (line + 1) * lineBytes);
                if (at >= 0) {
                    put(i, at);
                }
            }
        }
        long end = Math.max(0, constrained.struct().endOf(offsets));
        for (int i : inOrder) {
            if (offsets[i] < 0) {
                long at = space.firstFit(constrained.unit(i), 0, end);
                put(i, at >= 0 ? at : space.firstFit(constrained.unit(i), end, FreeSpace.END));
                end = Math.max(end, offsets[i] + constrained.unit(i).byteSize());
            }
        }
        return end;
    }

    private List<Long> touchedLines() {
        List<Long> written = new ArrayList<>();
        List<Long> others = new ArrayList<>();
        BitSet writes = evaluator.writtenFields();
        for (int i = 0; i < offsets.length; i++) {
            for (MoveUnit.Touched one : offsets[i] < 0
                    ? List.<MoveUnit.Touched>of()
                    : constrained.unit(i).touched()) {
                ByteRange bytes = one.bytes().plus(offsets[i]);
                (writes.get(one.field()) ? written : others).add(bytes.start() / lineBytes);
                (writes.get(one.field()) ? written : others).add((bytes.end() - 1) / lineBytes);
            }
        }
        List<Long> lines = new ArrayList<>(written.stream().distinct().sorted().toList());
        others.stream()
                .distinct()
                .sorted()
                .filter(line -> !lines.contains(line))
                .forEach(lines::add);
        return lines;
    }

    /** Tries every free range for each of the units left, the largest unit first. */
    private boolean search(List<Integer> rest, int from) {
        if (from == rest.size()) {
            return constrained.struct().sizeFor(constrained.struct().endOf(offsets)) <= mostBytes;
        }
        int i = rest.get(from);
        for (long at : space.fits(constrained.unit(i), mostBytes)) {
            if (++tries > MOST_TRIES) {
                return false;
            }
            put(i, at);
            if (search(rest, from + 1)) {
                return true;
            }
            space.give(at, at + constrained.unit(i).byteSize());
            offsets[i] = -1;
        }
        return false;
    }

    /**
     * Orders the units of each touched line: by depth of their opened struct, then by falling alignment, then as
     * today.
     */
    private void tidy() {
        for (long line : touchedLines()) {
            List<Integer> movable = new ArrayList<>();
            for (int i = 0; i < offsets.length; i++) {
                if (!constrained.isFixed(i)
                        && offsets[i] >= line * lineBytes
                        && offsets[i] + constrained.unit(i).byteSize() <= (line + 1) * lineBytes) {
                    movable.add(i);
                }
            }
            Comparator<Integer> mostAligned = Comparator.comparingLong(
                            (Integer i) -> -constrained.unit(i).modulus())
                    .thenComparingLong(i -> constrained.unit(i).todayOffset());
            movable.sort(Comparator.comparingInt((Integer i) -> -depth(i)).thenComparing(mostAligned));
            if (!reorder(movable, line)) {
                movable.sort(mostAligned);
                reorder(movable, line);
            }
        }
    }

    /**
     * Reorders units of a line within the bytes they take; leaves them in place when they do not fit in the new
     * order.
     */
    private boolean reorder(List<Integer> units, long line) {
        long end = 0;
        long[] before = offsets.clone();
        for (int i : units) {
            end = Math.max(end, offsets[i] + constrained.unit(i).byteSize());
            space.give(offsets[i], offsets[i] + constrained.unit(i).byteSize());
        }
        int done = 0;
        for (int i : units) {
            long at = space.firstFit(constrained.unit(i), line * lineBytes, end);
            if (at < 0) {
                break;
            }
            put(i, at);
            done++;
        }
        if (done == units.size()) {
            return true;
        }
        units.subList(0, done)
                .forEach(i ->
                        space.give(offsets[i], offsets[i] + constrained.unit(i).byteSize()));
        units.forEach(i -> put(i, before[i]));
        return false;
    }
}

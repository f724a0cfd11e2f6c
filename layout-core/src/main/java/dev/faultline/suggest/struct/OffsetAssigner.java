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

/**
 * Turns an answer to a packing into offsets. Lines go by which of them the hottest operation touches first. What nobody touches
 * fills lines that are written before others: there it keeps readers away and takes no room that they want.
 */
final class OffsetAssigner {

    /** Ways of fitting the last atoms that are tried before giving up. */
    private static final int MOST_TRIES = 20_000;

    private final ConstrainedStruct constrained;
    private final LayoutCostEvaluator evaluator;
    private final int lineBytes;
    private final long mostBytes;
    private final long[] offsets;
    private final FreeSpace space = new FreeSpace();
    private int tries;

    private OffsetAssigner(ConstrainedStruct constrained, LayoutCostEvaluator evaluator, long mostBytes) {
        this.constrained = constrained;
        this.evaluator = evaluator;
        this.lineBytes = evaluator.lineBytes();
        this.mostBytes = mostBytes;
        this.offsets = new long[constrained.struct().units().size()];
        Arrays.fill(offsets, -1);
        constrained.fixed().forEach(this::put);
    }

    /** {@return offsets of all atoms; nothing when what is left over does not fit into the bytes allowed} */
    static Optional<long[]> of(
            ConstrainedStruct constrained,
            LayoutCostEvaluator evaluator,
            PackingInstance instance,
            List<BitSet> packed,
            long mostBytes) {
        OffsetAssigner work = new OffsetAssigner(constrained, evaluator, mostBytes);
        work.putItems(instance, packed);
        if (!work.putRest()) {
            return Optional.empty();
        }
        work.tidy();
        return Optional.of(work.offsets);
    }

    private void put(int atom, long offset) {
        offsets[atom] = offset;
        space.take(offset, offset + constrained.atom(atom).byteSize());
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
                        instance.atoms().get(place.getKey()),
                        instance.offset(constrained, place.getKey(), bin, place.getValue()));
            }
        }
    }

    /** For each bin, the bin whose answer goes there: those that are alike change places. */
    private List<Integer> order(PackingInstance instance, List<BitSet> packed) {
        List<Integer> order = new ArrayList<>();
        for (int bin = 0; bin < packed.size(); bin++) {
            order.add(bin);
        }
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

    /** What opened structs own comes first, so that they end early. */
    private int depth(PackingInstance instance, BitSet items) {
        return items.stream()
                .flatMap(item ->
                        constrained.atom(instance.atoms().get(item)).parts().stream().mapToInt(MoveUnit.Part::depth))
                .max()
                .orElse(0);
    }

    private long firstTouch(PackingInstance instance, BitSet items) {
        return items.stream()
                .mapToLong(item -> rank(constrained.atom(instance.atoms().get(item))))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** How early the hottest operation that touches an atom does so; lower is hotter, then earlier. */
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

    /** The atoms that are nowhere yet. */
    private List<Integer> rest() {
        List<Integer> rest = new ArrayList<>();
        for (int i = 0; i < offsets.length; i++) {
            if (offsets[i] < 0) {
                rest.add(i);
            }
        }
        return rest;
    }

    private boolean putRest() {
        List<Integer> rest = rest();
        List<Integer> largestFirst = new ArrayList<>(rest);
        largestFirst.sort(Comparator.comparingLong((Integer i) -> -constrained.atom(i).modulus())
                .thenComparingLong(i -> -constrained.atom(i).byteSize())
                .thenComparingInt(i -> -depth(i)));
        FreeSpace before = new FreeSpace(space);
        long warmEnd = fillTouched(largestFirst, rest);
        long best = constrained.struct().sizeFor(Math.max(warmEnd, end()));
        long[] warm = offsets.clone();
        restart(before, rest);
        largestFirst.forEach(i -> put(i, space.firstFit(constrained.atom(i), 0, FreeSpace.END)));
        long dense = constrained.struct().sizeFor(end());
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

    private int depth(int atom) {
        return constrained.atom(atom).parts().stream()
                .mapToInt(MoveUnit.Part::depth)
                .max()
                .orElse(0);
    }

    private void restart(FreeSpace before, List<Integer> rest) {
        rest.forEach(i -> offsets[i] = -1);
        space.become(before);
    }

    private long end() {
        long end = 0;
        for (int i = 0; i < offsets.length; i++) {
            end = Math.max(end, offsets[i] + constrained.atom(i).byteSize());
        }
        return end;
    }

    /** Fills what is free on lines that are touched, the written ones first; what is left goes behind, in today's order. */
    private long fillTouched(List<Integer> largestFirst, List<Integer> inOrder) {
        for (long line : touchedLines()) {
            for (int i : largestFirst) {
                long at =
                        offsets[i] >= 0 ? -1 : space.firstFit(constrained.atom(i), line * lineBytes, (line + 1) * lineBytes);
                if (at >= 0) {
                    put(i, at);
                }
            }
        }
        long end = Math.max(0, end());
        for (int i : inOrder) {
            if (offsets[i] < 0) {
                long at = space.firstFit(constrained.atom(i), 0, end);
                put(i, at >= 0 ? at : space.firstFit(constrained.atom(i), end, FreeSpace.END));
                end = Math.max(end, offsets[i] + constrained.atom(i).byteSize());
            }
        }
        return end;
    }

    private List<Long> touchedLines() {
        List<Long> written = new ArrayList<>();
        List<Long> others = new ArrayList<>();
        BitSet writes = new BitSet();
        for (Task task : evaluator.workload().tasks()) {
            task.steps().stream().filter(step -> step.primitive().writes()).forEach(step -> writes.set(step.field()));
        }
        for (int i = 0; i < offsets.length; i++) {
            for (MoveUnit.Touched one :
                    offsets[i] < 0 ? List.<MoveUnit.Touched>of() : constrained.atom(i).touched()) {
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

    /** Tries where each of the rest could go, the largest first. */
    private boolean search(List<Integer> rest, int from) {
        if (from == rest.size()) {
            return constrained.struct().sizeFor(end()) <= mostBytes;
        }
        int i = rest.get(from);
        for (long at : space.fits(constrained.atom(i), mostBytes)) {
            if (++tries > MOST_TRIES) {
                return false;
            }
            put(i, at);
            if (search(rest, from + 1)) {
                return true;
            }
            space.give(at, at + constrained.atom(i).byteSize());
            offsets[i] = -1;
        }
        return false;
    }

    /** Orders what shares a touched line as a person would: what opened structs own, then the most aligned, then as today. */
    private void tidy() {
        for (long line : touchedLines()) {
            List<Integer> movable = new ArrayList<>();
            for (int i = 0; i < offsets.length; i++) {
                if (!constrained.isFixed(i)
                        && offsets[i] >= line * lineBytes
                        && offsets[i] + constrained.atom(i).byteSize() <= (line + 1) * lineBytes) {
                    movable.add(i);
                }
            }
            Comparator<Integer> mostAligned = Comparator.comparingLong(
                            (Integer i) -> -constrained.atom(i).modulus())
                    .thenComparingLong(i -> constrained.atom(i).todayOffset());
            movable.sort(Comparator.comparingInt((Integer i) -> -depth(i)).thenComparing(mostAligned));
            if (!reorder(movable, line)) {
                movable.sort(mostAligned);
                reorder(movable, line);
            }
        }
    }

    /** Puts some atoms of a line in another order into the bytes they have; leaves them where that does not do. */
    private boolean reorder(List<Integer> atoms, long line) {
        long end = 0;
        long[] before = offsets.clone();
        for (int i : atoms) {
            end = Math.max(end, offsets[i] + constrained.atom(i).byteSize());
            space.give(offsets[i], offsets[i] + constrained.atom(i).byteSize());
        }
        int done = 0;
        for (int i : atoms) {
            long at = space.firstFit(constrained.atom(i), line * lineBytes, end);
            if (at < 0) {
                break;
            }
            put(i, at);
            done++;
        }
        if (done == atoms.size()) {
            return true;
        }
        atoms.subList(0, done)
                .forEach(i -> space.give(offsets[i], offsets[i] + constrained.atom(i).byteSize()));
        atoms.forEach(i -> put(i, before[i]));
        return false;
    }
}

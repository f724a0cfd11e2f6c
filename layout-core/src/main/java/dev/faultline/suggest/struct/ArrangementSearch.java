package dev.faultline.suggest.struct;

import dev.faultline.suggest.cost.LayoutCostEvaluator;
import dev.faultline.suggest.packing.ExhaustiveSearch;
import dev.faultline.suggest.packing.PackingSolution;
import dev.faultline.suggest.packing.PackingSolver;
import dev.faultline.suggest.packing.SearchEffort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds the cheapest arrangements of a struct that starts on a line: one for each size that is tried.
 *
 * @param effort effort for each packing
 * @param mostBytes the largest size allowed
 */
record ArrangementSearch(
        ConstrainedStruct constrained, LayoutCostEvaluator evaluator, SearchEffort effort, long mostBytes) {

    /** Number of sizes tried beyond the least, in steps of a line. */
    private static final int EXTRA_LINES = 4;
    /** A struct with at most this many units is tried at every size. */
    private static final int FEW_UNITS = 8;
    /** Up to this many loose units, the untouched ones may be packed together with the touched ones. */
    private static final int UNITS_PACKED_EXACTLY = 48;

    /** Number of line counts tried when the untouched units do not fit. */
    private static final int TRIES = 4;
    /** A quick first search gets this part of the effort. */
    private static final int QUICK = 16;
    /** With more touched units than this, the largest size tried is a limited number of lines above the least. */
    private static final int FEW_TOUCHED = 48;

    private static final int MOST_EXTRA_LINES = 16;

    /**
     * Offsets of all units.
     *
     * @param constrained the struct; units larger than a line are fixed
     * @param offsets offset of each unit
     * @param byteSize size of the struct
     * @param mostBytes the size that was allowed
     * @param packed the packing the offsets were made from
     */
    record Arrangement(
            ConstrainedStruct constrained, long[] offsets, long byteSize, long mostBytes, PackingSolution packed) {

        /** {@return the difference between the cost of the packing and its lower bound, in ns per second} */
        double gapNanos() {
            return Math.max(0, packed.cost() - packed.bound().value());
        }
    }

    /**
     * {@return arrangements of growing size and falling cost; where touched units are larger than a line, one such
     * series for each way of placing them}
     */
    List<Arrangement> all() {
        return withLargeFixed(constrained, evaluator.lineBytes()).stream()
                .flatMap(one -> new ArrangementSearch(one, evaluator, effort, mostBytes).bySize().stream())
                .toList();
    }

    private List<Arrangement> bySize() {
        List<Arrangement> found = new ArrayList<>();
        Optional<Arrangement> cheapest = solve(Math.min(mostBytes, largestSize()));
        if (cheapest.isEmpty()) {
            return found;
        }
        double least = cheapest.get().packed.cost();
        for (long bytes : sizesToTry(cheapest.get().byteSize)) {
            double before = found.isEmpty()
                    ? Double.POSITIVE_INFINITY
                    : found.get(found.size() - 1).packed.cost();
            solve(bytes).filter(one -> one.packed.cost() < before).ifPresent(found::add);
            if (!found.isEmpty()
                    && found.get(found.size() - 1).packed.cost() <= least * (1 + ParetoFilter.NEGLIGIBLE)) {
                break;
            }
        }
        found.add(cheapest.get());
        return found;
    }

    private long largestSize() {
        int lineBytes = evaluator.lineBytes();
        long least = DecomposedStruct.roundUp(
                constrained.struct().sizeFor(constrained.struct().unitBytes()), lineBytes);
        long fixed = constrained.fixed().entrySet().stream()
                .mapToLong(
                        one -> one.getValue() + constrained.unit(one.getKey()).byteSize())
                .max()
                .orElse(0);
        return countLoose(false) <= FEW_TOUCHED
                ? FreeSpace.END
                : Math.max(fixed, least) + (long) MOST_EXTRA_LINES * lineBytes;
    }

    private TreeSet<Long> sizesToTry(long largest) {
        TreeSet<Long> sizes = new TreeSet<>();
        DecomposedStruct struct = constrained.struct();
        long least = struct.sizeFor(struct.unitBytes());
        sizes.add(least);
        sizes.add(struct.layout().byteSize());
        int lineBytes = evaluator.lineBytes();
        for (int more = 0; more <= EXTRA_LINES; more++) {
            sizes.add(DecomposedStruct.roundUp(
                    DecomposedStruct.roundUp(least, lineBytes) + (long) more * lineBytes,
                    struct.layout().byteAlignment()));
        }
        if (struct.units().size() <= FEW_UNITS) {
            for (long size = least; size < largest; size += struct.layout().byteAlignment()) {
                sizes.add(size);
            }
        }
        return new TreeSet<>(sizes.headSet(Math.min(largest, mostBytes), false));
    }

    /**
     * Packs the touched units, then fits the untouched ones in. If they do not fit, packs all units together, or
     * repeats with fewer lines for the touched units. The bound of the first packing holds for all.
     */
    private Optional<Arrangement> solve(long bytes) {
        int touched = countLoose(false);
        long room = (bytes + evaluator.lineBytes() - 1) / evaluator.lineBytes();
        int lines = (int) Math.min(touched, room);
        PackingInstance instance = PackingInstance.of(constrained, evaluator, bytes, lines, false);
        Optional<PackingSolution> packed = solvePacking(instance);
        if (packed.isEmpty()) {
            return Optional.empty();
        }
        Optional<Arrangement> found = assignOffsets(instance, packed.get(), bytes);
        int all = countLoose(true);
        if (found.isEmpty() && all <= UNITS_PACKED_EXACTLY && all > touched) {
            PackingInstance whole = PackingInstance.of(constrained, evaluator, bytes, (int) Math.min(all, room), true);
            return solvePacking(whole).flatMap(exact -> assignOffsets(whole, exact, bytes));
        }
        for (int less = 1; found.isEmpty() && less < TRIES && less < lines; less++) {
            PackingInstance fewer = PackingInstance.of(constrained, evaluator, bytes, lines - less, false);
            found = solvePacking(fewer)
                    .map(one -> new PackingSolution(
                            one.lines(), one.cost(), packed.get().bound()))
                    .flatMap(one -> assignOffsets(fewer, one, bytes));
        }
        return found;
    }

    /** With few lines, an exhaustive search after a quick one proves the optimum sooner than column generation. */
    private Optional<PackingSolution> solvePacking(PackingInstance instance) {
        if (instance.packing().bins().size() <= ExhaustiveSearch.MOST_BINS) {
            SearchEffort little = new SearchEffort(Math.max(1, effort.nodes() / QUICK));
            Optional<PackingSolution> proved = PackingSolver.solve(instance.packing(), little)
                    .map(found -> ExhaustiveSearch.closeGap(instance.packing(), found, effort));
            if (proved.isPresent() && proved.get().gap() == 0) {
                return proved;
            }
        }
        return PackingSolver.solve(instance.packing(), effort);
    }

    private Optional<Arrangement> assignOffsets(PackingInstance instance, PackingSolution packed, long bytes) {
        return OffsetAssigner.of(constrained, evaluator, instance, packed.lines(), bytes)
                .map(offsets -> new Arrangement(
                        constrained,
                        offsets,
                        constrained.struct().sizeFor(constrained.struct().endOf(offsets)),
                        bytes,
                        packed));
    }

    private int countLoose(boolean untouchedToo) {
        int loose = 0;
        for (int i = 0; i < constrained.struct().units().size(); i++) {
            boolean counts = untouchedToo || constrained.unit(i).isTouched();
            loose += counts && constrained.isLoose(i, evaluator.lineBytes()) ? 1 : 0;
        }
        return loose;
    }

    /** A touched unit that is larger than a line starts on a line start, or stays where it is today: two variants. */
    private static List<ConstrainedStruct> withLargeFixed(ConstrainedStruct constrained, int lineBytes) {
        List<Integer> large = new ArrayList<>();
        for (int i = 0; i < constrained.struct().units().size(); i++) {
            if (!constrained.isFixed(i) && constrained.unit(i).isTouched() && !constrained.isLoose(i, lineBytes)) {
                large.add(i);
            }
        }
        if (large.isEmpty()) {
            return List.of(constrained);
        }
        List<ConstrainedStruct> variants = new ArrayList<>();
        variants.add(constrained.fixing(atLineStarts(constrained, large, lineBytes)));
        asToday(constrained, large).ifPresent(same -> variants.add(constrained.fixing(same)));
        return variants;
    }

    private static Map<Integer, Long> atLineStarts(ConstrainedStruct constrained, List<Integer> large, int lineBytes) {
        FreeSpace space = new FreeSpace(constrained);
        Map<Integer, Long> starts = new TreeMap<>();
        long from = 0;
        for (int i : large) {
            MoveUnit unit = constrained.unit(i);
            long start = unit.startFrom(DecomposedStruct.roundUp(from, lineBytes));
            while (space.firstFit(unit, start, start + unit.byteSize()) != start) {
                start = unit.startFrom(DecomposedStruct.roundUp(start + 1, lineBytes));
            }
            space.take(start, start + unit.byteSize());
            starts.put(i, start);
            from = start + unit.byteSize();
        }
        return starts;
    }

    private static Optional<Map<Integer, Long>> asToday(ConstrainedStruct constrained, List<Integer> large) {
        FreeSpace space = new FreeSpace(constrained);
        Map<Integer, Long> starts = new TreeMap<>();
        for (int i : large) {
            MoveUnit unit = constrained.unit(i);
            long start = unit.todayOffset();
            if (!unit.mayStartAt(start) || space.firstFit(unit, start, start + unit.byteSize()) != start) {
                return Optional.empty();
            }
            space.take(start, start + unit.byteSize());
            starts.put(i, start);
        }
        return Optional.of(starts);
    }
}

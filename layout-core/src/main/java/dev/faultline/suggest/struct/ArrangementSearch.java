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

/** Finds the cheapest arrangements of a struct that starts on a line, one for each size worth looking at. */
final class ArrangementSearch {

    /** Lines tried beyond those the bytes need. */
    private static final int MORE_LINES = 4;
    /** With no more atoms than this every size is looked at. */
    private static final int FEW_ATOMS = 8;
    /** With no more loose atoms than this those that nobody touches may be packed with the others. */
    private static final int ATOMS_PACKED_EXACTLY = 48;

    private static final int TRIES = 4;
    /** What of the effort goes into a quick answer. */
    private static final int QUICK = 16;
    /** With more touched atoms than this, no more lines are looked at than the bytes need and so many. */
    private static final int FEW_TOUCHED = 48;

    private static final int MANY_MORE_LINES = 16;

    private final ConstrainedStruct constrained;
    private final LayoutCostEvaluator evaluator;
    private final SearchEffort effort;
    private final long mostBytes;

    /**
     * One arrangement.
     *
     * @param constrained the struct, large atoms fixed
     * @param offsets where the atoms are
     * @param byteSize the size it comes to
     * @param mostBytes the size that was allowed
     * @param packed the answer it was made of
     */
    record Arranged(ConstrainedStruct constrained, long[] offsets, long byteSize, long mostBytes, PackingSolution packed) {

        /** {@return what the bound leaves open, in ns a second} */
        double open() {
            return Math.max(0, packed.cost() - packed.bound().value());
        }
    }

    private ArrangementSearch(
            ConstrainedStruct constrained, LayoutCostEvaluator evaluator, SearchEffort effort, long mostBytes) {
        this.constrained = constrained;
        this.evaluator = evaluator;
        this.effort = effort;
        this.mostBytes = mostBytes;
    }

    /**
     * {@return arrangements of growing size and falling cost; where there are touched atoms larger than a line, one such row for
     * each way of placing them}
     *
     * @param mostBytes the largest size allowed
     */
    static List<Arranged> all(
            ConstrainedStruct constrained, LayoutCostEvaluator evaluator, SearchEffort effort, long mostBytes) {
        List<Arranged> found = new ArrayList<>();
        for (ConstrainedStruct one : withLargeFixed(constrained, evaluator.lineBytes())) {
            found.addAll(new ArrangementSearch(one, evaluator, effort, mostBytes).sizes());
        }
        return found;
    }

    private List<Arranged> sizes() {
        List<Arranged> found = new ArrayList<>();
        Optional<Arranged> cheapest = solve(Math.min(mostBytes, farthest()));
        if (cheapest.isEmpty()) {
            return found;
        }
        double least = cheapest.get().packed.cost();
        boolean reached = false;
        for (long bytes : worthTrying(cheapest.get().byteSize)) {
            Optional<Arranged> one = solve(bytes);
            if (one.isPresent()
                    && (found.isEmpty()
                            || found.get(found.size() - 1).packed.cost()
                                    > one.get().packed.cost())) {
                found.add(one.get());
                reached = one.get().packed.cost() <= least * (1 + ParetoFilter.NEGLIGIBLE);
            }
            if (reached) {
                break;
            }
        }
        found.add(cheapest.get());
        return found;
    }

    private long farthest() {
        int lineBytes = evaluator.lineBytes();
        long least =
                DecomposedStruct.roundUp(constrained.struct().sizeFor(constrained.struct().atomBytes()), lineBytes);
        long fixed = constrained.fixed().entrySet().stream()
                .mapToLong(one -> one.getValue() + constrained.atom(one.getKey()).byteSize())
                .max()
                .orElse(0);
        return loose(false) <= FEW_TOUCHED
                ? FreeSpace.END
                : Math.max(fixed, least) + (long) MANY_MORE_LINES * lineBytes;
    }

    private TreeSet<Long> worthTrying(long largest) {
        TreeSet<Long> sizes = new TreeSet<>();
        DecomposedStruct struct = constrained.struct();
        long least = struct.sizeFor(struct.atomBytes());
        sizes.add(least);
        sizes.add(struct.layout().byteSize());
        int lineBytes = evaluator.lineBytes();
        for (int more = 0; more <= MORE_LINES; more++) {
            sizes.add(DecomposedStruct.roundUp(
                    DecomposedStruct.roundUp(least, lineBytes) + (long) more * lineBytes,
                    struct.layout().byteAlignment()));
        }
        if (struct.units().size() <= FEW_ATOMS) {
            for (long size = least; size < largest; size += struct.layout().byteAlignment()) {
                sizes.add(size);
            }
        }
        return new TreeSet<>(sizes.headSet(Math.min(largest, mostBytes), false));
    }

    /**
     * Packs what is touched and fits the rest in; where the rest does not fit, packs all of it, or leaves it more room. The bound
     * of the first packing holds for all.
     */
    private Optional<Arranged> solve(long bytes) {
        int touched = loose(false);
        long room = (bytes + evaluator.lineBytes() - 1) / evaluator.lineBytes();
        int lines = (int) Math.min(touched, room);
        PackingInstance instance = PackingInstance.of(constrained, evaluator, bytes, lines, false);
        Optional<PackingSolution> packed = packed(instance);
        if (packed.isEmpty()) {
            return Optional.empty();
        }
        Optional<Arranged> found = placed(instance, packed.get(), bytes);
        int all = loose(true);
        if (found.isEmpty() && all <= ATOMS_PACKED_EXACTLY && all > touched) {
            PackingInstance whole = PackingInstance.of(constrained, evaluator, bytes, (int) Math.min(all, room), true);
            return packed(whole).flatMap(exact -> placed(whole, exact, bytes));
        }
        for (int less = 1; found.isEmpty() && less < TRIES && less < lines; less++) {
            PackingInstance fewer = PackingInstance.of(constrained, evaluator, bytes, lines - less, false);
            found = packed(fewer)
                    .map(one -> new PackingSolution(
                            one.lines(), one.cost(), packed.get().bound()))
                    .flatMap(one -> placed(fewer, one, bytes));
        }
        return found;
    }

    /** With few lines a quick answer, and then every way of filling them, is sooner done than a proof by prices. */
    private Optional<PackingSolution> packed(PackingInstance instance) {
        if (instance.packing().bins().size() <= ExhaustiveSearch.MOST_BINS) {
            SearchEffort little = new SearchEffort(Math.max(1, effort.nodes() / QUICK));
            Optional<PackingSolution> closed = PackingSolver.solve(instance.packing(), little)
                    .map(found -> ExhaustiveSearch.close(instance.packing(), found, effort));
            if (closed.isPresent() && closed.get().gap() == 0) {
                return closed;
            }
        }
        return PackingSolver.solve(instance.packing(), effort);
    }

    private Optional<Arranged> placed(PackingInstance instance, PackingSolution packed, long bytes) {
        return OffsetAssigner.of(constrained, evaluator, instance, packed.lines(), bytes)
                .map(offsets -> new Arranged(constrained, offsets, size(offsets), bytes, packed));
    }

    private int loose(boolean untouchedToo) {
        int loose = 0;
        for (int i = 0; i < constrained.struct().units().size(); i++) {
            boolean counts = untouchedToo || constrained.atom(i).isTouched();
            loose += counts && constrained.isLoose(i, evaluator.lineBytes()) ? 1 : 0;
        }
        return loose;
    }

    private long size(long[] offsets) {
        long end = 0;
        for (int i = 0; i < offsets.length; i++) {
            end = Math.max(end, offsets[i] + constrained.atom(i).byteSize());
        }
        return constrained.struct().sizeFor(end);
    }

    /**
     * What is touched and fits no line is put at the start of one, or left where it is today: two ways, where there is anything
     * so large.
     */
    private static List<ConstrainedStruct> withLargeFixed(ConstrainedStruct constrained, int lineBytes) {
        List<Integer> large = new ArrayList<>();
        for (int i = 0; i < constrained.struct().units().size(); i++) {
            if (!constrained.isFixed(i) && constrained.atom(i).isTouched() && !constrained.isLoose(i, lineBytes)) {
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
        FreeSpace space = space(constrained);
        Map<Integer, Long> starts = new TreeMap<>();
        long from = 0;
        for (int i : large) {
            MoveUnit unit = constrained.atom(i);
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
        FreeSpace space = space(constrained);
        Map<Integer, Long> starts = new TreeMap<>();
        for (int i : large) {
            MoveUnit unit = constrained.atom(i);
            long start = unit.todayOffset();
            if (!unit.mayStartAt(start) || space.firstFit(unit, start, start + unit.byteSize()) != start) {
                return Optional.empty();
            }
            space.take(start, start + unit.byteSize());
            starts.put(i, start);
        }
        return Optional.of(starts);
    }

    private static FreeSpace space(ConstrainedStruct constrained) {
        FreeSpace space = new FreeSpace();
        constrained.fixed()
                .forEach((i, start) -> space.take(start, start + constrained.atom(i).byteSize()));
        return space;
    }
}

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

    private final ConstrainedStruct bound;
    private final LayoutCostEvaluator weighing;
    private final SearchEffort effort;
    private final long mostBytes;

    /**
     * One arrangement.
     *
     * @param bound the struct, large atoms fixed
     * @param offsets where the atoms are
     * @param byteSize the size it comes to
     * @param mostBytes the size that was allowed
     * @param packed the answer it was made of
     */
    record Arranged(ConstrainedStruct bound, long[] offsets, long byteSize, long mostBytes, PackingSolution packed) {

        /** {@return what the bound leaves open, in ns a second} */
        double open() {
            return Math.max(0, packed.cost() - packed.bound().value());
        }
    }

    private ArrangementSearch(
            ConstrainedStruct bound, LayoutCostEvaluator weighing, SearchEffort effort, long mostBytes) {
        this.bound = bound;
        this.weighing = weighing;
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
            ConstrainedStruct bound, LayoutCostEvaluator weighing, SearchEffort effort, long mostBytes) {
        List<Arranged> found = new ArrayList<>();
        for (ConstrainedStruct one : withLargeFixed(bound, weighing.lineBytes())) {
            found.addAll(new ArrangementSearch(one, weighing, effort, mostBytes).sizes());
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
        int lineBytes = weighing.lineBytes();
        long least =
                DecomposedStruct.roundUp(bound.struct().sizeFor(bound.struct().atomBytes()), lineBytes);
        long fixed = bound.fixed().entrySet().stream()
                .mapToLong(one -> one.getValue() + bound.atom(one.getKey()).byteSize())
                .max()
                .orElse(0);
        return loose(false) <= FEW_TOUCHED
                ? FreeSpace.END
                : Math.max(fixed, least) + (long) MANY_MORE_LINES * lineBytes;
    }

    private TreeSet<Long> worthTrying(long largest) {
        TreeSet<Long> sizes = new TreeSet<>();
        DecomposedStruct struct = bound.struct();
        long least = struct.sizeFor(struct.atomBytes());
        sizes.add(least);
        sizes.add(struct.layout().byteSize());
        int lineBytes = weighing.lineBytes();
        for (int more = 0; more <= MORE_LINES; more++) {
            sizes.add(DecomposedStruct.roundUp(
                    DecomposedStruct.roundUp(least, lineBytes) + (long) more * lineBytes,
                    struct.layout().byteAlignment()));
        }
        if (struct.atoms().size() <= FEW_ATOMS) {
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
        long room = (bytes + weighing.lineBytes() - 1) / weighing.lineBytes();
        int lines = (int) Math.min(touched, room);
        PackingInstance question = PackingInstance.of(bound, weighing, bytes, lines, false);
        Optional<PackingSolution> packed = packed(question);
        if (packed.isEmpty()) {
            return Optional.empty();
        }
        Optional<Arranged> found = placed(question, packed.get(), bytes);
        int all = loose(true);
        if (found.isEmpty() && all <= ATOMS_PACKED_EXACTLY && all > touched) {
            PackingInstance whole = PackingInstance.of(bound, weighing, bytes, (int) Math.min(all, room), true);
            return packed(whole).flatMap(exact -> placed(whole, exact, bytes));
        }
        for (int less = 1; found.isEmpty() && less < TRIES && less < lines; less++) {
            PackingInstance fewer = PackingInstance.of(bound, weighing, bytes, lines - less, false);
            found = packed(fewer)
                    .map(one -> new PackingSolution(
                            one.lines(), one.cost(), packed.get().bound()))
                    .flatMap(one -> placed(fewer, one, bytes));
        }
        return found;
    }

    /** With few lines a quick answer, and then every way of filling them, is sooner done than a proof by prices. */
    private Optional<PackingSolution> packed(PackingInstance question) {
        if (question.packing().bins().size() <= ExhaustiveSearch.MOST_BINS) {
            SearchEffort little = new SearchEffort(Math.max(1, effort.nodes() / QUICK));
            Optional<PackingSolution> closed = PackingSolver.solve(question.packing(), little)
                    .map(found -> ExhaustiveSearch.close(question.packing(), found, effort));
            if (closed.isPresent() && closed.get().gap() == 0) {
                return closed;
            }
        }
        return PackingSolver.solve(question.packing(), effort);
    }

    private Optional<Arranged> placed(PackingInstance question, PackingSolution packed, long bytes) {
        return OffsetAssigner.of(bound, weighing, question, packed.lines(), bytes)
                .map(offsets -> new Arranged(bound, offsets, size(offsets), bytes, packed));
    }

    private int loose(boolean untouchedToo) {
        int loose = 0;
        for (int i = 0; i < bound.struct().atoms().size(); i++) {
            boolean counts = untouchedToo || bound.atom(i).isTouched();
            loose += counts && bound.isLoose(i, weighing.lineBytes()) ? 1 : 0;
        }
        return loose;
    }

    private long size(long[] offsets) {
        long end = 0;
        for (int i = 0; i < offsets.length; i++) {
            end = Math.max(end, offsets[i] + bound.atom(i).byteSize());
        }
        return bound.struct().sizeFor(end);
    }

    /**
     * What is touched and fits no line is put at the start of one, or left where it is today: two ways, where there is anything
     * so large.
     */
    private static List<ConstrainedStruct> withLargeFixed(ConstrainedStruct bound, int lineBytes) {
        List<Integer> large = new ArrayList<>();
        for (int i = 0; i < bound.struct().atoms().size(); i++) {
            if (!bound.isFixed(i) && bound.atom(i).isTouched() && !bound.isLoose(i, lineBytes)) {
                large.add(i);
            }
        }
        if (large.isEmpty()) {
            return List.of(bound);
        }
        List<ConstrainedStruct> ways = new ArrayList<>();
        ways.add(bound.fixing(atLineStarts(bound, large, lineBytes)));
        asToday(bound, large).ifPresent(same -> ways.add(bound.fixing(same)));
        return ways;
    }

    private static Map<Integer, Long> atLineStarts(ConstrainedStruct bound, List<Integer> large, int lineBytes) {
        FreeSpace space = space(bound);
        Map<Integer, Long> starts = new TreeMap<>();
        long from = 0;
        for (int i : large) {
            MoveUnit atom = bound.atom(i);
            long start = atom.startFrom(DecomposedStruct.roundUp(from, lineBytes));
            while (space.firstFit(atom, start, start + atom.byteSize()) != start) {
                start = atom.startFrom(DecomposedStruct.roundUp(start + 1, lineBytes));
            }
            space.take(start, start + atom.byteSize());
            starts.put(i, start);
            from = start + atom.byteSize();
        }
        return starts;
    }

    private static Optional<Map<Integer, Long>> asToday(ConstrainedStruct bound, List<Integer> large) {
        FreeSpace space = space(bound);
        Map<Integer, Long> starts = new TreeMap<>();
        for (int i : large) {
            MoveUnit atom = bound.atom(i);
            long start = atom.todayOffset();
            if (!atom.mayStartAt(start) || space.firstFit(atom, start, start + atom.byteSize()) != start) {
                return Optional.empty();
            }
            space.take(start, start + atom.byteSize());
            starts.put(i, start);
        }
        return Optional.of(starts);
    }

    private static FreeSpace space(ConstrainedStruct bound) {
        FreeSpace space = new FreeSpace();
        bound.fixed()
                .forEach((i, start) -> space.take(start, start + bound.atom(i).byteSize()));
        return space;
    }
}

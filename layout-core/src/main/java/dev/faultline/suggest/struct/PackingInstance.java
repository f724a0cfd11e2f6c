package dev.faultline.suggest.struct;

import dev.faultline.layout.ByteRange;
import dev.faultline.suggest.cost.LayoutCostEvaluator;
import dev.faultline.suggest.packing.Bin;
import dev.faultline.suggest.packing.Item;
import dev.faultline.suggest.packing.Packing;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The packing problem of a struct that starts on a line: its loose atoms are items, its lines with room are bins.
 *
 * @param packing the problem
 * @param units for each item the atom it is, or is a part of
 * @param lines for each bin the number of its line
 */
record PackingInstance(Packing packing, List<Integer> atoms, List<Long> lines) {

    /**
     * Poses the problem.
     *
     * @param constrained the struct; everything that fits no line must be fixed
     * @param evaluator who touches what
     * @param mostBytes bytes that may be used
     * @param emptyLines how many lines may be used on which nothing is fixed
     * @param all whether atoms that nobody touches are items too
     * @return the problem
     */
    static PackingInstance of(
            ConstrainedStruct constrained, LayoutCostEvaluator evaluator, long mostBytes, int emptyLines, boolean all) {
        return new Posing(constrained, evaluator, mostBytes).pose(emptyLines, all);
    }

    /** {@return the offset that an item with these bytes on the line of a bin gives its atom} */
    long offset(ConstrainedStruct constrained, int item, int bin, ByteRange bytes) {
        return lines.get(bin) * packing.lineBytes()
                + bytes.start()
                + constrained.atom(atoms.get(item)).residue();
    }

    private static final class Posing {
        private final ConstrainedStruct constrained;
        private final LayoutCostEvaluator evaluator;
        private final int lineBytes;
        private final long mostBytes;
        private final List<Item> items = new ArrayList<>();
        private final List<BitSet> fields = new ArrayList<>();
        private final List<Integer> atoms = new ArrayList<>();
        /** Lines on which something is fixed and something is free: their fixed items. */
        private final TreeMap<Long, BitSet> begun = new TreeMap<>();

        private Posing(ConstrainedStruct constrained, LayoutCostEvaluator evaluator, long mostBytes) {
            this.constrained = constrained;
            this.evaluator = evaluator;
            this.lineBytes = evaluator.lineBytes();
            this.mostBytes = mostBytes;
        }

        private PackingInstance pose(int emptyLines, boolean all) {
            for (int i = 0; i < constrained.struct().units().size(); i++) {
                MoveUnit unit = constrained.atom(i);
                if (constrained.isLoose(i, lineBytes) && (all || unit.isTouched())) {
                    BitSet touched = new BitSet();
                    unit.touched().forEach(one -> touched.set(one.field()));
                    add(i, unit.byteSize() + unit.residue(), unit.modulus(), touched);
                }
            }
            for (int i : constrained.fixed().keySet()) {
                begin(i, constrained.fixed().get(i) / lineBytes);
                begin(i, (constrained.fixed().get(i) + constrained.atom(i).byteSize() - 1) / lineBytes);
            }
            TreeSet<Long> lines = new TreeSet<>(begun.keySet());
            addEmpty(lines, emptyLines);
            List<Bin> bins = new ArrayList<>();
            List<Long> numbers = new ArrayList<>();
            for (long line : lines) {
                bins.add(new Bin(begun.getOrDefault(line, new BitSet()), free(line)));
                numbers.add(line);
            }
            return new PackingInstance(new Packing(lineBytes, items, bins, evaluator.lineCost(fields)), atoms, numbers);
        }

        private int add(int atom, long byteSize, long alignment, BitSet touched) {
            items.add(new Item(constrained.atom(atom).name(), byteSize, alignment));
            fields.add(touched);
            atoms.add(atom);
            return items.size() - 1;
        }

        /** Notes what of a fixed atom is on its first or last line, if there is room for more. */
        private void begin(int index, long line) {
            if (free(line).isEmpty()) {
                return;
            }
            MoveUnit unit = constrained.atom(index);
            long start = constrained.fixed().get(index);
            ByteRange bytes = ByteRange.ofSize(line * lineBytes, lineBytes);
            BitSet touched = new BitSet();
            for (MoveUnit.Touched one : unit.touched()) {
                if (one.bytes().plus(start).overlaps(bytes)) {
                    touched.set(one.field());
                }
            }
            BitSet fixed = begun.computeIfAbsent(line, any -> new BitSet());
            boolean known = fixed.stream().anyMatch(item -> atoms.get(item) == index);
            if (!touched.isEmpty() && !known) {
                fixed.set(add(index, Math.min(unit.byteSize(), lineBytes), 1, touched));
            }
        }

        private void addEmpty(TreeSet<Long> lines, int most) {
            long end = (mostBytes + lineBytes - 1) / lineBytes;
            int wanted = most;
            for (long line = 0; line < end && wanted > 0; line++) {
                if (!begun.containsKey(line) && !free(line).isEmpty()) {
                    lines.add(line);
                    wanted--;
                }
            }
        }

        private ByteRange range(int atom) {
            return ByteRange.ofSize(constrained.fixed().get(atom), constrained.atom(atom).byteSize());
        }

        private List<ByteRange> free(long line) {
            long from = line * lineBytes;
            long at = from;
            long end = Math.min(from + lineBytes, mostBytes);
            List<ByteRange> free = new ArrayList<>();
            List<ByteRange> taken =
                    constrained.fixed().keySet().stream().map(this::range).sorted().toList();
            for (ByteRange one : taken) {
                if (one.start() > at && at < end) {
                    free.add(new ByteRange(at - from, Math.min(end, one.start()) - from));
                }
                at = Math.max(at, one.end());
            }
            if (at < end) {
                free.add(new ByteRange(at - from, end - from));
            }
            return free;
        }
    }
}

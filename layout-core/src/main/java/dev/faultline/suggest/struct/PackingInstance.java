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
 * The packing problem of a struct that starts on a line. Its loose units are items, its lines with room are bins.
 *
 * @param packing the problem
 * @param units for each item the index of its unit; a fixed unit has one item for each of its end lines
 * @param lines for each bin the number of its line
 */
record PackingInstance(Packing packing, List<Integer> units, List<Long> lines) {

    /**
     * {@return the problem}
     *
     * @param constrained the struct; every touched unit that is larger than a line must be fixed
     * @param mostBytes number of bytes that may be used
     * @param emptyLines number of lines without fixed units that may be used
     * @param all whether untouched units are items too
     */
    static PackingInstance of(
            ConstrainedStruct constrained, LayoutCostEvaluator evaluator, long mostBytes, int emptyLines, boolean all) {
        return new Builder(constrained, evaluator, mostBytes).build(emptyLines, all);
    }

    /** {@return the offset of the unit of an item that has these bytes on the line of a bin} */
    long offset(ConstrainedStruct constrained, int item, int bin, ByteRange bytes) {
        return lines.get(bin) * packing.lineBytes()
                + bytes.start()
                + constrained.unit(units.get(item)).residue();
    }

    private static final class Builder {
        private final ConstrainedStruct constrained;
        private final LayoutCostEvaluator evaluator;
        private final int lineBytes;
        private final long mostBytes;
        private final List<Item> items = new ArrayList<>();
        private final List<BitSet> fields = new ArrayList<>();
        private final List<Integer> units = new ArrayList<>();
        /** Fixed items of each line that has both fixed items and free bytes. */
        private final TreeMap<Long, BitSet> begun = new TreeMap<>();

        private Builder(ConstrainedStruct constrained, LayoutCostEvaluator evaluator, long mostBytes) {
            this.constrained = constrained;
            this.evaluator = evaluator;
            this.lineBytes = evaluator.lineBytes();
            this.mostBytes = mostBytes;
        }

        private PackingInstance build(int emptyLines, boolean all) {
            for (int i = 0; i < constrained.struct().units().size(); i++) {
                MoveUnit unit = constrained.unit(i);
                if (constrained.isLoose(i, lineBytes) && (all || unit.isTouched())) {
                    BitSet touched = new BitSet();
                    unit.touched().forEach(one -> touched.set(one.field()));
                    add(i, unit.byteSize() + unit.residue(), unit.modulus(), touched);
                }
            }
            for (int i : constrained.fixed().keySet()) {
                begin(i, constrained.fixed().get(i) / lineBytes);
                begin(i, (constrained.fixed().get(i) + constrained.unit(i).byteSize() - 1) / lineBytes);
            }
            TreeSet<Long> lines = new TreeSet<>(begun.keySet());
            addEmpty(lines, emptyLines);
            List<Bin> bins = new ArrayList<>();
            List<Long> numbers = new ArrayList<>();
            for (long line : lines) {
                bins.add(new Bin(begun.getOrDefault(line, new BitSet()), free(line)));
                numbers.add(line);
            }
            return new PackingInstance(new Packing(lineBytes, items, bins, evaluator.lineCost(fields)), units, numbers);
        }

        private int add(int unit, long byteSize, long alignment, BitSet touched) {
            items.add(new Item(constrained.unit(unit).name(), byteSize, alignment));
            fields.add(touched);
            units.add(unit);
            return items.size() - 1;
        }

        /**
         * Adds the touched fields of a fixed unit that are on its first or last line, if that line has free bytes.
         */
        private void begin(int index, long line) {
            if (free(line).isEmpty()) {
                return;
            }
            MoveUnit unit = constrained.unit(index);
            long start = constrained.fixed().get(index);
            ByteRange bytes = ByteRange.ofSize(line * lineBytes, lineBytes);
            BitSet touched = new BitSet();
            for (MoveUnit.Touched one : unit.touched()) {
                if (one.bytes().plus(start).overlaps(bytes)) {
                    touched.set(one.field());
                }
            }
            BitSet fixed = begun.computeIfAbsent(line, any -> new BitSet());
            boolean known = fixed.stream().anyMatch(item -> units.get(item) == index);
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

        private ByteRange range(int unit) {
            return ByteRange.ofSize(
                    constrained.fixed().get(unit), constrained.unit(unit).byteSize());
        }

        private List<ByteRange> free(long line) {
            long from = line * lineBytes;
            long at = from;
            long end = Math.min(from + lineBytes, mostBytes);
            List<ByteRange> free = new ArrayList<>();
            List<ByteRange> taken = constrained.fixed().keySet().stream()
                    .map(this::range)
                    .sorted()
                    .toList();
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

package dev.faultline.suggest.verify;

import dev.faultline.suggest.packing.Bin;
import dev.faultline.suggest.packing.CutDual;
import dev.faultline.suggest.packing.Item;
import dev.faultline.suggest.packing.LowerBound;
import dev.faultline.suggest.packing.Packing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Computes the bound that dual prices prove. Equal items are counted. A line is built from groups of items of equal
 * signature, each taken or left; a branch ends when even all items left, at no cost, would not improve the line.
 */
final class CertificateChecker {

    /** Whether a packing costs less than a value. */
    enum Verdict {
        YES,
        NO,
        UNKNOWN
    }

    /** Loose items of equal signature, size, alignment and price, in the same cuts. */
    private record ItemClass(long byteSize, double price, List<Integer> items) {}

    private final Packing packing;
    private final LowerBound bound;
    private final List<List<ItemClass>> groups = new ArrayList<>();
    private final List<ItemClass> classes = new ArrayList<>();
    private final Map<Bin, Integer> bins = new LinkedHashMap<>();
    private final Map<Bin, Double> leastReducedCosts = new HashMap<>();
    /** The cuts of each group. */
    private final List<BitSet> cutsOf = new ArrayList<>();

    private long steps;

    CertificateChecker(Packing packing, LowerBound bound, long mostSteps) {
        this.packing = packing;
        this.bound = bound;
        this.steps = mostSteps;
        packing.bins().forEach(bin -> bins.merge(bin, 1, Integer::sum));
        Map<List<Object>, Map<List<Object>, ItemClass>> found = new LinkedHashMap<>();
        for (int item : packing.loose().stream().toArray()) {
            Item one = packing.items().get(item);
            double price = bound.prices().get(item);
            BitSet cuts = new BitSet();
            for (int cut = 0; cut < bound.cutDuals().size(); cut++) {
                cuts.set(cut, bound.cutDuals().get(cut).items().get(item));
            }
            found.computeIfAbsent(List.of(packing.cost().signature(item), cuts), any -> new LinkedHashMap<>())
                    .computeIfAbsent(
                            List.of(one.byteSize(), one.byteAlignment(), price),
                            any -> new ItemClass(one.byteSize(), price, new ArrayList<>()))
                    .items()
                    .add(item);
        }
        found.forEach((key, group) -> {
            groups.add(List.copyOf(group.values()));
            classes.addAll(group.values());
            cutsOf.add((BitSet) key.get(1));
        });
    }

    /** {@return the bound that the prices and cut duals prove, in ns per second; NaN when it takes too many steps} */
    double bound() {
        double total = 0;
        for (int item : packing.loose().stream().toArray()) {
            total += bound.prices().get(item);
        }
        for (CutDual cutDual : bound.cutDuals()) {
            total += cutDual.nanos() * linesNeeded(cutDual);
        }
        for (Map.Entry<Bin, Integer> bin : bins.entrySet()) {
            double least = new Search(bin.getKey()).least();
            leastReducedCosts.put(bin.getKey(), least);
            total += least * bin.getValue();
        }
        return steps < 0 ? Double.NaN : total;
    }

    private int linesNeeded(CutDual cutDual) {
        long bytes = cutDual.items().stream()
                .mapToLong(item -> packing.items().get(item).byteSize())
                .sum();
        long[] room = packing.bins().stream().mapToLong(Bin::freeBytes).sorted().toArray();
        int lines = 0;
        for (int bin = room.length - 1; bin >= 0 && bytes > 0; bin--) {
            bytes -= room[bin];
            lines++;
        }
        return lines;
    }

    /** The search for the items to add to one bin. */
    private final class Search {

        private final Bin bin;
        private final int room;
        private final BitSet on;
        private final BitSet cutsHere = new BitSet();
        /** Groups by falling value of their items and cuts. */
        private final List<Integer> order = new ArrayList<>();

        private double least;
        private List<int[]> listed;
        private double below;
        private int most;

        Search(Bin bin) {
            this.bin = bin;
            room = (int) bin.freeBytes();
            on = bin.fixed();
            for (int group = 0; group < groups.size(); group++) {
                order.add(group);
            }
            order.sort((one, other) -> Double.compare(worth(other), worth(one)));
        }

        private double worth(int group) {
            double worth = cutDualsOf(cutsOf.get(group));
            for (ItemClass itemClass : groups.get(group)) {
                worth += itemClass.price * Math.min(itemClass.items.size(), room / itemClass.byteSize);
            }
            return worth;
        }

        private double cutDualsOf(BitSet of) {
            return of.stream()
                    .mapToDouble(cut -> bound.cutDuals().get(cut).nanos())
                    .sum();
        }

        private double cost() {
            steps--;
            return packing.cost().nanosPerSecond(on);
        }

        double least() {
            least = cost();
            below = least;
            decide(order, new double[room + 1], least);
            return least;
        }

        /** {@return all ways to fill the bin with a reduced cost below a limit; null when there are too many} */
        List<int[]> list(double limit, int mostListed) {
            listed = new ArrayList<>();
            below = limit;
            most = mostListed;
            decide(order, new double[room + 1], cost());
            return steps < 0 || listed.size() > most ? null : listed;
        }

        private void decide(List<Integer> open, double[] values, double cost) {
            if (listed == null) {
                least = Math.min(least, cost - values[room] - cutDualsOf(cutsHere));
                below = least - 1e-12 * (1 + Math.abs(least));
            } else {
                listCounts(0, new int[classes.size()], room, cost - cutDualsOf(cutsHere));
            }
            double bestCase = ceiling(open, values);
            List<Integer> rest = new ArrayList<>();
            Map<Integer, Double> costs = new HashMap<>();
            for (int group : open) {
                int item = groups.get(group).get(0).items.get(0);
                on.set(item);
                double with = cost();
                on.clear(item);
                if (with - bestCase < below && canTake(group)) {
                    rest.add(group);
                    costs.put(group, with);
                }
            }
            while (!rest.isEmpty() && steps >= 0) {
                int group = rest.get(0);
                boolean promising = costs.get(group) - ceiling(rest, values) < below;
                rest = rest.subList(1, rest.size());
                if (promising && (listed == null || listed.size() <= most)) {
                    take(group, rest, values, costs.get(group));
                }
            }
        }

        private boolean canTake(int group) {
            return groups.get(group).stream().anyMatch(itemClass -> itemClass.byteSize <= room - leastBytes());
        }

        /** {@return the bytes that the taken groups need, at least one item of each} */
        private long leastBytes() {
            long bytes = 0;
            for (int group = 0; group < groups.size(); group++) {
                if (isTaken(group)) {
                    bytes += groups.get(group).stream()
                            .mapToLong(ItemClass::byteSize)
                            .min()
                            .orElse(0);
                }
            }
            return bytes;
        }

        private boolean isTaken(int group) {
            return on.get(groups.get(group).get(0).items.get(0));
        }

        private void take(int group, List<Integer> rest, double[] values, double cost) {
            int item = groups.get(group).get(0).items.get(0);
            BitSet before = (BitSet) cutsHere.clone();
            on.set(item);
            cutsHere.or(cutsOf.get(group));
            decide(rest, addGroup(group, values), cost);
            on.clear(item);
            cutsHere.clear();
            cutsHere.or(before);
        }

        /** {@return the largest value of items for each number of bytes, with one more group} */
        private double[] addGroup(int group, double[] values) {
            double[] more = values.clone();
            for (ItemClass itemClass : groups.get(group)) {
                for (int item = 0; item < Math.min(itemClass.items.size(), room / itemClass.byteSize); item++) {
                    for (int bytes = room; bytes >= itemClass.byteSize; bytes--) {
                        more[bytes] = Math.max(more[bytes], more[bytes - (int) itemClass.byteSize] + itemClass.price);
                    }
                }
            }
            return more;
        }

        /**
         * {@return an upper bound of the value with any of some groups added: fractions of their items are allowed,
         * and only bytes count}
         */
        private double ceiling(List<Integer> open, double[] values) {
            BitSet cuts = (BitSet) cutsHere.clone();
            List<ItemClass> some = new ArrayList<>();
            for (int group : open) {
                cuts.or(cutsOf.get(group));
                some.addAll(groups.get(group));
            }
            some.sort((one, other) -> Double.compare(other.price / other.byteSize, one.price / one.byteSize));
            double[] cut = new double[room + 1];
            int used = 0;
            for (ItemClass itemClass : some) {
                long bytes = itemClass.byteSize * itemClass.items.size();
                for (; bytes > 0 && used < room; bytes--) {
                    used++;
                    cut[used] = cut[used - 1] + itemClass.price / itemClass.byteSize;
                }
            }
            for (; used < room; used++) {
                cut[used + 1] = cut[used];
            }
            double ceiling = 0;
            for (int bytes = 0; bytes <= room; bytes++) {
                ceiling = Math.max(ceiling, values[bytes] + cut[room - bytes]);
            }
            return ceiling + cutDualsOf(cuts);
        }

        /** Lists the lines with at least one item of each group taken. */
        private void listCounts(int itemClass, int[] counts, int left, double reducedCost) {
            if (steps-- < 0 || listed.size() > most) {
                return;
            }
            if (itemClass == classes.size()) {
                if (reducedCost < below && hasAllTaken(counts) && fits(counts)) {
                    listed.add(counts.clone());
                }
                return;
            }
            ItemClass one = classes.get(itemClass);
            boolean isTaken = groups.stream()
                    .anyMatch(group -> group.contains(one)
                            && on.get(group.get(0).items.get(0))
                            && !bin.fixed().get(group.get(0).items.get(0)));
            int largest = isTaken ? (int) Math.min(one.items.size(), left / one.byteSize) : 0;
            for (int taken = 0; taken <= largest; taken++) {
                counts[itemClass] = taken;
                listCounts(itemClass + 1, counts, left - taken * (int) one.byteSize, reducedCost - taken * one.price);
            }
            counts[itemClass] = 0;
        }

        private boolean hasAllTaken(int[] counts) {
            boolean any = false;
            for (int group = 0; group < groups.size(); group++) {
                int total = 0;
                for (int itemClass = 0; itemClass < counts.length; itemClass++) {
                    total += groups.get(group).contains(classes.get(itemClass)) ? counts[itemClass] : 0;
                }
                if (isTaken(group) && total == 0) {
                    return false;
                }
                any |= total > 0;
            }
            return any;
        }

        private boolean fits(int[] counts) {
            BitSet items = new BitSet();
            for (int itemClass = 0; itemClass < counts.length; itemClass++) {
                classes.get(itemClass).items.subList(0, counts[itemClass]).forEach(items::set);
            }
            return ByteFit.fit(packing, packing.bins().indexOf(bin), items);
        }
    }

    /** Largest number of lines listed for a bin. */
    private static final int MOST_LISTED = 200_000;

    private final List<Bin> binList = new ArrayList<>();
    private final List<List<int[]>> lists = new ArrayList<>();
    private final List<double[]> costs = new ArrayList<>();
    private final List<double[]> losses = new ArrayList<>();
    /** The least cost at which each state of open items and bins was reached. */
    private final Map<List<Integer>, Double> seen = new HashMap<>();

    private double target;
    private double gap;

    /**
     * Searches for a packing that costs less than a value. The reduced cost of each line is at least the least of its
     * bin. All excess together, plus the cut duals of more lines than needed, must stay below the difference between
     * the value and the proved bound.
     */
    Verdict undercuts(double nanos) {
        target = nanos;
        gap = nanos - bound();
        for (Map.Entry<Bin, Integer> bin : bins.entrySet()) {
            List<int[]> list = new Search(bin.getKey()).list(leastReducedCosts.get(bin.getKey()) + gap, MOST_LISTED);
            if (list == null) {
                return Verdict.UNKNOWN;
            }
            binList.add(bin.getKey());
            lists.add(list);
            costs.add(list.stream()
                    .mapToDouble(counts -> cost(bin.getKey(), counts))
                    .toArray());
            losses.add(list.stream()
                    .mapToDouble(counts -> loss(bin.getKey(), counts))
                    .toArray());
        }
        int[] open =
                classes.stream().mapToInt(itemClass -> itemClass.items.size()).toArray();
        int[] free = binList.stream().mapToInt(bins::get).toArray();
        boolean found = findsCheaper(open, free, 0, 0);
        return found ? Verdict.YES : steps < 0 ? Verdict.UNKNOWN : Verdict.NO;
    }

    private double cost(Bin bin, int[] counts) {
        BitSet items = bin.fixed();
        for (int itemClass = 0; itemClass < counts.length; itemClass++) {
            if (counts[itemClass] > 0) {
                items.set(classes.get(itemClass).items.get(0));
            }
        }
        return packing.cost().nanosPerSecond(items);
    }

    private double loss(Bin bin, int[] counts) {
        BitSet cuts = new BitSet();
        double value = 0;
        for (int itemClass = 0; itemClass < counts.length; itemClass++) {
            value += counts[itemClass] * classes.get(itemClass).price;
            for (int group = 0; group < groups.size() && counts[itemClass] > 0; group++) {
                if (groups.get(group).contains(classes.get(itemClass))) {
                    cuts.or(cutsOf.get(group));
                }
            }
        }
        for (int cut : cuts.stream().toArray()) {
            value += bound.cutDuals().get(cut).nanos();
        }
        return cost(bin, counts) - value - leastReducedCosts.get(bin);
    }

    /** {@return whether lines that place the open items and leave the free bins empty cost less than the target} */
    private boolean findsCheaper(int[] open, int[] free, double lost, double spent) {
        int itemClass = 0;
        while (itemClass < open.length && open[itemClass] == 0) {
            itemClass++;
        }
        if (itemClass == open.length) {
            double all = spent;
            for (int bin = 0; bin < free.length; bin++) {
                all += free[bin] * cost(binList.get(bin), new int[open.length]);
            }
            return all < target;
        }
        List<Integer> state = IntStream.concat(Arrays.stream(open), Arrays.stream(free))
                .boxed()
                .toList();
        Double before = seen.get(state);
        if (steps-- < 0 || before != null && before <= spent) {
            return false;
        }
        seen.put(state, spent);
        for (int bin = 0; bin < free.length; bin++) {
            for (int i = 0; i < lists.get(bin).size() && free[bin] > 0; i++) {
                int[] counts = lists.get(bin).get(i);
                double loss = lost + losses.get(bin)[i];
                if (counts[itemClass] > 0 && loss < gap && fitsDemand(counts, open)) {
                    free[bin]--;
                    add(open, counts, -1);
                    boolean found = findsCheaper(open, free, loss, spent + costs.get(bin)[i]);
                    add(open, counts, 1);
                    free[bin]++;
                    if (found) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean fitsDemand(int[] counts, int[] open) {
        for (int itemClass = 0; itemClass < open.length; itemClass++) {
            if (counts[itemClass] > open[itemClass]) {
                return false;
            }
        }
        return true;
    }

    private static void add(int[] open, int[] counts, int sign) {
        for (int itemClass = 0; itemClass < open.length; itemClass++) {
            open[itemClass] += sign * counts[itemClass];
        }
    }
}

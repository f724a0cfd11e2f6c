package dev.faultline.suggest.verify;

import dev.faultline.suggest.packing.Bin;
import dev.faultline.suggest.packing.CutDual;
import dev.faultline.suggest.packing.Item;
import dev.faultline.suggest.packing.LowerBound;
import dev.faultline.suggest.packing.Packing;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What prices prove. Items that nothing tells apart are counted. A line is made up of groups of equal signature, one group after
 * the other taken or left; a branch ends when even all that is left, free of charge, would not pay.
 */
final class CertificateChecker {

    /** Whether something costs less. */
    enum Verdict {
        YES,
        NO,
        UNKNOWN
    }

    /** Loose items of one signature, size, alignment and price, that the same tolls are for. */
    private record Kind(long byteSize, double price, List<Integer> items) {}

    private final Packing packing;
    private final LowerBound bound;
    private final List<List<Kind>> groups = new ArrayList<>();
    private final List<Kind> kinds = new ArrayList<>();
    private final Map<Bin, Integer> bins = new LinkedHashMap<>();
    private final Map<Bin, Double> leasts = new HashMap<>();
    /** Of each group the tolls it pays. */
    private final List<BitSet> tollsOf = new ArrayList<>();

    private long steps;

    CertificateChecker(Packing packing, LowerBound bound, long mostSteps) {
        this.packing = packing;
        this.bound = bound;
        this.steps = mostSteps;
        packing.bins().forEach(bin -> bins.merge(bin, 1, Integer::sum));
        Map<List<Object>, Map<List<Object>, Kind>> found = new LinkedHashMap<>();
        for (int item : packing.loose().stream().toArray()) {
            Item one = packing.items().get(item);
            double price = bound.prices().get(item);
            BitSet tolls = new BitSet();
            for (int toll = 0; toll < bound.cutDuals().size(); toll++) {
                tolls.set(toll, bound.cutDuals().get(toll).items().get(item));
            }
            found.computeIfAbsent(List.of(packing.cost().signature(item), tolls), any -> new LinkedHashMap<>())
                    .computeIfAbsent(
                            List.of(one.byteSize(), one.byteAlignment(), price),
                            any -> new Kind(one.byteSize(), price, new ArrayList<>()))
                    .items()
                    .add(item);
        }
        found.forEach((key, group) -> {
            groups.add(List.copyOf(group.values()));
            kinds.addAll(group.values());
            tollsOf.add((BitSet) key.get(1));
        });
    }

    /** {@return what the prices and tolls prove; NaN when it takes too many steps} */
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
            leasts.put(bin.getKey(), least);
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

    /** One bin, and what to put into it. */
    private final class Search {

        private final Bin bin;
        private final int room;
        private final BitSet on;
        private final BitSet paid = new BitSet();
        /** Groups still to be decided on, those that can pay most first. */
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
            double worth = tolls(tollsOf.get(group));
            for (Kind kind : groups.get(group)) {
                worth += kind.price * Math.min(kind.items.size(), room / kind.byteSize);
            }
            return worth;
        }

        private double tolls(BitSet of) {
            return of.stream()
                    .mapToDouble(toll -> bound.cutDuals().get(toll).nanos())
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

        /** All ways to fill the bin that leave less than a limit; null when there are too many. */
        List<int[]> list(double limit, int mostListed) {
            listed = new ArrayList<>();
            below = limit;
            most = mostListed;
            decide(order, new double[room + 1], cost());
            return steps < 0 || listed.size() > most ? null : listed;
        }

        private void decide(List<Integer> open, double[] pays, double cost) {
            if (listed == null) {
                least = Math.min(least, cost - pays[room] - tolls(paid));
                below = least - 1e-12 * (1 + Math.abs(least));
            } else {
                count(0, new int[kinds.size()], room, cost - tolls(paid));
            }
            double bestCase = ceiling(open, pays);
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
                boolean promising = costs.get(group) - ceiling(rest, pays) < below;
                rest = rest.subList(1, rest.size());
                if (promising && (listed == null || listed.size() <= most)) {
                    take(group, rest, pays, costs.get(group));
                }
            }
        }

        private boolean canTake(int group) {
            return groups.get(group).stream().anyMatch(kind -> kind.byteSize <= room - leastBytes());
        }

        /** Groups that were taken have at least one item. */
        private long leastBytes() {
            long bytes = 0;
            for (int group = 0; group < groups.size(); group++) {
                if (isTaken(group)) {
                    bytes += groups.get(group).stream()
                            .mapToLong(Kind::byteSize)
                            .min()
                            .orElse(0);
                }
            }
            return bytes;
        }

        private boolean isTaken(int group) {
            return on.get(groups.get(group).get(0).items.get(0));
        }

        private void take(int group, List<Integer> rest, double[] pays, double cost) {
            int item = groups.get(group).get(0).items.get(0);
            BitSet before = (BitSet) paid.clone();
            on.set(item);
            paid.or(tollsOf.get(group));
            decide(rest, with(group, pays), cost);
            on.clear(item);
            paid.clear();
            paid.or(before);
        }

        /** The most that can be paid in each number of bytes, with one more group. */
        private double[] with(int group, double[] pays) {
            double[] more = pays.clone();
            for (Kind kind : groups.get(group)) {
                for (int item = 0; item < Math.min(kind.items.size(), room / kind.byteSize); item++) {
                    for (int bytes = room; bytes >= kind.byteSize; bytes--) {
                        more[bytes] = Math.max(more[bytes], more[bytes - (int) kind.byteSize] + kind.price);
                    }
                }
            }
            return more;
        }

        /** More than can be paid with any of some groups besides: their items can be cut, and bytes are all they need. */
        private double ceiling(List<Integer> open, double[] pays) {
            BitSet tolls = (BitSet) paid.clone();
            List<Kind> some = new ArrayList<>();
            for (int group : open) {
                tolls.or(tollsOf.get(group));
                some.addAll(groups.get(group));
            }
            some.sort((one, other) -> Double.compare(other.price / other.byteSize, one.price / one.byteSize));
            double[] cut = new double[room + 1];
            int used = 0;
            for (Kind kind : some) {
                long bytes = kind.byteSize * kind.items.size();
                for (; bytes > 0 && used < room; bytes--) {
                    used++;
                    cut[used] = cut[used - 1] + kind.price / kind.byteSize;
                }
            }
            for (; used < room; used++) {
                cut[used + 1] = cut[used];
            }
            double ceiling = 0;
            for (int bytes = 0; bytes <= room; bytes++) {
                ceiling = Math.max(ceiling, pays[bytes] + cut[room - bytes]);
            }
            return ceiling + tolls(tolls);
        }

        /** Lists the lines with at least one item of each group that was taken. */
        private void count(int kind, int[] counts, int left, double leaves) {
            if (steps-- < 0 || listed.size() > most) {
                return;
            }
            if (kind == kinds.size()) {
                if (leaves < below && hasAllTaken(counts) && fits(counts)) {
                    listed.add(counts.clone());
                }
                return;
            }
            Kind one = kinds.get(kind);
            boolean isTaken = groups.stream()
                    .anyMatch(group -> group.contains(one)
                            && on.get(group.get(0).items.get(0))
                            && !bin.fixed().get(group.get(0).items.get(0)));
            int largest = isTaken ? (int) Math.min(one.items.size(), left / one.byteSize) : 0;
            for (int taken = 0; taken <= largest; taken++) {
                counts[kind] = taken;
                count(kind + 1, counts, left - taken * (int) one.byteSize, leaves - taken * one.price);
            }
            counts[kind] = 0;
        }

        private boolean hasAllTaken(int[] counts) {
            boolean any = false;
            for (int group = 0; group < groups.size(); group++) {
                int total = 0;
                for (int kind = 0; kind < counts.length; kind++) {
                    total += groups.get(group).contains(kinds.get(kind)) ? counts[kind] : 0;
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
            for (int kind = 0; kind < counts.length; kind++) {
                kinds.get(kind).items.subList(0, counts[kind]).forEach(items::set);
            }
            return ByteFit.fit(packing, packing.bins().indexOf(bin), items);
        }
    }

    private static final int MOST_LISTED = 200_000;

    private final List<Bin> binKinds = new ArrayList<>();
    private final List<List<int[]>> lists = new ArrayList<>();
    private final List<double[]> costs = new ArrayList<>();
    private final List<double[]> losses = new ArrayList<>();
    /** The least that was paid on the way to where the same was open. */
    private final Map<List<Integer>, Double> seen = new HashMap<>();

    private double target;
    private double stake;

    /**
     * Whether some packing costs less than a value. Each of its lines leaves the least of its bin or more, and what all leave more
     * is part of the difference to what the prices prove; the other part are tolls of more lines than are needed.
     */
    Verdict undercuts(double value) {
        target = value;
        stake = value - bound();
        for (Map.Entry<Bin, Integer> bin : bins.entrySet()) {
            List<int[]> list = new Search(bin.getKey()).list(leasts.get(bin.getKey()) + stake, MOST_LISTED);
            if (list == null) {
                return Verdict.UNKNOWN;
            }
            binKinds.add(bin.getKey());
            lists.add(list);
            costs.add(list.stream()
                    .mapToDouble(counts -> cost(bin.getKey(), counts))
                    .toArray());
            losses.add(list.stream()
                    .mapToDouble(counts -> loss(bin.getKey(), counts))
                    .toArray());
        }
        int[] open = kinds.stream().mapToInt(kind -> kind.items.size()).toArray();
        int[] free = binKinds.stream().mapToInt(bins::get).toArray();
        boolean found = cheaper(open, free, 0, 0);
        return found ? Verdict.YES : steps < 0 ? Verdict.UNKNOWN : Verdict.NO;
    }

    private double cost(Bin bin, int[] counts) {
        BitSet items = bin.fixed();
        for (int kind = 0; kind < counts.length; kind++) {
            if (counts[kind] > 0) {
                items.set(kinds.get(kind).items.get(0));
            }
        }
        return packing.cost().nanosPerSecond(items);
    }

    private double loss(Bin bin, int[] counts) {
        BitSet tolls = new BitSet();
        double pay = 0;
        for (int kind = 0; kind < counts.length; kind++) {
            pay += counts[kind] * kinds.get(kind).price;
            for (int group = 0; group < groups.size() && counts[kind] > 0; group++) {
                if (groups.get(group).contains(kinds.get(kind))) {
                    tolls.or(tollsOf.get(group));
                }
            }
        }
        for (int toll : tolls.stream().toArray()) {
            pay += bound.cutDuals().get(toll).nanos();
        }
        return cost(bin, counts) - pay - leasts.get(bin);
    }

    private boolean cheaper(int[] open, int[] free, double lost, double spent) {
        int kind = 0;
        while (kind < open.length && open[kind] == 0) {
            kind++;
        }
        if (kind == open.length) {
            double all = spent;
            for (int bin = 0; bin < free.length; bin++) {
                all += free[bin] * cost(binKinds.get(bin), new int[open.length]);
            }
            return all < target;
        }
        List<Integer> state = new ArrayList<>();
        for (int some : open) {
            state.add(some);
        }
        for (int some : free) {
            state.add(some);
        }
        Double before = seen.get(state);
        if (steps-- < 0 || before != null && before <= spent) {
            return false;
        }
        seen.put(state, spent);
        for (int bin = 0; bin < free.length; bin++) {
            for (int i = 0; i < lists.get(bin).size() && free[bin] > 0; i++) {
                int[] counts = lists.get(bin).get(i);
                double loss = lost + losses.get(bin)[i];
                if (counts[kind] > 0 && loss < stake && goesInto(counts, open)) {
                    free[bin]--;
                    add(open, counts, -1);
                    boolean found = cheaper(open, free, loss, spent + costs.get(bin)[i]);
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

    private static boolean goesInto(int[] counts, int[] open) {
        for (int kind = 0; kind < open.length; kind++) {
            if (counts[kind] > open[kind]) {
                return false;
            }
        }
        return true;
    }

    private static void add(int[] open, int[] counts, int sign) {
        for (int kind = 0; kind < open.length; kind++) {
            open[kind] += sign * counts[kind];
        }
    }
}

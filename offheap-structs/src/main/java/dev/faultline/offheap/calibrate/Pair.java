package dev.faultline.offheap.calibrate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Two CPUs, by their places in a list of them. */
record Pair(int one, int other, Distance distance) {

    /** All pairs of a dozen CPUs. */
    static final int MOST = 66;

    private static final long SEED = 20_261_121L; // any; the same pairs each time

    /** {@return all pairs, or when there are too many as many of each distance as of any other, or all it has} */
    static List<Pair> sample(List<CpuPlace> cpus) {
        List<Pair> all = all(cpus);
        if (all.size() <= MOST) {
            return all;
        }
        Map<Distance, List<Pair>> near = new EnumMap<>(Distance.class);
        Collections.shuffle(all, new Random(SEED));
        all.forEach(pair ->
                near.computeIfAbsent(pair.distance, unseen -> new ArrayList<>()).add(pair));
        List<Pair> sample = new ArrayList<>();
        for (List<Pair> pairs : near.values()) {
            sample.addAll(pairs.subList(0, Math.min(pairs.size(), MOST / near.size())));
        }
        return sample;
    }

    /** {@return how many pairs are how far apart} */
    static Map<Distance, Integer> count(List<CpuPlace> cpus) {
        Map<Distance, Integer> count = new EnumMap<>(Distance.class);
        all(cpus).forEach(pair -> count.merge(pair.distance, 1, Integer::sum));
        return count;
    }

    private static List<Pair> all(List<CpuPlace> cpus) {
        List<Pair> all = new ArrayList<>();
        for (int one = 0; one < cpus.size(); one++) {
            for (int other = one + 1; other < cpus.size(); other++) {
                all.add(new Pair(one, other, cpus.get(one).to(cpus.get(other))));
            }
        }
        return all;
    }
}

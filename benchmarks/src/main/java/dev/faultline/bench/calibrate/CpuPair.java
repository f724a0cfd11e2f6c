package dev.faultline.bench.calibrate;

import dev.faultline.bench.cores.CpuDistance;
import dev.faultline.bench.cores.CpuPlace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Two CPUs, by their indices in a list, and how far apart they are. */
record CpuPair(int one, int other, CpuDistance distance) {

    /** The most pairs that are measured: all pairs of 12 CPUs. */
    static final int MOST = 66;

    private static final long SEED = 20_261_121L; // any number; fixed, so that the same pairs are chosen each time

    /**
     * {@return all pairs, or when there are too many a sample with equally many of each distance, as far as there are}
     */
    static List<CpuPair> sample(List<CpuPlace> cpus) {
        List<CpuPair> all = all(cpus);
        if (all.size() <= MOST) {
            return all;
        }
        Map<CpuDistance, List<CpuPair>> near = new EnumMap<>(CpuDistance.class);
        Collections.shuffle(all, new Random(SEED));
        all.forEach(pair ->
                near.computeIfAbsent(pair.distance, unseen -> new ArrayList<>()).add(pair));
        List<CpuPair> sample = new ArrayList<>();
        for (List<CpuPair> pairs : near.values()) {
            sample.addAll(pairs.subList(0, Math.min(pairs.size(), MOST / near.size())));
        }
        return sample;
    }

    /** {@return for each distance, how many pairs are that far apart} */
    static Map<CpuDistance, Integer> count(List<CpuPlace> cpus) {
        Map<CpuDistance, Integer> count = new EnumMap<>(CpuDistance.class);
        all(cpus).forEach(pair -> count.merge(pair.distance, 1, Integer::sum));
        return count;
    }

    private static List<CpuPair> all(List<CpuPlace> cpus) {
        List<CpuPair> all = new ArrayList<>();
        for (int one = 0; one < cpus.size(); one++) {
            for (int other = one + 1; other < cpus.size(); other++) {
                all.add(new CpuPair(one, other, cpus.get(one).to(cpus.get(other))));
            }
        }
        return all;
    }
}

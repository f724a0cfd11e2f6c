package dev.faultline.report.sarif;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps the worst of all results added, as many as code scanning shows. The others are counted; memory is bounded. */
final class WorstResults {

    /** The most results of a run that GitHub's code scanning shows. */
    static final int MOST_RESULTS = 5_000;

    private static final long MOST_CHARS = 16L << 20;

    private static final Comparator<Added> WORST_FIRST =
            Comparator.<Added>comparingInt(added -> added.result().rank()).thenComparingLong(Added::number);

    private final PriorityQueue<Added> leastFirst = new PriorityQueue<>(WORST_FIRST.reversed());
    private long added;
    private long chars;

    private record Added(SarifResult result, long number) {}

    void add(SarifResult result) {
        leastFirst.add(new Added(result, added++));
        chars += result.chars();
        while (leastFirst.size() > MOST_RESULTS || chars > MOST_CHARS) {
            chars -= leastFirst.remove().result().chars();
        }
    }

    /** {@return how many results were added, kept or not} */
    long added() {
        return added;
    }

    /** {@return the results kept, the worst first; equally bad ones in the order they were added} */
    List<SarifResult> worstFirst() {
        List<Added> kept = new ArrayList<>(leastFirst);
        kept.sort(WORST_FIRST);
        return kept.stream().map(Added::result).toList();
    }
}

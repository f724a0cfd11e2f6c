package dev.faultline.bench.layout.loop;

import java.util.List;

/** Decides in which order a thread does its operations, and which of them are timed. */
final class TurnSchedule {

    private static final int TURNS = AccessScript.TURNS;

    /** One of this many turns is timed: reading the clock twice costs as much as a short operation. */
    private static final int UNTIMED = 128;

    private TurnSchedule() {}

    /**
     * Makes a schedule. The operation that is furthest behind its rate is next, so that rare ones are spread evenly.
     *
     * @param part the operations with their rates
     * @return for each turn the number of its operation; the complement of the number when it is timed
     */
    static short[] of(List<AccessScript.Turn> part) {
        double sum = part.stream().mapToDouble(AccessScript.Turn::rate).sum();
        short[] turns = new short[TURNS];
        double[] credit = new double[part.size()];
        int[] seen = new int[part.size()];
        for (int turn = 0; turn < TURNS; turn++) {
            int next = 0;
            for (int i = 0; i < credit.length; i++) {
                credit[i] += part.get(i).rate() / sum;
                if (credit[i] > credit[next]) {
                    next = i;
                }
            }
            credit[next] -= 1;
            int play = part.get(next).play();
            turns[turn] = (short) (isTimed(seen[next]++, part.get(next).rate() / sum, part.size()) ? ~play : play);
        }
        return turns;
    }

    /**
     * All operations of a thread are timed about equally often, if they are frequent enough, and each at its first
     * turn.
     */
    private static boolean isTimed(int seen, double share, int plays) {
        int each = Math.max(1, TURNS / UNTIMED / plays);
        int every = (int) Math.max(1, share * TURNS / each);
        return seen % every == 0;
    }
}

package dev.faultline.offheap.bench.layout;

import java.util.List;

/** In which order a thread takes its turns, and which of them are timed. */
final class Schedule {

    private static final int TURNS = Script.TURNS;

    /** Of these turns one is timed: two looks at the clock cost as much as a short operation. */
    private static final int UNTIMED = 128;

    private Schedule() {}

    /**
     * Makes one. Whoever is most behind its rate is next, so that what is rare is spread and not done in a row.
     *
     * @param part what is done how often
     * @return for each turn the number of a play, or of a timed one its complement
     */
    static short[] of(List<Script.Turn> part) {
        double sum = part.stream().mapToDouble(Script.Turn::rate).sum();
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

    /** All of a thread's plays are timed about as often, wherever there are enough of them, and the first of each is. */
    private static boolean isTimed(int seen, double share, int plays) {
        int each = Math.max(1, TURNS / UNTIMED / plays);
        int every = (int) Math.max(1, share * TURNS / each);
        return seen % every == 0;
    }
}

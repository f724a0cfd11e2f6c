package dev.faultline.bench.layout.loop;

import java.util.List;

/**
 * The order in which a thread does its operations, and which of them are timed.
 *
 * <p>A short operation is timed in batches: it is repeated, and the clock is read before and after. The repetitions are
 * taken from the operation's own turns, so all turns together have the same mix as without them. A thread with a single
 * operation does nothing but repeat it; for it a batch changes nothing.
 *
 * @param turns for each turn the number of its operation; the complement of the number where a batch of it begins
 * @param batches for each operation, how many turns a batch of it has; 1 when it is timed alone
 * @param untimed for each turn, how many turns follow from it on before one is timed or all are done; 0 where a batch
 *     begins
 */
record TurnSchedule(short[] turns, int[] batches, short[] untimed) {

    private static final int TURNS = AccessScript.TURNS;

    /** One of this many turns is timed: reading the clock twice costs as much as a short operation. */
    private static final int UNTIMED = 128;

    /** A batch takes this long or longer, some 40 times as long as reading the clock. */
    private static final double BATCH_NANOS = 1000;

    /** No access takes less. */
    private static final double LEAST_ACCESS_NANOS = 0.5;

    /** One of this many turns is in a batch at most, when a thread has several operations. */
    private static final int UNBATCHED = 16;

    /** A batch takes at most one of this many turns of its operation. */
    private static final int BATCHES_OF_OWN = 8;

    /** An operation of the thread while turns are given out. */
    private static final class Candidate {
        private final int play;
        private final double share;
        private final int batch;
        private final int every; // a batch begins once in this many turns of the operation
        private int nextBatch;
        private int seen;
        private double credit;

        Candidate(AccessScript.Turn turn, double share, AccessScript.Play play, int number, int candidates) {
            this.play = turn.play();
            this.share = share;
            int own = (int) Math.max(1, Math.round(share * TURNS));
            int most = candidates == 1 ? TURNS / 4 : Math.min(TURNS / UNBATCHED / candidates, own / BATCHES_OF_OWN);
            this.batch = Math.max(1, Math.min(most, (int) Math.ceil(BATCH_NANOS / leastNanos(play))));
            int timed = Math.min(Math.max(1, TURNS / UNTIMED / candidates), own);
            this.every = own / Math.max(1, batch == 1 ? timed : Math.min(timed, most / batch));
            this.nextBatch = (every - batch) * number / candidates;
        }

        private boolean isTimedNext(int left) {
            return seen >= nextBatch && batch <= left;
        }
    }

    /** {@return the ns that an operation takes at least} */
    private static double leastNanos(AccessScript.Play play) {
        return play.accesses().stream()
                .mapToDouble(access -> access.gapNanos() + LEAST_ACCESS_NANOS)
                .sum();
    }

    /**
     * Makes a schedule. The operation that is furthest behind its rate is next, so that rare ones are spread evenly.
     * All operations of a thread are timed about equally often, if they are frequent enough, and each at least once.
     *
     * @param part the operations with their rates
     * @param plays what operations do, by their number
     * @return the schedule
     */
    static TurnSchedule of(List<AccessScript.Turn> part, List<AccessScript.Play> plays) {
        double sum = part.stream().mapToDouble(AccessScript.Turn::rate).sum();
        Candidate[] candidates = new Candidate[part.size()];
        int[] batches = new int[plays.size()];
        for (int i = 0; i < candidates.length; i++) {
            AccessScript.Turn turn = part.get(i);
            candidates[i] = new Candidate(turn, turn.rate() / sum, plays.get(turn.play()), i, candidates.length);
            batches[turn.play()] = candidates[i].batch;
        }
        short[] turns = new short[TURNS];
        for (int turn = 0; turn < TURNS; ) {
            turn += place(next(candidates), candidates, turns, turn);
        }
        return new TurnSchedule(turns, batches, untimed(turns));
    }

    private static short[] untimed(short[] turns) {
        short[] untimed = new short[turns.length];
        for (int turn = turns.length - 1; turn >= 0; turn--) {
            int after = turn + 1 < turns.length ? untimed[turn + 1] : 0;
            untimed[turn] = (short) (turns[turn] < 0 ? 0 : after + 1);
        }
        return untimed;
    }

    private static Candidate next(Candidate[] candidates) {
        Candidate next = candidates[0];
        for (Candidate one : candidates) {
            if (one.credit + one.share > next.credit + next.share) {
                next = one;
            }
        }
        return next;
    }

    /** {@return how many turns the operation got: a batch when it is time for one} */
    private static int place(Candidate next, Candidate[] all, short[] turns, int turn) {
        boolean isTimed = next.isTimedNext(TURNS - turn);
        int count = isTimed ? next.batch : 1;
        for (int i = 0; i < count; i++) {
            turns[turn + i] = (short) (isTimed && i == 0 ? ~next.play : next.play);
        }
        for (Candidate one : all) {
            one.credit += count * one.share;
        }
        next.credit -= count;
        next.seen += count;
        next.nextBatch += isTimed ? next.every : 0;
        return count;
    }
}

package dev.faultline.cost.simulate;

import dev.faultline.cost.AccessProgram;
import java.util.Arrays;

/**
 * Classifies misses after Dubois: a miss is true sharing when the CPU uses, before it loses the copy again, a word
 * that another CPU wrote while it had none. Every line has up to 64 words; a copy is a line in the cache of one CPU.
 */
final class MissClassifier {

    private static final int NONE = -1;

    private final AccessProgram program;
    private final Simulator.Totals totals;
    private final int cpus;
    /** Time of the last write to each word, counted in writes. */
    private final long[] wordWritten;
    /** Words of each copy that others wrote while the CPU had no copy and that it has not used since. */
    private final long[] newWords;

    private final long[] lostAt;
    private final int[] lostTo;
    private final int[] openedFor;
    private final int[] openedBy;
    private final boolean[] essential;
    /** Number of writes so far. */
    private long clock;

    private boolean counting;

    MissClassifier(AccessProgram program, Simulator.Totals totals) {
        this.program = program;
        this.totals = totals;
        cpus = program.parts.length;
        int copies = program.lines * cpus;
        wordWritten = new long[program.lines << 6];
        newWords = new long[copies];
        lostAt = new long[copies];
        lostTo = new int[copies];
        openedFor = new int[copies];
        openedBy = new int[copies];
        essential = new boolean[copies];
        Arrays.fill(lostAt, -1);
        Arrays.fill(lostTo, NONE);
        Arrays.fill(openedFor, NONE);
    }

    /** Starts adding to the totals. */
    void startCounting() {
        counting = true;
    }

    /** {@return the current time, counted in writes} */
    long clock() {
        return clock;
    }

    /** Gives a CPU without a copy a new one, for one access of a task. */
    void open(int cpu, int line, AccessProgram.Part part, int at) {
        int copy = line * cpus + cpu;
        boolean cold = lostAt[copy] < 0;
        long fresh = cold ? 0 : fresh(line, lostAt[copy]);
        newWords[copy] |= fresh;
        essential[copy] = cold;
        openedFor[copy] = part.field[at];
        openedBy[copy] = part.task;
        if (counting && cold) {
            totals.coldMisses[part.task] += program.weightOfLine[line];
        } else if (counting && (fresh & part.words[at]) == 0) {
            totals.eggersFalse[part.task] += program.weightOfLine[line];
        }
    }

    private long fresh(int line, long since) {
        long fresh = 0;
        int words = program.wordsOfLine[line];
        for (int word = 0; word < words; word++) {
            if (wordWritten[(line << 6) + word] >= since) {
                fresh |= 1L << word;
            }
        }
        return fresh;
    }

    /** Records that a CPU uses words of its copy. */
    void use(int cpu, int line, long words) {
        int copy = line * cpus + cpu;
        if ((newWords[copy] & words) != 0) {
            newWords[copy] &= ~words;
            essential[copy] = true;
        }
    }

    /** Records a write to some words. */
    void write(int line, long words) {
        clock++;
        for (long rest = words; rest != 0; rest &= rest - 1) {
            wordWritten[(line << 6) + Long.numberOfTrailingZeros(rest)] = clock;
        }
    }

    /** {@return whether one of the words was written after the given time} */
    boolean writtenSince(long time, int line, long words) {
        for (long rest = words; rest != 0; rest &= rest - 1) {
            if (wordWritten[(line << 6) + Long.numberOfTrailingZeros(rest)] > time) {
                return true;
            }
        }
        return false;
    }

    /** Takes a copy away because another CPU writes a field, and classifies the miss that opened the copy. */
    void lose(int cpu, int line, int culprit) {
        int copy = line * cpus + cpu;
        classify(copy);
        lostAt[copy] = clock + 1;
        lostTo[copy] = culprit;
        if (counting) {
            totals.invalidations += program.weightOfLine[line];
        }
    }

    private void classify(int copy) {
        int opened = openedFor[copy];
        openedFor[copy] = NONE;
        if (opened == NONE || !counting || lostTo[copy] == NONE) {
            return;
        }
        int task = openedBy[copy];
        long weight = program.weightOfLine[copy / cpus];
        if (essential[copy]) {
            totals.trueMisses[task] += weight;
        } else {
            totals.falseMisses[task] += weight;
            totals.culprits[lostTo[copy] * totals.fields + opened] += weight;
        }
    }
}

package dev.faultline.cost.simulate;

import dev.faultline.cost.AccessProgram;
import java.util.Arrays;

/**
 * Whether each miss was for something: after Dubois, a miss is true sharing when the CPU uses, before it loses the copy
 * again, a word that another CPU wrote while it had none. Every line has up to 64 words; a copy is a line at a CPU.
 */
final class MissClassifier {

    private static final int NOBODY = -1;

    private final AccessProgram program;
    private final Simulator.Ledger ledger;
    private final int cpus;
    /** When each word was last written, in writes. */
    private final long[] wordWritten;
    /** Words of a copy that others wrote while it was away, and that the CPU has not used since. */
    private final long[] newWords;

    private final long[] lostAt;
    private final int[] lostTo;
    private final int[] openedFor;
    private final int[] openedBy;
    private final boolean[] essential;
    /** Writes so far. */
    private long clock;

    private boolean counting;

    MissClassifier(AccessProgram program, Simulator.Ledger ledger) {
        this.program = program;
        this.ledger = ledger;
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
        Arrays.fill(lostTo, NOBODY);
        Arrays.fill(openedFor, NOBODY);
    }

    /** From now on what happens is entered in the ledger. */
    void startCounting() {
        counting = true;
    }

    /** {@return the time, in writes} */
    long clock() {
        return clock;
    }

    /** A CPU that has no copy gets one, for one access of a task. */
    void open(int cpu, int line, AccessProgram.Part part, int at) {
        int copy = line * cpus + cpu;
        boolean cold = lostAt[copy] < 0;
        long fresh = cold ? 0 : fresh(line, lostAt[copy]);
        newWords[copy] |= fresh;
        essential[copy] = cold;
        openedFor[copy] = part.field[at];
        openedBy[copy] = part.task;
        if (counting && cold) {
            ledger.coldMisses[part.task] += program.weightOfLine[line];
        } else if (counting && (fresh & part.words[at]) == 0) {
            ledger.eggersFalse[part.task] += program.weightOfLine[line];
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

    /** A CPU uses words of its copy. */
    void use(int cpu, int line, long words) {
        int copy = line * cpus + cpu;
        if ((newWords[copy] & words) != 0) {
            newWords[copy] &= ~words;
            essential[copy] = true;
        }
    }

    /** Words are written. */
    void write(int line, long words) {
        clock++;
        for (long rest = words; rest != 0; rest &= rest - 1) {
            wordWritten[(line << 6) + Long.numberOfTrailingZeros(rest)] = clock;
        }
    }

    /** {@return whether one of the words was written after a time} */
    boolean writtenSince(long time, int line, long words) {
        for (long rest = words; rest != 0; rest &= rest - 1) {
            if (wordWritten[(line << 6) + Long.numberOfTrailingZeros(rest)] > time) {
                return true;
            }
        }
        return false;
    }

    /** A CPU loses its copy to a write of a field, and the miss that opened the copy is judged. */
    void lose(int cpu, int line, int culprit) {
        int copy = line * cpus + cpu;
        judge(copy);
        lostAt[copy] = clock + 1;
        lostTo[copy] = culprit;
        if (counting) {
            ledger.invalidations += program.weightOfLine[line];
        }
    }

    private void judge(int copy) {
        int opened = openedFor[copy];
        openedFor[copy] = NOBODY;
        if (opened == NOBODY || !counting || lostTo[copy] == NOBODY) {
            return;
        }
        int task = openedBy[copy];
        long weight = program.weightOfLine[copy / cpus];
        if (essential[copy]) {
            ledger.trueMisses[task] += weight;
        } else {
            ledger.falseMisses[task] += weight;
            ledger.culprits[lostTo[copy] * ledger.fields + opened] += weight;
        }
    }
}

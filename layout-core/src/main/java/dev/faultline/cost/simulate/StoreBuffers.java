package dev.faultline.cost.simulate;

import dev.faultline.cost.AccessProgram;
import java.util.Arrays;

/**
 * The store buffer of each CPU: stores in program order that have not happened yet. Stores to the line of the youngest
 * entry share that entry. The buffer waits for the line of its oldest entry.
 */
final class StoreBuffers {

    private static final int FIRST_ENTRIES = 4;

    private final int most;
    private final int[] head;
    private final int[] size;
    private final int[][] line;
    private final long[][] words;
    private final AccessProgram.Part[][] part;
    private final int[][] access;
    /** The work that the CPU had done when each entry was added, in ns. */
    private final double[][] workNanos;
    /** Whether the oldest entry has asked for its line. */
    private final boolean[] asked;
    /** Whether the oldest entry has happened; it leaves the buffer when its line has arrived. */
    private final boolean[] done;
    /** Whether the CPU had no copy of the line of the oldest entry when that entry happened. */
    private final boolean[] isAway;

    /**
     * Empty buffers.
     *
     * @param cpus number of CPUs
     * @param most entries of a buffer, at least 1
     */
    StoreBuffers(int cpus, int most) {
        this.most = most;
        head = new int[cpus];
        size = new int[cpus];
        line = new int[cpus][];
        words = new long[cpus][];
        part = new AccessProgram.Part[cpus][];
        access = new int[cpus][];
        workNanos = new double[cpus][];
        asked = new boolean[cpus];
        done = new boolean[cpus];
        isAway = new boolean[cpus];
    }

    boolean isEmpty(int cpu) {
        return size[cpu] == 0;
    }

    /**
     * Adds a store.
     *
     * @param work the work that the CPU has done so far, in ns
     * @return false when the buffer is full
     */
    boolean add(int cpu, AccessProgram.Part mine, int at, double work) {
        int onLine = mine.line[at];
        if (size[cpu] > 0) {
            int youngest = index(cpu, size[cpu] - 1);
            boolean happened = size[cpu] == 1 && done[cpu];
            if (line[cpu][youngest] == onLine && !happened) {
                words[cpu][youngest] |= mine.words[at];
                return true;
            }
        }
        if (size[cpu] == most) {
            return false;
        }
        makeRoom(cpu);
        int next = index(cpu, size[cpu]++);
        line[cpu][next] = onLine;
        words[cpu][next] = mine.words[at];
        part[cpu][next] = mine;
        access[cpu][next] = at;
        workNanos[cpu][next] = work;
        return true;
    }

    private int index(int cpu, int nth) {
        return (head[cpu] + nth) % line[cpu].length;
    }

    private void makeRoom(int cpu) {
        if (line[cpu] == null) {
            int entries = Math.min(most, FIRST_ENTRIES);
            line[cpu] = new int[entries];
            words[cpu] = new long[entries];
            part[cpu] = new AccessProgram.Part[entries];
            access[cpu] = new int[entries];
            workNanos[cpu] = new double[entries];
        } else if (size[cpu] == line[cpu].length) {
            straighten(cpu);
            int entries = Math.min(most, 2 * size[cpu]);
            line[cpu] = Arrays.copyOf(line[cpu], entries);
            words[cpu] = Arrays.copyOf(words[cpu], entries);
            part[cpu] = Arrays.copyOf(part[cpu], entries);
            access[cpu] = Arrays.copyOf(access[cpu], entries);
            workNanos[cpu] = Arrays.copyOf(workNanos[cpu], entries);
        }
    }

    /** Moves the oldest entry to index 0; the buffer is full. */
    private void straighten(int cpu) {
        int n = size[cpu];
        int[] lines = line[cpu].clone();
        long[] masks = words[cpu].clone();
        AccessProgram.Part[] parts = part[cpu].clone();
        int[] accesses = access[cpu].clone();
        double[] added = workNanos[cpu].clone();
        for (int i = 0; i < n; i++) {
            int from = index(cpu, i);
            line[cpu][i] = lines[from];
            words[cpu][i] = masks[from];
            part[cpu][i] = parts[from];
            access[cpu][i] = accesses[from];
            workNanos[cpu][i] = added[from];
        }
        head[cpu] = 0;
    }

    /** {@return the line of the oldest entry} */
    int line(int cpu) {
        return line[cpu][head[cpu]];
    }

    long words(int cpu) {
        return words[cpu][head[cpu]];
    }

    AccessProgram.Part part(int cpu) {
        return part[cpu][head[cpu]];
    }

    int access(int cpu) {
        return access[cpu][head[cpu]];
    }

    /** {@return the work that the CPU had done when the oldest entry was added, in ns} */
    double workNanos(int cpu) {
        return workNanos[cpu][head[cpu]];
    }

    void removeOldest(int cpu) {
        part[cpu][head[cpu]] = null;
        head[cpu] = (head[cpu] + 1) % line[cpu].length;
        size[cpu]--;
        asked[cpu] = false;
        done[cpu] = false;
        isAway[cpu] = false;
    }

    /** Records that the oldest entry asked for its line. */
    void ask(int cpu) {
        asked[cpu] = true;
    }

    /**
     * Records that the oldest entry happened.
     *
     * @param hadCopy whether the CPU had a copy of the line, so that its loads go on before the line arrives
     */
    void happen(int cpu, boolean hadCopy) {
        done[cpu] = true;
        isAway[cpu] = !hadCopy;
    }

    /** {@return whether the data of the oldest entry's line is still on its way} */
    boolean isAway(int cpu) {
        return isAway[cpu];
    }

    /** {@return whether a load of these words finds them all in the buffer} */
    boolean forwards(int cpu, int onLine, long wanted) {
        long found = 0;
        for (int i = 0; i < size[cpu]; i++) {
            int at = index(cpu, i);
            found |= line[cpu][at] == onLine ? words[cpu][at] : 0;
        }
        return (wanted & ~found) == 0 && found != 0;
    }

    /** {@return whether the buffer waits for this line} */
    boolean waitsFor(int cpu, int onLine) {
        return size[cpu] > 0 && asked[cpu] && line(cpu) == onLine;
    }
}

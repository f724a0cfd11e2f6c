package dev.faultline.cost.closedform;

import dev.faultline.cost.LineRuns;
import dev.faultline.cost.Primitive;
import java.util.ArrayList;
import java.util.List;

/**
 * CPUs that cannot be told apart: they do the same tasks, sit in the same cluster, and find their own elements on the same
 * lines. What is computed for one holds for all, so a machine costs no more than its kinds of CPUs.
 */
final class CpuClass {

    final int size;
    final int cluster;

    final List<Shift> shifts = new ArrayList<>();
    /** Time a CPU rests between two tasks when nothing delays it, in ns. */
    double idleNanos;
    /** Tasks a second of one CPU. */
    double tasksPerSecond;
    /** The mean time of a task, stalls included; summed up once a round, for every line asks. */
    double busyNanos;
    /** Atomic operations that cross a line, of all its CPUs. */
    double splitsPerSecond;

    CpuClass(int size, int cluster) {
        this.size = size;
        this.cluster = cluster;
    }

    /**
     * One access as its lines see it.
     *
     * @param firstLine the first line it touches
     * @param lastLine the last
     * @param runs which lines between are taken together
     * @param primitive what is done
     * @param gapNanos time since the access before it
     * @param isSplit whether it is an atomic operation that crosses a line
     * @param isAlone whether no other CPU ever touches these lines; then the numbers are those of one CPU of the crew
     * @param field index of the field, or -1 where only the lines matter
     */
    record Access(
            long firstLine,
            long lastLine,
            LineRuns runs,
            Primitive primitive,
            double gapNanos,
            boolean isSplit,
            boolean isAlone,
            int field) {

        void forEachLine(LineRuns.Taker taker) {
            runs.walk(firstLine, lastLine, taker);
        }
    }

    /** Tasks of the crew that its lines cannot tell apart: equally frequent, and the same accesses to the same lines. */
    static final class Shift {
        final CpuClass cpuClass;
        final double ratePerSecond;
        final List<Access> accesses;
        /** Indices of the tasks. */
        final List<Integer> tasks;
        /** What each of them costs a CPU. */
        final SteadyStateSolver.Tally tally = new SteadyStateSolver.Tally();
        /** Part of the crew's tasks that are one of these. */
        double share;
        /** Time of each step from the start of the task to when the line is asked for, stalls before it included. */
        final double[] offsetNanos;
        /** Expected stall of each step. */
        final double[] stallNanos;

        double baseNanos;
        double busyNanos;
        /** Lines touched; of a field of very many, all. */
        double lines;
        /** Atomic operations that cross a line. */
        int splits;
        /** Whether it touches a line where something can be lost; else its times never change. */
        boolean disturbed;

        Shift(CpuClass cpuClass, double ratePerSecond, List<Access> accesses, List<Integer> tasks) {
            this.cpuClass = cpuClass;
            this.tasks = tasks;
            this.ratePerSecond = ratePerSecond;
            this.accesses = accesses;
            this.offsetNanos = new double[accesses.size()];
            this.stallNanos = new double[accesses.size()];
        }

        /** {@return tasks of all these kinds a second, of the whole crew} */
        double perSecond() {
            return cpuClass.size * cpuClass.tasksPerSecond * share;
        }
    }

    /** Adds up the mean time of a task. */
    void addUp() {
        double mean = 0;
        for (Shift shift : shifts) {
            mean += shift.share * shift.busyNanos;
        }
        busyNanos = mean;
    }
}

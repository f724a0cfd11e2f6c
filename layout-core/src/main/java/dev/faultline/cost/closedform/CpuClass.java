package dev.faultline.cost.closedform;

import dev.faultline.cost.LineRuns;
import dev.faultline.cost.Primitive;
import java.util.ArrayList;
import java.util.List;

/**
 * CPUs that behave alike: they run the same tasks, are in the same cluster, and have their own elements on the same
 * lines. Each value is computed once for all of them, so the time to solve a machine depends on its CPU classes, not
 * on its CPUs.
 */
final class CpuClass {

    final int size;
    final int cluster;

    final List<TaskClass> taskClasses = new ArrayList<>();
    /** Idle ns of a CPU between two tasks, before any delay. */
    double idleNanos;
    /** Tasks per second of one CPU. */
    double tasksPerSecond;
    /** Mean time of a task, stalls included; computed once per round, since every line uses it. */
    double busyNanos;
    /** Atomic operations per second that cross a line boundary, of all its CPUs. */
    double splitsPerSecond;
    /** Mean time that the stores of a task take in the store buffer. */
    double storeNanos;
    /** The chance that the store buffer is not empty when a task begins. */
    double backlogChance;
    /** The mean time that the stores in it still take. */
    double backlogNanos;

    double nextBacklogChance;
    double nextBacklogNanos;

    CpuClass(int size, int cluster) {
        this.size = size;
        this.cluster = cluster;
    }

    /**
     * One access to certain lines.
     *
     * @param firstLine the first line it touches
     * @param lastLine the last line it touches
     * @param runs the lines that are treated as one
     * @param primitive the kind of access
     * @param gapNanos time since the previous access
     * @param isSplit whether it is an atomic operation that crosses a line boundary
     * @param overlaps whether it is a load that begins when the load before it begins
     * @param isAlone whether no other CPU ever touches these lines; then the lines are those of one CPU of the class
     * @param field number of the word, the same for all accesses to it; -1 where only the lines matter
     */
    record Access(
            long firstLine,
            long lastLine,
            LineRuns runs,
            Primitive primitive,
            double gapNanos,
            boolean isSplit,
            boolean overlaps,
            boolean isAlone,
            int field) {

        void forEachLine(LineRuns.LineConsumer consumer) {
            runs.walk(firstLine, lastLine, consumer);
        }
    }

    /** Tasks of a CPU class that are equally frequent and make the same accesses to the same lines. */
    static final class TaskClass {
        final CpuClass cpuClass;
        final double ratePerSecond;
        final List<Access> accesses;
        /** Indices of the tasks in the workload. */
        final List<Integer> tasks;
        /** The cost of one of these tasks on one CPU. */
        final SteadyStateSolver.Tally tally = new SteadyStateSolver.Tally();
        /** Share of the class's tasks that are one of these. */
        double share;
        /** Time from the start of the task to each step's request for its line, earlier stalls included. */
        final double[] offsetNanos;
        /** Expected stall of each step. */
        final double[] stallNanos;
        /** Expected wait before each step for stores in the store buffer. */
        final double[] waitNanos;

        double baseNanos;
        double busyNanos;
        /** Number of lines touched, counting every line of a run. */
        double lines;
        /** Atomic operations per task that cross a line boundary. */
        int splits;
        /** Whether it touches a contended line; otherwise its times never change. */
        boolean disturbed;
        /** Whether one of its stores is to a contended line. */
        boolean storing;
        /** Whether loads of it do not wait for each other. */
        boolean overlapping;
        /** What it waits for; null when each access waits for its own line only. */
        TaskPipeline pipeline;
        /** Marks it as counted. */
        Object mark;

        TaskClass(CpuClass cpuClass, double ratePerSecond, List<Access> accesses, List<Integer> tasks) {
            this.cpuClass = cpuClass;
            this.tasks = tasks;
            this.ratePerSecond = ratePerSecond;
            this.accesses = accesses;
            this.offsetNanos = new double[accesses.size()];
            this.stallNanos = new double[accesses.size()];
            this.waitNanos = new double[accesses.size()];
        }

        /** {@return how many of these tasks all CPUs of the class run per second} */
        double perSecond() {
            return cpuClass.size * cpuClass.tasksPerSecond * share;
        }
    }

    /** Moves what is left in the store buffers this part of the way, and prepares for another round over them. */
    void turnBacklog(double part) {
        backlogChance += part * (Math.min(1, nextBacklogChance) - backlogChance);
        backlogNanos += part * (nextBacklogNanos - backlogNanos);
        nextBacklogChance = 0;
        nextBacklogNanos = 0;
    }

    /** {@return the mean time from one task to the next} */
    double cycleNanos() {
        return idleNanos + busyNanos + fullBufferNanos();
    }

    /** {@return the mean time per task in which a CPU waits because its store buffer is full} */
    double fullBufferNanos() {
        return Math.max(0, storeNanos - (idleNanos + busyNanos));
    }

    /** Computes the mean time of a task. */
    void addUp() {
        double mean = 0;
        for (TaskClass taskClass : taskClasses) {
            mean += taskClass.share * taskClass.busyNanos;
        }
        busyNanos = mean;
    }
}

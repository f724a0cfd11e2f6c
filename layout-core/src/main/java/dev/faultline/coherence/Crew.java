package dev.faultline.coherence;

import java.util.ArrayList;
import java.util.List;

/**
 * CPUs that cannot be told apart: they do the same tasks, sit in the same cluster, and find their own elements on the same
 * lines. What is computed for one holds for all, so a machine costs no more than its kinds of CPUs.
 */
final class Crew {

    final int size;
    final int cluster;
    /** One CPU that stands for all. */
    final int cpu;

    final List<Shift> shifts = new ArrayList<>();
    /** Time a CPU rests between two tasks when nothing delays it, in ns. */
    double idleNanos;
    /** Tasks a second of one CPU. */
    double tasksPerSecond;
    /** The mean time of a task, stalls included; summed up once a round, for every line asks. */
    double busyNanos;

    Crew(int size, int cluster, int cpu) {
        this.size = size;
        this.cluster = cluster;
        this.cpu = cpu;
    }

    /** One task as the crew does it. */
    static final class Shift {
        final Crew crew;
        final int task;
        final Task what;
        /** Part of the crew's tasks that are this one. */
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

        Shift(Crew crew, int task, Task what) {
            this.crew = crew;
            this.task = task;
            this.what = what;
            this.offsetNanos = new double[what.steps().size()];
            this.stallNanos = new double[what.steps().size()];
        }

        double perSecond() {
            return crew.size * crew.tasksPerSecond * share;
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

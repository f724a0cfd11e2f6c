package dev.faultline.cost.closedform;

import dev.faultline.cost.Primitive;

/**
 * The time that a CPU's store buffer still needs for the stores in it, as a random number with a few values, each with
 * whether the task had lost the line that it touched last. Each store asks for its line when those before it have
 * happened.
 */
final class StoreBacklog {

    private static final int MOST_VALUES = 4;

    private final double[] nanos = new double[2 * MOST_VALUES];
    private final double[] chance = new double[2 * MOST_VALUES];
    private final boolean[] lost = new boolean[2 * MOST_VALUES];
    private int size;

    /** Starts a task, with a buffer that is not empty with a chance. */
    void start(double notEmpty, double leftNanos) {
        size = 0;
        addValue(0, 1 - notEmpty, false);
        addValue(leftNanos, notEmpty, false);
    }

    /** Lets time pass. */
    void pass(double time) {
        for (int i = 0; i < size; i++) {
            nanos[i] = Math.max(0, nanos[i] - time);
        }
    }

    /** Lets the task wait, with a chance, until the buffer is empty; returns the mean wait. */
    double drain(double withChance) {
        double mean = 0;
        int before = size;
        for (int i = 0; i < before; i++) {
            if (nanos[i] > 0) {
                double its = chance[i] * withChance;
                mean += its * nanos[i];
                chance[i] -= its;
                addValue(0, its, lost[i]);
            }
        }
        merge();
        return mean;
    }

    /**
     * An access whose line the CPU has lost with a chance. A store then takes the buffer some time more; another
     * access lets the task wait for that time.
     *
     * @param primitive the access
     * @param time the time in ns
     * @param loss the chance that the line was lost
     * @param both the chance that this line and the one before it were lost; negative when that makes no difference
     * @param before the chance that the one before it was lost
     */
    void access(Primitive primitive, double time, double loss, double both, double before) {
        boolean isLinked = both >= 0 && before > 0 && before < 1;
        double ifLost = isLinked ? Math.min(1, both / before) : loss;
        double ifKept = isLinked ? Math.min(1, Math.max(0, loss - both) / (1 - before)) : loss;
        int values = size;
        for (int i = 0; i < values; i++) {
            double its = chance[i] * (lost[i] ? ifLost : ifKept);
            double then = primitive == Primitive.STORE ? nanos[i] + time : Math.max(0, nanos[i] - time);
            chance[i] -= its;
            addValue(then, its, both >= 0 || lost[i]);
            lost[i] &= both < 0;
        }
        merge();
    }

    private void addValue(double time, double its, boolean isLost) {
        if (its > 0) {
            nanos[size] = time;
            chance[size] = its;
            lost[size++] = isLost;
        }
    }

    /** Keeps at most one value above 0 for each chance of a loss: the mean. */
    private void merge() {
        for (int i = size - 1; i > 0; i--) {
            for (int j = 0; j < i; j++) {
                if (chance[i] <= 0 || lost[i] == lost[j] && nanos[i] > 0 == nanos[j] > 0) {
                    mergeInto(j, i);
                    break;
                }
            }
        }
    }

    private void mergeInto(int one, int other) {
        double all = chance[one] + chance[other];
        if (all > 0) {
            nanos[one] = (nanos[one] * chance[one] + nanos[other] * chance[other]) / all;
        }
        chance[one] = all;
        size--;
        nanos[other] = nanos[size];
        chance[other] = chance[size];
        lost[other] = lost[size];
    }

    /** Adds what is left after the idle time of a CPU to what its next task finds, for this share of its tasks. */
    void addAfterIdle(CpuClass cpuClass, double share) {
        double idle = cpuClass.idleNanos;
        for (int i = 0; i < size; i++) {
            if (nanos[i] > 0) {
                double left = idle == 0 ? 1 : -Math.expm1(-nanos[i] / idle);
                cpuClass.nextBacklogChance += share * chance[i] * left;
                cpuClass.nextBacklogNanos += share * chance[i] * (nanos[i] - idle * left);
            }
        }
    }
}

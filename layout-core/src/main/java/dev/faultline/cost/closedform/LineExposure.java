package dev.faultline.cost.closedform;

/**
 * How a CPU loses its copy of a line to writes of other CPUs, or its exclusive copy to touches of other CPUs. Rates
 * are per ns.
 */
final class LineExposure {
    /** Rate of the other CPUs' tasks, while the CPU that had the line before does not wait for it. */
    double perNano;
    /** The chance that such a task runs on the CPU that had the line before. */
    double lastShare;
    /** Mean time for which a CPU surely keeps the line after it asked for it and its task went on. */
    double keptNanos;
    /** Survival of a copy that just came, after the time for which it is surely kept. */
    final Survival fresh = new Survival();
    /** Survival of a copy that came at an unknown time. */
    final Survival old = new Survival();
    /** The chance to survive until the next task that touches the line begins, when the last touch fetched it. */
    double freshAcross;
    /** The same when the last touch found it. */
    double oldAcross;
    /** The part of the CPU's tasks, and of the times between them, that {@link #freshAcross} is divided by. */
    double freshWhole;
    /** The factor for further touches of the same tasks. */
    double notAgain;
    /** Whether the time for which a copy is surely kept matters between tasks; then it is not in freshAcross. */
    boolean isKeptAcross;

    /**
     * The offset in its task of the last touch for which the chance of a copy that is surely kept was asked, and that
     * chance: equal tasks on a line ask for the same.
     */
    double keptOffset = Double.NaN;

    double keptChance;

    /** The only other CPU, when it comes regularly; else null. */
    OtherCpu other;

    /** {@return the rate at which a copy is lost that came at an unknown time} */
    double oldPerNano() {
        return perNano / (1 + perNano * keptNanos);
    }

    /**
     * Sets the rates.
     *
     * @param foreign rate of the other CPUs' tasks
     * @param squares sum of the squares of those CPUs' rates
     * @param waiting the same, each times the ratio of the time in which the CPU waits for the line to the other time
     */
    void meet(double foreign, double squares, double waiting) {
        perNano = foreign == 0 ? 0 : foreign + waiting / foreign;
        lastShare = foreign == 0 ? 0 : squares / (foreign * foreign);
    }
}

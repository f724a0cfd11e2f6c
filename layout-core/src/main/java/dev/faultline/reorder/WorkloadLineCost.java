package dev.faultline.reorder;

import dev.faultline.coherence.Workload;
import dev.faultline.machine.Machine;
import java.util.BitSet;
import java.util.List;

/** The cost of a line, in closed form, from who does what. */
public final class WorkloadLineCost implements LineCost {

    /**
     * A cost of lines.
     *
     * @param workload who does what
     * @param machine what moving a line costs
     * @param items for each item the fields it stands for, by their indices in the workload
     */
    public WorkloadLineCost(Workload workload, Machine machine, List<BitSet> items) {}

    @Override
    public double nanosPerSecond(BitSet items) {
        throw new UnsupportedOperationException("not yet");
    }
}

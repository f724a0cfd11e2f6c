package dev.faultline.cli.run;

import dev.faultline.machine.Topology;
import dev.faultline.offheap.calibrate.Measurements;
import dev.faultline.offheap.calibrate.Measuring;
import dev.faultline.offheap.calibrate.Plan;

/** Measures the machine a run is on. */
@FunctionalInterface
public interface Measurer {

    /**
     * Measures.
     *
     * @param topology how the machine's CPUs are grouped, as far as it is known
     * @param rounds how often each figure is measured
     * @param seconds about how long the whole measurement takes
     * @param steps is told after each round
     * @throws dev.faultline.offheap.cores.InconclusiveException when it cannot be measured
     */
    Measurements measure(Topology topology, int rounds, double seconds, Measuring.Steps steps);

    /** {@return one that measures this machine} */
    static Measurer here() {
        return (topology, rounds, seconds, steps) ->
                Measuring.measure(new Plan(Measuring.cpus(topology), rounds, seconds), steps);
    }
}

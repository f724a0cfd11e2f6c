package dev.faultline.cli.measure;

import dev.faultline.bench.calibrate.CalibrationPlan;
import dev.faultline.bench.calibrate.CalibrationRun;
import dev.faultline.bench.calibrate.Measurements;
import dev.faultline.bench.cores.CpuPlaces;
import dev.faultline.machine.Topology;

/** Measures the machine that runs the command. */
@FunctionalInterface
public interface Measurer {

    /**
     * Measures.
     *
     * @param topology how the machine's CPUs are grouped, as far as it is known
     * @param rounds how often each figure is measured
     * @param seconds about how long the whole measurement takes
     * @param listener is told after each round
     * @throws dev.faultline.bench.cores.InconclusiveException when it cannot be measured
     */
    Measurements measure(Topology topology, int rounds, double seconds, CalibrationRun.Listener listener);

    /** {@return one that measures this machine} */
    static Measurer here() {
        return (topology, rounds, seconds, listener) -> CalibrationRun.measure(
                new CalibrationPlan(CalibrationPlan.spread(CpuPlaces.ofThisProcess(topology)), rounds, seconds),
                listener);
    }
}

package dev.faultline.cli.measure;

import dev.faultline.bench.cores.CpuPlace;
import dev.faultline.bench.cores.CpuPlaces;
import dev.faultline.bench.harness.BenchRunner;
import dev.faultline.bench.plan.BenchMeasurements;
import dev.faultline.bench.plan.BenchPlan;
import dev.faultline.machine.Topology;

/** Runs benchmarks on the machine that runs the command. */
@FunctionalInterface
public interface Bencher {

    /**
     * Runs a plan.
     *
     * @param plan what to run
     * @param topology how the machine's CPUs are grouped, as far as it is known
     * @param listener is told about progress
     * @return what was measured
     * @throws dev.faultline.bench.cores.InconclusiveException when it cannot be run here
     */
    BenchMeasurements run(BenchPlan plan, Topology topology, BenchRunner.Listener listener);

    /** {@return one that runs them here} */
    static Bencher here() {
        return (plan, topology, listener) -> BenchRunner.run(
                plan,
                CpuPlaces.ofThisProcess(topology).stream().map(CpuPlace::cpu).toList(),
                listener);
    }
}

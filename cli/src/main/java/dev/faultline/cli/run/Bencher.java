package dev.faultline.cli.run;

import dev.faultline.machine.Topology;
import dev.faultline.measure.Benchmark;
import dev.faultline.offheap.bench.Bench;
import dev.faultline.offheap.calibrate.CpuPlace;
import dev.faultline.offheap.calibrate.Measuring;

/** Runs benchmarks on the machine a run is on. */
@FunctionalInterface
public interface Bencher {

    /**
     * Runs one benchmark.
     *
     * @param request what to run
     * @param topology how the machine's CPUs are grouped, as far as it is known
     * @param listener is told about progress
     * @throws dev.faultline.offheap.cores.InconclusiveException when it cannot be run here
     */
    Benchmark run(Bench.Request request, Topology topology, Bench.Listener listener);

    /** {@return one that runs them here} */
    static Bencher here() {
        return (request, topology, listener) -> Bench.run(
                request, Measuring.cpus(topology).stream().map(CpuPlace::cpu).toList(), listener);
    }
}

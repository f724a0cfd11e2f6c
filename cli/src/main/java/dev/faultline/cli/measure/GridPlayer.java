package dev.faultline.cli.measure;

import dev.faultline.bench.cores.CpuPlace;
import dev.faultline.bench.cores.CpuPlaces;
import dev.faultline.bench.grid.GridMeasurements;
import dev.faultline.bench.grid.GridPlan;
import dev.faultline.bench.grid.GridRun;
import dev.faultline.machine.Topology;

/** Plays grids on the machine that runs the command. */
@FunctionalInterface
public interface GridPlayer {

    /**
     * Plays a grid.
     *
     * @param plan what to play
     * @param topology how the machine's CPUs are grouped, as far as it is known
     * @param listener is told about progress
     * @return what was measured
     * @throws dev.faultline.bench.cores.InconclusiveException when it cannot be played here
     */
    GridMeasurements play(GridPlan plan, Topology topology, GridRun.Listener listener);

    /** {@return one that plays them here} */
    static GridPlayer here() {
        return (plan, topology, listener) -> GridRun.measure(
                plan,
                CpuPlaces.ofThisProcess(topology).stream().map(CpuPlace::cpu).toList(),
                listener);
    }
}

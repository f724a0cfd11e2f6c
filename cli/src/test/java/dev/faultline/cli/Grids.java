package dev.faultline.cli;

import dev.faultline.bench.grid.GridMeasurements;
import dev.faultline.bench.grid.GridPlan;
import dev.faultline.bench.grid.GridRun;
import dev.faultline.bench.grid.SharingScenario;
import dev.faultline.bench.grid.SharingSeries;
import dev.faultline.machine.Topology;
import dev.faultline.measure.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Made-up times of threads that share lines: twice the time apart, plus the gap. */
final class Grids {

    static final Environment ENVIRONMENT =
            new Environment("Test Processor", "Test VM 17", "Linux", List.of(0, 1), true);

    private Grids() {}

    static GridMeasurements fake(GridPlan plan, Topology topology, GridRun.Listener listener) {
        listener.done(plan.rounds(), plan.rounds());
        return new GridMeasurements(plan, ENVIRONMENT, series(plan.scenarios(), plan.rounds()), 1, Optional.empty());
    }

    /** As when other processes use the CPUs. */
    static GridMeasurements busy(GridPlan plan, Topology topology, GridRun.Listener listener) {
        listener.disturbed("the CPUs were not free");
        return new GridMeasurements(plan, ENVIRONMENT, List.of(), 1, Optional.of("the CPUs were not free"));
    }

    static List<SharingSeries> series(List<SharingScenario> scenarios, int rounds) {
        List<SharingSeries> series = new ArrayList<>();
        for (SharingScenario scenario : scenarios) {
            for (String role : scenario.roles()) {
                List<Double> nanos = new ArrayList<>();
                for (int round = 0; round < rounds; round++) {
                    nanos.add((scenario.isApart() ? 10 : 20) + scenario.gapNanos() + round / 100.0);
                }
                series.add(new SharingSeries(scenario, role, nanos));
            }
        }
        return series;
    }
}

package dev.faultline.analysis;

import dev.faultline.access.AccessMap;
import dev.faultline.api.Internal;
import dev.faultline.cost.CostBreakdown;
import dev.faultline.cost.LineMap;
import dev.faultline.cost.Workload;
import dev.faultline.cost.closedform.CostModel;
import dev.faultline.cost.simulate.Simulation;
import dev.faultline.cost.simulate.SimulationOptions;
import dev.faultline.cost.simulate.Simulator;
import dev.faultline.machine.Machine;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;

/**
 * What a struct costs on growing numbers of CPUs, as simulated and as predicted by the closed form.
 *
 * @param subject the struct
 * @param access which roles use which fields
 * @param machine the machine; CPUs are added in the order of their numbers, so one socket fills after the other
 * @param options the options of the simulation
 * @param points one entry for each number of CPUs
 */
@Internal
public record ScalingCurve(
        Subject subject, AccessMap access, Machine machine, SimulationOptions options, List<Point> points) {

    public ScalingCurve {
        Objects.requireNonNull(subject);
        Objects.requireNonNull(access);
        Objects.requireNonNull(machine);
        Objects.requireNonNull(options);
        points = List.copyOf(points);
    }

    /**
     * One number of CPUs.
     *
     * @param cpus the number of CPUs
     * @param breakdown the prediction of the closed form
     * @param played the result of the simulation
     */
    public record Point(int cpus, CostBreakdown breakdown, Simulation played) {}

    /**
     * Simulates a struct on growing numbers of CPUs.
     *
     * @param subject the struct; each of its placements gets its share of the accesses
     * @param access which roles use which fields
     * @param machine the machine, with at least as many CPUs as the largest number asked for
     * @param options the options of the simulation
     * @param cpus numbers of CPUs, each from 1 to {@link Simulator#MOST_CPUS}
     * @param progress told the number of accesses simulated so far, for all points together
     * @return the results
     * @throws Simulator.TooManyCopies when more than {@link Simulator#MOST_COPIES} copies of lines exist
     */
    public static ScalingCurve play(
            Subject subject,
            AccessMap access,
            Machine machine,
            SimulationOptions options,
            List<Integer> cpus,
            LongConsumer progress) {
        List<Point> points = new ArrayList<>();
        CostModel model = new CostModel(machine);
        Simulator simulator = new Simulator(machine, options);
        long before = 0;
        for (int count : cpus) {
            if (count > machine.cpus().value()) {
                throw new IllegalArgumentException(count + " CPUs asked for, the machine has "
                        + machine.cpus().value());
            }
            Workload workload = Workload.of(access, count);
            List<LineMap> placements =
                    LineMap.all(workload.fields(), machine.lineBytes().value(), subject.placement());
            CostBreakdown breakdown =
                    new CostBreakdown(model.cost(workload, placements), model.floor(workload), workload.isAssumed());
            long done = before;
            points.add(new Point(
                    count, breakdown, simulator.run(workload, placements, played -> progress.accept(done + played))));
            before += options.accesses();
            progress.accept(before);
        }
        return new ScalingCurve(subject, access, machine, options, points);
    }
}

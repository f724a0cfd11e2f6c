package dev.faultline.analysis;

import dev.faultline.access.AccessMap;
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
 * What a struct costs as CPUs are added: played by the simulator, and beside it what the closed form predicts.
 *
 * @param subject what was played
 * @param access who touches what
 * @param machine the hardware; CPUs are added in the order of their numbers, so sockets fill one after the other
 * @param options how it was played
 * @param points one entry for each number of CPUs
 */
public record ScalingCurve(
        Subject subject, AccessMap access, Machine machine, SimulationOptions options, List<Point> points) {

    /** Copies the list. */
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
     * @param cpus how many
     * @param bill what the closed form says
     * @param played what the simulator saw
     */
    public record Point(int cpus, CostBreakdown bill, Simulation played) {}

    /**
     * Plays a struct on growing numbers of CPUs.
     *
     * @param subject the struct; each of its placements gets its part of the accesses
     * @param access who touches what
     * @param machine the hardware, with at least as many CPUs as are asked for
     * @param options how to play
     * @param cpus numbers of CPUs, each from 1 to {@link Simulator#MOST_CPUS}
     * @param progress told how many accesses of all points together have been played
     * @return what was seen
     * @throws Simulator.TooManyCopies when there are more copies of lines to follow than {@link Simulator#MOST_COPIES}
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
            CostBreakdown bill =
                    new CostBreakdown(model.cost(workload, placements), model.floor(workload), workload.isAssumed());
            long done = before;
            points.add(new Point(
                    count, bill, simulator.run(workload, placements, played -> progress.accept(done + played))));
            before += options.accesses();
            progress.accept(before);
        }
        return new ScalingCurve(subject, access, machine, options, points);
    }
}

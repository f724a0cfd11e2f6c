package dev.faultline.cost.simulate;

import dev.faultline.access.AccessMap;
import dev.faultline.access.FieldUse;
import dev.faultline.access.ProfileReader;
import dev.faultline.access.Resolution;
import dev.faultline.access.StructProfile;
import dev.faultline.cost.Cost;
import dev.faultline.cost.LineMap;
import dev.faultline.cost.OperationCost;
import dev.faultline.cost.Task;
import dev.faultline.cost.Workload;
import dev.faultline.cost.closedform.CostModel;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Costs;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Machines;
import dev.faultline.machine.Sourced;
import java.util.ArrayList;
import java.util.List;

/** A struct, its profile and its placement, all parsed from text as a user would write it. */
public record TestWorkloads(Machine machine, AccessMap access, Workload workload, LineMap lines) {

    /** A workload whose last struct, named {@code s}, starts on a line; the profile is the part below {@code s:}. */
    public static TestWorkloads of(Machine machine, String struct, String profile) {
        List<StructLayout> layouts = NotationReader.read("s.c", struct);
        StructLayout layout = layouts.get(layouts.size() - 1);
        StructProfile read = ProfileReader.read("p.yaml", "profile: test\nstructs:\n  s:\n" + profile.indent(4))
                .forStruct("s")
                .orElseThrow();
        return of(machine, Resolution.resolve(layout, read));
    }

    static TestWorkloads of(Machine machine, AccessMap access) {
        Workload workload = Workload.of(access, machine.cpus().value());
        LineMap lines = LineMap.of(workload.fields(), machine.lineBytes().value(), 0);
        return new TestWorkloads(machine, access, workload, lines);
    }

    /** This workload without the accesses to one field; gaps are kept. */
    public TestWorkloads without(FieldRef field) {
        List<FieldUse> uses = new ArrayList<>();
        double gap = 0;
        FieldUse dropped = null;
        for (FieldUse use : access.uses()) {
            gap = dropped != null && dropped.operation().equals(use.operation()) ? gap : 0;
            dropped = use.field().equals(field) ? use : null;
            gap += use.gapNanos();
            if (dropped == null) {
                uses.add(new FieldUse(
                        use.field(),
                        use.kind(),
                        use.role(),
                        use.operation(),
                        use.position(),
                        use.ratePerSecond(),
                        gap,
                        use.elements(),
                        use.evidence()));
                gap = 0;
            }
        }
        return of(machine, new AccessMap(access.certainty(), access.source(), uses, access.phases()));
    }

    /** An x86-64 server with the given CPUs in one socket or two. */
    public static Machine machine(int cpus, int sockets) {
        Machine server = Machines.x86().withCpus(cpus, "test");
        return new Machine(
                "test",
                server.lineBytes(),
                server.pairBytes(),
                server.pageBytes(),
                new dev.faultline.machine.Topology(
                        new Sourced<>(cpus, "test"), new Sourced<>(sockets, "test"), new Sourced<>(sockets, "test")),
                server.costs().withRetention(0, "test"));
    }

    /** Costs of hits, atomics, and transfers within and between sockets; the line is busy for the whole transfer. */
    public static Costs costs(double hit, double atomic, double near, double far) {
        return new Costs(
                cost(hit),
                cost(atomic),
                new Costs.Transfers(cost(near), cost(near), cost(far)),
                cost(1),
                cost(1),
                cost(300),
                cost(0),
                cost(0),
                cost(0),
                new Costs.Pipeline(cost(hit), new Sourced<>(56, "test"), new Sourced<>(10, "test")));
    }

    private static Sourced<Double> cost(double value) {
        return new Sourced<>(value, "test");
    }

    public TestWorkloads with(Costs costs) {
        return new TestWorkloads(machine.withCosts(costs), access, workload, lines);
    }

    public TestWorkloads with(LineMap other) {
        return new TestWorkloads(machine, access, workload, other);
    }

    public Cost cost() {
        return new CostModel(machine).cost(workload, lines);
    }

    Simulation play(SimulationOptions options) {
        return new Simulator(machine, options).run(workload, lines);
    }

    /**
     * Any waiting CPU may be next, as the closed form and the chain assume: with first come, first served, a
     * compare-and-set fails about as often as there are CPUs.
     */
    public Simulation play(long seed, long accesses) {
        return play(new SimulationOptions(
                seed,
                SimulationOptions.Protocol.MESI,
                SimulationOptions.Arbitration.RANDOM,
                0,
                machine.costs().retention().value(),
                accesses));
    }

    /** The simulated value of {@link Cost#coherenceNanosPerSecond}. */
    double playedNanosPerSecond(Simulation played) {
        double total = 0;
        for (int i = 0; i < played.operations().size(); i++) {
            total += asked(i) * played.operations().get(i).stallNanosPerOp();
        }
        return total;
    }

    /** The simulated time of all operations per second without stalls, at the rates in the profile. */
    double playedOwnNanosPerSecond(Simulation played) {
        double total = 0;
        for (int i = 0; i < played.operations().size(); i++) {
            Simulation.Played one = played.operations().get(i);
            total += asked(i) * (one.nanosPerOp() - one.stallNanosPerOp());
        }
        return total;
    }

    /** Simulated misses and upgrades of all CPUs per second, at the rates in the profile. */
    double playedServicesPerSecond(Simulation played) {
        double total = 0;
        for (int i = 0; i < played.operations().size(); i++) {
            Simulation.Played one = played.operations().get(i);
            total += asked(i) * (one.misses().coherence() + one.upgrades());
        }
        return total;
    }

    /** Misses and upgrades of all CPUs per second by the closed form. */
    double servicesPerSecond(Cost cost) {
        double total = 0;
        for (int i = 0; i < cost.operations().size(); i++) {
            OperationCost one = cost.operations().get(i);
            total += asked(i) * (one.events().misses() + one.events().upgrades());
        }
        return total;
    }

    public double nanosPerSecond() {
        return cost().coherenceNanosPerSecond(workload);
    }

    /** Misses of all CPUs per second. */
    public double missesPerSecond(Cost cost) {
        double total = 0;
        for (int i = 0; i < cost.operations().size(); i++) {
            total += asked(i) * cost.operations().get(i).events().misses();
        }
        return total;
    }

    private double asked(int task) {
        Task what = workload.tasks().get(task);
        return what.ratePerSecond() * what.cpus().size();
    }

    /** The entry of an operation by its name. */
    public OperationCost op(Cost cost, String operation) {
        return cost.operations().get(indexOf(operation));
    }

    public Simulation.Played op(Simulation played, String operation) {
        return played.operations().get(indexOf(operation));
    }

    private int indexOf(String operation) {
        List<String> names = workload.tasks().stream().map(Task::operation).toList();
        return names.indexOf(operation);
    }
}

package dev.faultline.bench.grid;

import dev.faultline.access.AccessKind;
import dev.faultline.access.ProfileReader;
import dev.faultline.access.Resolution;
import dev.faultline.bench.layout.loop.ClosedLoop;
import dev.faultline.cost.LineMap;
import dev.faultline.cost.simulate.Simulation;
import dev.faultline.cost.simulate.SimulationOptions;
import dev.faultline.cost.simulate.SimulationOptions.Arbitration;
import dev.faultline.cost.simulate.SimulationOptions.Protocol;
import dev.faultline.cost.simulate.Simulator;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machine;
import java.util.Map;

/** The simulator as a model. */
public final class SharingSimulator implements SharingModel {

    private static final StructLayout WORD =
            NotationReader.read("grid", "struct word { long count; };").get(0);
    private static final long ACCESSES = 40_000;

    private final long accesses;

    /** The simulator, with enough accesses for three digits. */
    public SharingSimulator() {
        this(ACCESSES);
    }

    /**
     * The simulator.
     *
     * @param accesses how many accesses to simulate for each answer
     */
    public SharingSimulator(long accesses) {
        this.accesses = accesses;
    }

    @Override
    public Map<String, Double> nanos(SharingScenario scenario, Machine machine) {
        return scenario.simulated(machine, accesses);
    }

    @Override
    public double addNanos(int threads, Machine machine) {
        return contended(AccessKind.RMW, threads, machine).nanosPerOp() / threads;
    }

    @Override
    public double retries(int threads, Machine machine) {
        return contended(AccessKind.CAS_LOOP, threads, machine).retries();
    }

    private Simulation.Played contended(AccessKind kind, int threads, Machine machine) {
        String yaml = "profile: grid\nstructs:\n  word:\n    roles: { all: { cpus: all } }\n    operations:\n"
                + "      - { name: update, role: all, rate: 1e6, accesses: [ { field: count, kind: " + kind.word()
                + " } ] }\n";
        ClosedLoop loop = ClosedLoop.of(
                Resolution.resolve(
                        WORD, ProfileReader.read("grid", yaml).forStruct("word").orElseThrow()),
                threads);
        LineMap lines = LineMap.of(loop.workload().fields(), machine.lineBytes().value(), 0);
        double retention = machine.costs().retention().value();
        SimulationOptions options = new SimulationOptions(1, Protocol.MESI, Arbitration.RANDOM, 0, retention, accesses);
        Machine enough = threads <= machine.cpus().value() ? machine : machine.withCpus(threads, "as many as threads");
        return new Simulator(enough, options)
                .run(loop.workload(), lines)
                .operations()
                .get(0);
    }
}

package dev.faultline.offheap.benchmark;

import dev.faultline.access.Operation;
import dev.faultline.access.Resolution;
import dev.faultline.access.StructProfile;
import dev.faultline.coherence.CostModel;
import dev.faultline.coherence.LineMap;
import dev.faultline.coherence.OperationCost;
import dev.faultline.coherence.Simulation;
import dev.faultline.coherence.SimulationOptions;
import dev.faultline.coherence.SimulationOptions.Arbitration;
import dev.faultline.coherence.SimulationOptions.Protocol;
import dev.faultline.coherence.Simulator;
import dev.faultline.coherence.Workload;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Machine;
import dev.faultline.machine.MachineFiles;
import dev.faultline.machine.MachineReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the models say of a layout pair, for one role.
 *
 * @param pair name of the case
 * @param role name of the role
 * @param playedBefore ns an operation on the layout as found, by the simulator
 * @param playedAfter the same for the other layout
 * @param modelBefore by the closed form
 * @param modelAfter the same for the other layout
 */
record PairPrediction(
        String pair, String role, double playedBefore, double playedAfter, double modelBefore, double modelAfter) {

    private static final long ACCESSES = 2_000_000;
    /** Players do not rest: an operation follows the last one at once. */
    private static final double WITHOUT_REST = 1e4;

    /** {@return how much faster the other layout is, as played} */
    double playedRatio() {
        return playedBefore / playedAfter;
    }

    /** {@return how much faster the other layout is, by the closed form} */
    double modelRatio() {
        return modelBefore / modelAfter;
    }

    /** {@return the prediction for each role of a case} */
    static List<PairPrediction> of(LayoutPair pair, Machine machine) {
        double[] before = nanos(pair, pair.before(), machine);
        double[] after = nanos(pair, pair.after(), machine);
        List<PairPrediction> predictions = new ArrayList<>();
        for (int role = 0; role < 2; role++) {
            predictions.add(new PairPrediction(
                    pair.name(),
                    pair.profile().roles().get(role).name(),
                    before[role],
                    after[role],
                    before[2 + role],
                    after[2 + role]));
        }
        return predictions;
    }

    /** Mean ns an operation of both roles as played, then by the closed form; operations weighed by their rates. */
    private static double[] nanos(LayoutPair pair, StructLayout layout, Machine machine) {
        Workload workload = Workload.of(Resolution.resolve(layout, restless(pair.profile())), 2);
        LineMap lines = LineMap.of(workload.fields(), machine.lineBytes().value(), 0);
        double retention = machine.costs().retention().value();
        Simulation played = new Simulator(
                        machine, new SimulationOptions(1, Protocol.MESI, Arbitration.RANDOM, 0, retention, ACCESSES))
                .run(workload, lines);
        List<OperationCost> model = new CostModel(machine).cost(workload, lines).operations();
        double[] nanos = new double[4];
        double[] weights = new double[2];
        for (int i = 0; i < workload.tasks().size(); i++) {
            int role = workload.tasks()
                            .get(i)
                            .role()
                            .equals(pair.profile().roles().get(0).name())
                    ? 0
                    : 1;
            double weight = workload.tasks().get(i).ratePerSecond();
            weights[role] += weight;
            nanos[role] += weight * played.operations().get(i).nanosPerOp();
            nanos[2 + role] += weight * (model.get(i).baseNanos() + model.get(i).coherenceNanos());
        }
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] /= weights[i % 2];
        }
        return nanos;
    }

    private static StructProfile restless(StructProfile profile) {
        List<Operation> operations = profile.operations().stream()
                .map(one -> new Operation(one.name(), one.role(), one.ratePerSecond() * WITHOUT_REST, one.accesses()))
                .toList();
        return new StructProfile(
                profile.struct(), profile.title(), profile.roles(), operations, profile.phases(), profile.source());
    }

    /** {@return a machine file} */
    static Machine machine(Path file) throws IOException {
        return MachineReader.read(file.toString(), Files.readString(file), MachineFiles.none());
    }

    /**
     * Prints what is predicted for each case.
     *
     * @param args a machine file
     * @throws IOException when it cannot be read
     */
    public static void main(String[] args) throws IOException {
        Machine machine = machine(Path.of(args[0]));
        System.out.println("| case | role | played before | after | ratio | closed form before | after | ratio |");
        System.out.println("|---|---|--:|--:|--:|--:|--:|--:|");
        for (String name : LayoutPair.NAMES) {
            for (PairPrediction one : of(LayoutPair.load(name), machine)) {
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %s | %.1f | %.1f | %.2f | %.1f | %.1f | %.2f |%n",
                        one.pair(),
                        one.role(),
                        one.playedBefore(),
                        one.playedAfter(),
                        one.playedRatio(),
                        one.modelBefore(),
                        one.modelAfter(),
                        one.modelRatio());
            }
        }
    }
}

package dev.faultline.bench.validation;

import dev.faultline.access.Role;
import dev.faultline.bench.layout.loop.ClosedLoop;
import dev.faultline.bench.layout.loop.ClosedLoop.Prediction;
import dev.faultline.bench.layout.loop.PlayedOperation;
import dev.faultline.cost.LineMap;
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

    /** {@return how much faster the other layout is, as played} */
    double playedRatio() {
        return playedBefore / playedAfter;
    }

    /** {@return how much faster the other layout is, by the closed form} */
    double modelRatio() {
        return modelBefore / modelAfter;
    }

    /** What both models say of one layout. */
    private record Both(Prediction played, Prediction calculated) {

        static Both of(ClosedLoop loop, Machine machine) {
            LineMap lines =
                    LineMap.of(loop.workload().fields(), machine.lineBytes().value(), 0);
            return new Both(loop.simulated(machine, lines, ACCESSES), loop.calculated(machine, lines));
        }
    }

    /** {@return the prediction for each role of a case} */
    static List<PairPrediction> of(LayoutPair pair, Machine machine) {
        Both before = Both.of(pair.loop(pair.before()), machine);
        Both after = Both.of(pair.loop(pair.after()), machine);
        List<PairPrediction> predictions = new ArrayList<>();
        for (Role role : pair.profile().roles()) {
            PlayedOperation operation = pair.operation(role);
            predictions.add(new PairPrediction(
                    pair.name(),
                    role.name(),
                    before.played().nanos().get(operation),
                    after.played().nanos().get(operation),
                    before.calculated().nanos().get(operation),
                    after.calculated().nanos().get(operation)));
        }
        return predictions;
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

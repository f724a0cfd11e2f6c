package dev.faultline.cli.command;

import dev.faultline.bench.cores.InconclusiveException;
import dev.faultline.bench.grid.GridComparison;
import dev.faultline.bench.grid.GridMeasurements;
import dev.faultline.bench.grid.GridPlan;
import dev.faultline.bench.grid.GridRun;
import dev.faultline.bench.grid.SharingKind;
import dev.faultline.bench.grid.SharingScenario;
import dev.faultline.bench.grid.SharingSimulator;
import dev.faultline.cli.option.Glob;
import dev.faultline.cli.option.OutputOptions;
import dev.faultline.cli.option.UsageException;
import dev.faultline.cli.output.ReportFile;
import dev.faultline.cli.run.CliContext;
import dev.faultline.cli.run.ExitStatus;
import dev.faultline.cli.run.Progress;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Topology;
import dev.faultline.measure.SharingGrid;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code faultline bench grid}: plays two threads on one line and on lines apart, and sets beside it what the simulator
 * predicts.
 *
 * @param context what the run depends on
 * @param machine the machine to predict for
 * @param isThorough whether there are more rounds, and disturbances are waited out
 * @param millis how long each time is measured in a round; nothing for the default
 */
record GridBench(CliContext context, Machine machine, boolean isThorough, Optional<Integer> millis) {

    /** The word that names the grid among the suites. */
    static final String NAME = "grid";

    private static final int ROUNDS = 15;
    private static final int THOROUGH_ROUNDS = 41;
    private static final int MILLIS = 40;
    private static final double PATIENCE_SECONDS = 30;
    private static final double LONG_PATIENCE_SECONDS = 600;

    /**
     * Plays and reports it.
     *
     * @param kinds which kinds of operations; null for all
     * @param output where the report goes
     * @return the exit status
     */
    int run(Glob kinds, OutputOptions output) throws IOException {
        ReportWriters reports = ReportWriters.of(output, context).expectMoreThanStructs("measurements");
        GridPlan plan = plan(scenarios(kinds));
        try (ReportFile file = context.open(output.file)) {
            GridMeasurements measured = play(plan, context.machine().get().topology());
            SharingGrid grid = GridComparison.of(measured, new SharingSimulator(), machine);
            reports.grid(grid, file.writer());
            file.commit();
            grid.inconclusive().ifPresent(why -> context.say("inconclusive: " + why));
            return grid.inconclusive().isEmpty() ? ExitStatus.CLEAN : ExitStatus.FAILED;
        } catch (InconclusiveException inconclusive) {
            context.say(inconclusive.getMessage());
            return ExitStatus.FAILED;
        }
    }

    private static List<SharingScenario> scenarios(Glob kinds) {
        List<SharingScenario> all = SharingScenario.all(SharingScenario.GRID_GAPS);
        if (kinds == null) {
            return all;
        }
        List<SharingScenario> matching =
                all.stream().filter(one -> kinds.matches(one.kind().title())).toList();
        if (matching.isEmpty()) {
            throw UsageException.ofValue(
                    "--scenario",
                    "a pattern that matches one of "
                            + Arrays.stream(SharingKind.values())
                                    .map(SharingKind::title)
                                    .collect(Collectors.joining(", ")),
                    kinds.text());
        }
        return matching;
    }

    private GridPlan plan(List<SharingScenario> scenarios) {
        int rounds = isThorough ? THOROUGH_ROUNDS : ROUNDS;
        double seconds = millis.orElse(MILLIS) / 1e3 * (rounds + 1.0) * scenarios.size();
        return new GridPlan(
                scenarios,
                rounds,
                Math.min(GridPlan.MOST_SECONDS, seconds),
                isThorough ? LONG_PATIENCE_SECONDS : PATIENCE_SECONDS);
    }

    private GridMeasurements play(GridPlan plan, Topology topology) {
        try (Progress progress = Progress.of(plan.rounds(), "rounds", context)) {
            progress.say(plan.rounds() + " rounds, about " + Math.round(plan.seconds() * 1.2 + 10) + " s");
            return context.gridPlayer().play(plan, topology, new GridRun.Listener() {
                @Override
                public void done(int rounds, int of) {
                    progress.done(rounds);
                }

                @Override
                public void disturbed(String why) {
                    progress.say("disturbed: " + why);
                }
            });
        }
    }
}

package dev.faultline.bench.harness;

import dev.faultline.bench.plan.BenchPlan;
import dev.faultline.bench.plan.ContestantSpec;
import dev.faultline.bench.plan.ForkSample;
import dev.faultline.bench.plan.PlannedScenario;
import dev.faultline.bench.plan.ScenarioMeasurement;
import dev.faultline.measure.RunEffort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Runs scenarios round by round. A round is one fork of each contestant; their order rotates, so that drift affects all
 * alike. A round counts when the CPUs were free before and after it. Otherwise it is run again, until the time for
 * disturbed rounds of the whole run is used up.
 */
final class RoundRunner {

    private final FreeCpuGate gate;
    private final ForkRunner forks;
    private final long pauseMillis;
    private final BenchRunner.Listener listener;
    private long patienceNanos;
    private int counted;
    private int pinned;
    private int done;
    private int expected;

    RoundRunner(
            FreeCpuGate gate, ForkRunner forks, long patienceMillis, long pauseMillis, BenchRunner.Listener listener) {
        this.gate = gate;
        this.forks = forks;
        this.patienceNanos = patienceMillis * 1_000_000;
        this.pauseMillis = pauseMillis;
        this.listener = listener;
    }

    /** {@return what each scenario of a plan measured, in its order} */
    List<ScenarioMeasurement> run(BenchPlan plan) {
        expected = plan.forks();
        List<ScenarioMeasurement> measured = new ArrayList<>();
        for (PlannedScenario scenario : plan.scenarios()) {
            measured.add(run(scenario, plan.effort()));
        }
        return measured;
    }

    /** {@return whether every thread of every fork stayed on its CPU, and at least one fork counted} */
    boolean pinned() {
        return counted > 0 && pinned == counted;
    }

    private ScenarioMeasurement run(PlannedScenario scenario, RunEffort effort) {
        int contestants = scenario.contestants().size();
        List<List<ForkSample>> samples = new ArrayList<>();
        scenario.contestants().forEach(one -> samples.add(new ArrayList<>()));
        Optional<String> problem = Optional.empty();
        int round = 0;
        while (round < effort.forks() && problem.isEmpty()) {
            long started = System.nanoTime();
            try {
                ForkSample[] one = round(scenario, effort, round);
                for (int i = 0; i < contestants; i++) {
                    samples.get(i).add(one[i]);
                }
                round++;
            } catch (DisturbedException disturbed) {
                listener.disturbed(scenario.spec().name() + ": " + disturbed.getMessage());
                problem = waitAfter(disturbed, started);
            }
        }
        done += contestants * effort.forks();
        listener.done(done, expected);
        return new ScenarioMeasurement(scenario, problem.isPresent() ? List.of() : samples, problem);
    }

    private ForkSample[] round(PlannedScenario scenario, RunEffort effort, int round) throws DisturbedException {
        requireFreeCpus();
        List<ContestantSpec> contestants = scenario.contestants();
        ForkSample[] samples = new ForkSample[contestants.size()];
        for (int i = 0; i < samples.length; i++) {
            int next = (round + i) % samples.length;
            samples[next] = forks.run(scenario, contestants.get(next), effort);
            listener.done(done + round * samples.length + i + 1, expected);
        }
        requireFreeCpus();
        counted += samples.length;
        pinned += (int) Arrays.stream(samples).filter(ForkSample::pinned).count();
        return samples;
    }

    private void requireFreeCpus() throws DisturbedException {
        Optional<String> problem = gate.problem();
        if (problem.isPresent()) {
            throw DisturbedException.passing(problem.get());
        }
    }

    /** {@return why there is no other attempt; nothing, after a pause, when there is one} */
    private Optional<String> waitAfter(DisturbedException disturbed, long startedNanos) {
        try {
            patienceNanos -= System.nanoTime() - startedNanos + pauseMillis * 1_000_000;
            if (!disturbed.mayPass() || patienceNanos < 0) {
                return Optional.of(disturbed.getMessage());
            }
            Thread.sleep(pauseMillis);
            return Optional.empty();
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }
}

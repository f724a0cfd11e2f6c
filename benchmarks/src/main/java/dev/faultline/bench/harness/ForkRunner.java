package dev.faultline.bench.harness;

import dev.faultline.bench.plan.ContestantSpec;
import dev.faultline.bench.plan.ForkSample;
import dev.faultline.bench.plan.PlannedScenario;
import dev.faultline.measure.RunEffort;

/** Runs a contestant in a VM of its own. */
@FunctionalInterface
interface ForkRunner {

    /**
     * Runs one fork.
     *
     * @param scenario what is done, by how many threads
     * @param contestant who does it
     * @param effort for how long
     * @return what was measured
     * @throws DisturbedException when it does not count
     */
    ForkSample run(PlannedScenario scenario, ContestantSpec contestant, RunEffort effort) throws DisturbedException;
}

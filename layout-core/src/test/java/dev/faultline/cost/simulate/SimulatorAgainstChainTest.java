package dev.faultline.cost.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.cost.chain.RetryChain;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where only the line takes time and any waiting CPU may be next, the simulator plays the chain. */
@Tag("slow")
class SimulatorAgainstChainTest {

    private static final String COUNTER = "struct s { long count; };";

    @ParameterizedTest
    @CsvSource({
        "4, 0",
        "8, 0",
        "16, 0",
        "28, 0",
        "56, 0",
        "112, 0",
        "4, 0.0862",
        "8, 0.0862",
        "16, 0.0862",
        "28, 0.0862",
        "56, 0.0862",
        "112, 0.0862",
        "16, 0.5",
        "16, 1"
    })
    void increments_and_decrements_retry_as_often_as_the_chain_says(int cpus, double retention) {
        TestWorkloads world = world(cpus, """
                - { field: count, kind: cas-loop }
                - { field: count, kind: rmw }
                """);

        Simulation played = world.play(random(retention));

        RetryChain.Solution chain = RetryChain.solve(cpus, retention);
        Simulation.Played pair = played.operations().get(0);
        assertThat(pair.retries() / chain.retriesPerIncrement()).isCloseTo(1, within(0.02));
        assertThat(pair.nanosPerOp() / (cpus * chain.servicesPerPair() * 50)).isCloseTo(1, within(0.02));
        assertThat(played.utilisation()).isCloseTo(1, within(0.01));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 16, 112})
    void the_pure_loop_retries_as_often_as_its_chain_says(int cpus) {
        TestWorkloads world = world(cpus, "- { field: count, kind: cas-loop }");

        Simulation.Played loop = world.play(random(0)).operations().get(0);

        assertThat(loop.retries() / RetryChain.pureLoopRetries(cpus, 0)).isCloseTo(1, within(0.02));
    }

    private static TestWorkloads world(int cpus, String accesses) {
        String profile = """
                roles:
                  all: { cpus: all }
                operations:
                  - name: pair
                    role: all
                    rate: 1e12
                    accesses:
                """ + accesses.indent(6);
        return TestWorkloads.of(
                TestWorkloads.machine(cpus, 1).withCosts(TestWorkloads.costs(0, 0, 50, 50)), COUNTER, profile);
    }

    private static SimulationOptions random(double retention) {
        return new SimulationOptions(
                7, SimulationOptions.Protocol.MESI, SimulationOptions.Arbitration.RANDOM, 0, retention, 1_000_000);
    }
}

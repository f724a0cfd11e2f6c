package dev.faultline.cost.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.cost.OperationCost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A store waits for its line while the CPU works on, until the stores of that work have filled the store buffer: 56
 * entries at 0.3 stores a ns, so 187 ns.
 *
 * <p>That it happens was measured with two threads that store to one line, each with stores of its own between: 100
 * of those in 45 ns, and the loop takes 82 ns; 30 in 110 ns, and it takes as long as on lines apart.
 */
class FullStoreBufferTest {

    private static final double OWN_NANOS = 2;

    private static TestWorkloads world(int cpus, String rate, double gapNanos) {
        return TestWorkloads.of(TestWorkloads.machine(cpus, 1), "struct s { long word[" + cpus + "]; };", """
                roles:
                  cpu: { cpus: all }
                operations:
                  - name: put
                    role: cpu
                    rate: %s
                    accesses:
                      - { field: "word[any]", kind: write, gap: %sns }
                """.formatted(
                        rate, gapNanos));
    }

    private static double closedNanos(TestWorkloads world) {
        OperationCost put = world.cost().operations().get(0);
        return put.totalNanos();
    }

    private static double playedNanos(TestWorkloads world) {
        return world.play(1, 200_000).operations().get(0).nanosPerOp();
    }

    @ParameterizedTest
    @CsvSource({"2, max, 85", "2, max, 300", "4, max, 1000", "64, max, 1000", "16, 1e6, 85", "64, 1e6, 300"})
    void a_store_whose_line_comes_before_the_buffer_is_full_waits_for_nothing(int cpus, String rate, double gapNanos) {
        TestWorkloads world = world(cpus, rate, gapNanos);

        assertThat(closedNanos(world)).isCloseTo(gapNanos, within(OWN_NANOS));
        assertThat(playedNanos(world)).isCloseTo(gapNanos, within(OWN_NANOS));
    }

    /**
     * The closed form is up to a third below where 8 CPUs work for less than the buffer holds: it has the queue of
     * stores that share an entry too short.
     */
    @ParameterizedTest
    @CsvSource({"8, 20", "8, 85", "16, 20", "16, 85", "16, 300", "32, 20", "32, 85", "32, 300", "64, 85", "64, 300"})
    void where_many_cpus_store_to_one_line_both_models_say_how_long_the_full_buffer_stops_them(
            int cpus, double gapNanos) {
        TestWorkloads world = world(cpus, "max", gapNanos);
        double played = playedNanos(world);

        assertThat(played).isGreaterThan(1.2 * gapNanos);
        assertThat(closedNanos(world)).isBetween(played / 1.5, played * 1.5);
    }

    @Test
    void an_atomic_operation_that_waits_for_the_store_leaves_nothing_for_the_buffer() {
        TestWorkloads world = TestWorkloads.of(
                TestWorkloads.machine(8, 1), "struct s { long word[8]; char pad[64]; long own[64]; };", """
                roles:
                  cpu: { cpus: all }
                operations:
                  - name: put
                    role: cpu
                    rate: 1e6
                    accesses:
                      - { field: "word[any]", kind: write, gap: 300ns }
                      - { field: "own[any]", kind: rmw, gap: 50ns }
                """);

        assertThat(closedNanos(world) / playedNanos(world)).isCloseTo(1, within(0.1));
    }
}

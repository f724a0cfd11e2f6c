package dev.faultline.cost.closedform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.cost.Cost;
import dev.faultline.cost.Task;
import dev.faultline.cost.simulate.Simulation;
import dev.faultline.cost.simulate.SimulationOptions;
import dev.faultline.cost.simulate.Simulator;
import dev.faultline.cost.simulate.TestWorkloads;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Extreme rates, times and sizes give a finite number, or a message that says why there is none. */
class EdgesOfNumbersTest {

    private static final String ROLES = "roles: { a: { cpus: 1 }, b: { cpus: 4 } }\noperations:\n";
    private static final String RARE_AND_FREQUENT = ROLES
            + "  - { name: rare, role: a, rate: 1e-6, accesses: [ { field: x, kind: write, gap: 1000000s } ] }\n"
            + "  - { name: more, role: b, rate: 1e12, accesses: [ { field: y, kind: read } ] }\n"
            + "  - { name: loop, role: b, rate: 1e12, accesses: [ { field: z, kind: cas-loop } ] }\n"
            + "  - { name: seldom, role: b, rate: 1e-6, accesses: [ { field: y, kind: write } ] }\n";

    @Test
    void very_rare_tasks_among_very_frequent_ones_have_a_cost() {
        TestWorkloads world = TestWorkloads.of(
                TestWorkloads.machine(8, 1), "struct s { long x; long y; long z; };", RARE_AND_FREQUENT);

        for (TestWorkloads one : List.of(world, world.with(TestWorkloads.costs(0, 0, 5, 5)))) {
            Cost cost = new CostModel(one.machine()).cost(one.workload(), one.lines());

            assertThat(cost.utilisation()).isFinite();
            assertThat(cost.operations())
                    .allSatisfy(operation -> assertThat(operation.totalNanos()).isFinite())
                    .allSatisfy(operation ->
                            assertThat(operation.ratePerSecond()).isFinite().isPositive());
        }
    }

    @Test
    void a_simulation_in_which_nothing_takes_any_time_counts_finitely_many_operations() {
        TestWorkloads world = TestWorkloads.of(
                        TestWorkloads.machine(4, 1),
                        "struct s { long x; };",
                        ROLES + "  - { name: o, role: a, rate: 1e12, accesses: [ { field: x, kind: rmw } ] }\n")
                .with(TestWorkloads.costs(0, 0, 1e-300, 1e-300));

        Simulation played =
                new Simulator(world.machine(), SimulationOptions.of(1, 10_000)).run(world.workload(), world.lines());

        assertThat(played.utilisation()).isBetween(0.0, 1.0);
        assertThat(played.operations())
                .allSatisfy(one -> assertThat(one.perSecond()).isFinite());
    }

    @Test
    void more_copies_of_lines_than_are_followed_are_refused_with_the_number() {
        StringBuilder fields = new StringBuilder();
        StringBuilder operations = new StringBuilder(ROLES);
        for (int i = 0; i < 300; i++) {
            fields.append("long f").append(i).append("[128]; ");
            operations.append("  - { name: o").append(i).append(", role: b, rate: 1e3, accesses: [ { field: f");
            operations.append(i).append(", kind: write } ] }\n");
        }
        TestWorkloads world =
                TestWorkloads.of(TestWorkloads.machine(1024, 1), "struct s { " + fields + " };", operations.toString());

        assertThatThrownBy(() -> new Simulator(world.machine(), SimulationOptions.of(1, 10_000))
                        .run(world.workload(), world.lines()))
                .isInstanceOf(Simulator.TooManyCopies.class)
                .hasMessageContaining("lines on 1024 CPUs have more than " + Simulator.MOST_COPIES + " copies");
    }

    @Test
    void what_happens_less_than_once_in_eleven_days_does_not_happen() {
        TestWorkloads world = TestWorkloads.of(
                TestWorkloads.machine(4, 1),
                "struct s { long x; long y; };",
                ROLES + "  - { name: never, role: a, rate: 1e-300, accesses: [ { field: x, kind: write } ] }\n"
                        + "  - { name: o, role: b, rate: 1e6, accesses: [ { field: y, kind: rmw } ] }\n");

        assertThat(world.workload().tasks()).extracting(Task::operation).containsExactly("o");
    }

    @Test
    void a_layout_has_at_most_four_gibibytes() {
        assertThat(struct(StructLayout.MOST_BYTES).byteSize()).isEqualTo(1L << 32);
        assertThatThrownBy(() -> struct(StructLayout.MOST_BYTES + 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4294967304")
                .hasMessageContaining("4294967296");
        assertThatThrownBy(() -> struct(Long.MAX_VALUE)).isInstanceOf(IllegalArgumentException.class);
    }

    private static StructLayout struct(long bytes) {
        return StructLayout.of(
                "s",
                AggregateKind.STRUCT,
                bytes,
                8,
                List.of(Member.of("x", FieldType.Scalar.natural("long", 8), bytes - 8)),
                Provenance.of(Provenance.Origin.NOTATION, "test"));
    }
}

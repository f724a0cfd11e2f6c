package dev.faultline.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.cost.closedform.CostModel;
import dev.faultline.cost.simulate.Simulation;
import dev.faultline.cost.simulate.SimulationOptions;
import dev.faultline.cost.simulate.Simulator;
import dev.faultline.cost.simulate.TestWorkloads;
import dev.faultline.input.InputException;
import dev.faultline.machine.Machine;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What profiles say of operations, as tasks: rates, variants, polls, and the CPUs of roles. */
class WorkloadTest {

    private static final Machine MACHINE = TestWorkloads.machine(4, 1);
    private static final double HIT = MACHINE.costs().hitNanos().value();

    private static TestWorkloads workload(String struct, String roles, String operations) {
        return TestWorkloads.of(
                MACHINE,
                struct,
                "roles: { " + roles + " }\noperations:\n" + operations.strip().indent(2));
    }

    private static Cost cost(TestWorkloads what) {
        return new CostModel(MACHINE).cost(what.workload(), what.lines());
    }

    private static Simulation simulate(TestWorkloads what) {
        SimulationOptions options = SimulationOptions.of(1, 200_000);
        return new Simulator(MACHINE, options).run(what.workload(), what.lines());
    }

    @Test
    void cpus_at_full_rate_never_rest() {
        TestWorkloads what = workload("struct s { long a; };", "r: { cpus: 1 }", """
                - { name: one, role: r, rate: max, accesses: [ { field: a, kind: read, gap: 30ns } ] }
                - { name: two, role: r, rate: max, accesses: [ { field: a, kind: read, gap: 70ns } ] }
                """);

        assertThat(cost(what).operations())
                .as("they take turns")
                .allSatisfy(one -> assertThat(one.ratePerSecond()).isCloseTo(1e9 / (100 + 2 * HIT), within(1e3)));
        assertThat(simulate(what).operations())
                .extracting(Simulation.Played::perSecond)
                .allSatisfy(rate -> assertThat(rate).isCloseTo(1e9 / (100 + 2 * HIT), within(1e5)));
    }

    @Test
    void cpus_lost_are_counted_at_the_rate_that_is_reached() {
        TestWorkloads what = workload("struct s { long a; };", "w: { cpus: 2 }, r: { cpus: 2 }", """
                - { name: write, role: w, rate: max, accesses: [ { field: a, kind: rmw } ] }
                - { name: read, role: r, rate: max, accesses: [ { field: a, kind: read } ] }
                """);

        Cost cost = cost(what);
        assertThat(cost.operations())
                .allSatisfy(one -> assertThat(one.ratePerSecond() * (one.baseNanos() + one.coherenceNanos()) * 1e-9)
                        .as("time of each CPU; lines touched are added to it later")
                        .isCloseTo(1, within(0.01)));
        assertThat(cost.operations().stream()
                        .mapToDouble(OperationCost::cpusLost)
                        .sum())
                .isBetween(2.0, 4.4);
    }

    @Test
    void a_rate_beside_full_rate_is_kept_while_nothing_is_waited_for() {
        TestWorkloads what = workload("struct s { long a; };", "r: { cpus: 1 }", """
                - { name: poll, role: r, rate: max, accesses: [ { field: a, kind: read, gap: 100ns } ] }
                - { name: rare, role: r, rate: 1e4, accesses: [ { field: a, kind: read, gap: 10ns } ] }
                """);

        assertThat(cost(what).operations().get(1).ratePerSecond()).isBetween(9e3, 1e4);
    }

    @Test
    void a_write_if_changed_is_a_read_and_sometimes_a_write() {
        String writer = "- { name: touch, role: w, rate: 1e5, accesses: [ { field: a, kind: %s } ] }\n"
                + "- { name: look, role: r, rate: 1e5, accesses: [ { field: b, kind: read } ] }";
        String roles = "w: { cpus: 1 }, r: { cpus: 1 }";
        String struct = "struct s { long a; long b; };";
        double written = misses(workload(struct, roles, writer.formatted("write")));

        for (double share : List.of(1.0, 0.5, 0.01)) {
            TestWorkloads what = workload(struct, roles, writer.formatted("write-if-changed, changes: " + share));
            Cost cost = cost(what);
            Simulation.Played look = simulate(what).operations().get(1);
            double played = look.misses().falseSharing();
            assertThat(cost.operations().get(1).events().misses())
                    .as("changes %s", share)
                    .isCloseTo(played, within(0.02));
            assertThat(cost.operations().get(0).ratePerSecond()).isCloseTo(1e5, within(1e3));
        }
        assertThat(misses(workload(struct, roles, writer.formatted("write-if-changed, changes: 1"))))
                .isCloseTo(written, within(0.03));
        assertThat(misses(workload(struct, roles, writer.formatted("write-if-changed, changes: 0"))))
                .isZero();
        assertThat(misses(workload(struct, roles, writer.formatted("write-if-changed, changes: 0.01"))))
                .isLessThan(written / 20);
    }

    private static double misses(TestWorkloads what) {
        return cost(what).operations().get(1).events().misses();
    }

    @Test
    void each_combination_of_conditional_writes_is_a_variant_with_its_share() {
        Task task = workload("struct s { long a; long b; };", "r: { cpus: 1 }", """
                - name: op
                  role: r
                  rate: 1e6
                  accesses:
                    - { field: a, kind: write-if-changed, changes: 0.25 }
                    - { field: b, kind: write-if-changed, changes: 0.5 }
                """)
                .workload()
                .tasks()
                .get(0);

        List<TaskVariant> variants = TaskVariant.of(task);
        assertThat(variants)
                .extracting(variant -> variant.steps().size(), TaskVariant::share)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(4, 0.125),
                        org.assertj.core.groups.Tuple.tuple(3, 0.125),
                        org.assertj.core.groups.Tuple.tuple(3, 0.375),
                        org.assertj.core.groups.Tuple.tuple(2, 0.375));
        assertThat(variants).allSatisfy(variant -> assertThat(variant.steps()).allMatch(step -> step.share() == 1));
    }

    @Test
    void who_waits_for_a_change_pays_one_transfer_a_write() {
        TestWorkloads what = workload("struct s { long flag; char apart[56]; long busy; };", """
                w: { cpus: 1 }, r: { cpus: 1 }""", """
                - { name: set, role: w, rate: 1e5, accesses: [ { field: flag, kind: write } ] }
                - { name: count, role: w, rate: 1e6, accesses: [ { field: busy, kind: write } ] }
                - { name: wake, role: r, accesses: [ { field: flag, kind: await } ] }
                """);

        Cost cost = cost(what);
        OperationCost wake = cost.operations().get(2);
        OperationCost polls = cost.operations().get(3);
        assertThat(wake.ratePerSecond()).as("as often as the flag is set").isCloseTo(1e5, within(1e3));
        assertThat(polls.operation()).isEqualTo("wake (polls)");
        double transfers =
                wake.events().misses() * wake.ratePerSecond() + polls.events().misses() * polls.ratePerSecond();
        assertThat(transfers).as("transfers a second").isCloseTo(1e5, within(1e4));
        List<Simulation.Played> played = simulate(what).operations();
        double simulated = played.subList(2, 4).stream()
                .mapToDouble(one -> one.misses().trueSharing() * one.perSecond())
                .sum();
        assertThat(simulated).isCloseTo(1e5, within(1e4));
    }

    @Test
    void polls_fetch_the_line_again_after_each_write_to_a_neighbour() {
        String operations = """
                - { name: set, role: w, rate: 1e4, accesses: [ { field: flag, kind: write } ] }
                - { name: count, role: w, rate: 1e6, accesses: [ { field: busy, kind: write } ] }
                - { name: wake, role: r, rate: max, accesses: [ { field: flag, kind: await } ] }
                """;
        String roles = "w: { cpus: 1 }, r: { cpus: 1 }";
        Cost together = cost(workload("struct s { long flag; long busy; };", roles, operations));
        Cost apart = cost(workload("struct s { long flag; char apart[56]; long busy; };", roles, operations));

        assertThat(upgrades(together)).isGreaterThan(0.8);
        assertThat(upgrades(apart)).isZero();
        assertThat(together.operations().get(2).ratePerSecond()).isCloseTo(1e4, within(1e3));
    }

    /** Of the writer's operation on its own field. */
    private static double upgrades(Cost cost) {
        OperationCost count = cost.operations().get(1);
        return count.events().upgrades() + count.events().misses();
    }

    @Test
    void what_is_waited_for_is_written_by_another_cpu() {
        String operation = "- { name: wake, role: r, accesses: [ { field: a, kind: await } ] }\n"
                + "- { name: set, role: %s, rate: 1, accesses: [ { field: %s, kind: write } ] }";
        String roles = "w: { cpus: 1 }, r: { cpus: 1 }";
        String struct = "struct s { long a; long b; };";

        assertThat(workload(struct, roles, operation.formatted("w", "a"))
                        .workload()
                        .tasks())
                .hasSize(3);
        for (List<String> other : List.of(List.of("r", "a"), List.of("w", "b"))) {
            assertThatThrownBy(() -> workload(struct, roles, operation.formatted(other.toArray())))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("operation wake: waits for a change of a, which no other CPU writes");
        }
    }

    @Test
    void a_reader_of_all_elements_pays_each_line_once() {
        String struct = "struct e { long n; long m; }; struct s { struct e near[8]; struct e far[3]; };";
        for (String path : List.of("near[*]", "near[*].m", "near")) {
            TestWorkloads what = workload(struct, "r: { cpus: 1 }", """
                    - { name: sum, role: r, rate: 1e6, accesses: [ { field: "%s", kind: read } ] }
                    """.formatted(path));

            assertThat(cost(what).operations().get(0).events().lines()).as(path).isEqualTo(2);
            assertThat(new AccessProgram(what.workload(), List.of(0), what.lines(), MACHINE.costs()).parts[0][0].line)
                    .as(path)
                    .hasSize(2);
        }
    }

    @Test
    void roles_with_a_number_of_cpus_get_those_that_no_role_lists() {
        TestWorkloads what =
                workload("struct s { long a; };", "one: { cpus: 2 }, two: { cpus: [0, 2] }, three: { cpus: 1 }", """
                - { name: x, role: one, rate: 1, accesses: [ { field: a, kind: read } ] }
                - { name: y, role: two, rate: 1, accesses: [ { field: a, kind: read } ] }
                - { name: z, role: three, rate: 1, accesses: [ { field: a, kind: read } ] }
                """);

        assertThat(what.workload().tasks().stream().collect(Collectors.toMap(Task::role, Task::cpus)))
                .containsEntry("one", List.of(1, 3))
                .containsEntry("two", List.of(0, 2))
                .containsEntry("three", List.of(0));
    }
}

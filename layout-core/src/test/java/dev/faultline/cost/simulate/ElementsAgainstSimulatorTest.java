package dev.faultline.cost.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.cost.Cost;
import dev.faultline.cost.LineMap;
import dev.faultline.cost.closedform.CostModel;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Own, random and all elements: the closed form and the simulator, which follows each access, agree. */
class ElementsAgainstSimulatorTest {

    private static final String PADDED = "struct line { long n; long m; char pad[48]; };\n";

    private static TestWorkloads world(int cpus, String struct, String roles, String... operations) {
        return TestWorkloads.of(
                TestWorkloads.machine(cpus, 1),
                struct,
                "roles: { " + roles + " }\noperations:\n" + String.join("", operations));
    }

    private static String op(String name, String role, String rate, String... accesses) {
        return "  - { name: " + name + ", role: " + role + ", rate: " + rate + ", accesses: [ { "
                + String.join(" }, { ", accesses) + " } ] }\n";
    }

    @Test
    void a_random_element_is_taken_by_another_cpu_as_often_as_any_other() {
        for (int count : List.of(1, 4, 64)) {
            TestWorkloads world = world(
                    8,
                    PADDED + "struct s { struct line slot[" + count + "]; };",
                    "a: { cpus: all }",
                    op("hit", "a", "1e4", "field: slot[any].n, kind: rmw"));
            Cost cost = world.cost();

            // Whoever used the line last was another CPU in 7 of 8 cases, however many lines there are.
            assertThat(world.op(cost, "hit").events().misses())
                    .as("%d elements", count)
                    .isCloseTo(7.0 / 8, within(0.02));
            assertThat(world.op(cost, "hit").ratePerSecond()).isCloseTo(1e4, within(20.0));
            Simulation played = world.play(3, 400_000);
            assertThat(world.op(played, "hit").misses().coherence())
                    .as("%d elements played", count)
                    .isCloseTo(7.0 / 8, within(0.02));
            assertThat(world.op(played, "hit").perSecond()).isCloseTo(1e4, within(200.0));
        }
    }

    @Test
    void an_operation_picks_one_element_for_all_its_accesses() {
        TestWorkloads world = world(
                4,
                PADDED + "struct s { struct line slot[16]; };",
                "a: { cpus: all }",
                op("hit", "a", "1e4", "field: slot[any].n, kind: rmw", "field: slot[any].m, kind: write"));
        Cost cost = world.cost();
        Simulation played = world.play(3, 200_000);

        assertThat(world.op(cost, "hit").events().lines()).isCloseTo(1, within(1e-9));
        assertThat(world.op(cost, "hit").events().misses()).isCloseTo(0.75, within(0.02));
        assertThat(world.op(played, "hit").misses().coherence()).isCloseTo(0.75, within(0.02));
    }

    @Test
    void who_reads_all_elements_misses_each_line_that_was_written() {
        for (boolean isPadded : List.of(true, false)) {
            int cpus = 16;
            TestWorkloads world = world(
                    cpus,
                    isPadded
                            ? PADDED + "struct s { struct line slot[" + cpus + "]; };"
                            : "struct line { long n; }; struct s { struct line slot[" + cpus + "]; };",
                    "a: { cpus: all }, sum: { cpus: [0] }",
                    op("hit", "a", "1e4", "field: slot[own].n, kind: rmw"),
                    op("sum", "sum", "1e2", "field: slot[*].n, kind: read"));
            Cost cost = world.cost();
            Simulation played = world.play(5, 400_000);
            double lines = isPadded ? cpus - 1 : 1.87; // CPU 0 itself wrote one of the two last in one of eight cases

            assertThat(world.op(cost, "sum").events().misses()).isCloseTo(lines, within(0.05 * lines));
            assertThat(world.op(played, "sum").misses().coherence()).isCloseTo(lines, within(0.05 * lines));
            assertThat(world.op(cost, "sum").events().lines()).isEqualTo(isPadded ? cpus : 2);
        }
    }

    @Test
    void all_elements_leave_out_the_lines_between_them() {
        TestWorkloads world = world(
                2,
                "struct wide { long n; char rest[248]; };\nstruct s { struct wide slot[4]; };",
                "a: { cpus: all }",
                op("sum", "a", "1e4", "field: slot[*].n, kind: read"),
                op("whole", "a", "1e4", "field: slot[*], kind: read"));

        assertThat(world.op(world.cost(), "sum").events().lines()).isEqualTo(4);
        assertThat(world.op(world.cost(), "whole").events().lines()).isEqualTo(16);
    }

    /** The floor has every element alone; a reader of all of them still shares each with its writer. */
    @Test
    void no_layout_spares_a_reader_of_all_elements() {
        TestWorkloads world = world(
                8,
                "struct s { long slot[8]; };",
                "a: { cpus: all }, sum: { cpus: [0] }",
                op("hit", "a", "1e4", "field: slot[own], kind: rmw"),
                op("sum", "sum", "1e2", "field: slot[*], kind: read"));
        Cost floor = new CostModel(world.machine()).floor(world.workload());
        Cost plain = new CostModel(world.machine())
                .cost(world.workload(), LineMap.apart(world.workload().fields(), 64));

        assertThat(world.op(floor, "sum").events().misses()).isCloseTo(7, within(0.4));
        assertThat(world.op(floor, "hit").events().misses()).isLessThan(0.001);
        assertThat(plain).isEqualTo(floor);
    }

    @Test
    void a_compare_and_set_of_one_element_does_not_fail_by_its_neighbours() {
        String[] operations = {op("hit", "a", "2e6", "field: slot[own], kind: cas-loop")};
        TestWorkloads own = world(8, "struct s { long slot[8]; };", "a: { cpus: all }", operations);
        TestWorkloads same = world(
                8,
                "struct s { long slot[8]; };",
                "a: { cpus: all }",
                op("hit", "a", "2e6", "field: 'slot[0]', kind: cas-loop"));

        assertThat(own.op(own.cost(), "hit").events().retries()).isZero();
        assertThat(own.op(own.play(1, 100_000), "hit").retries()).isZero();
        assertThat(same.op(same.cost(), "hit").events().retries()).isPositive();
    }

    @Test
    @Tag("slow")
    void random_arrays_agree() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            int cpus = 2 + random.nextInt(7);
            int count = 2 + random.nextInt(12);
            String pad = List.of("", " char pad[8];", " char pad[48];", " char pad[200];")
                    .get(random.nextInt(4));
            String struct = "struct e { long n; long m;" + pad + " };\nstruct s { long head; struct e slot[" + count
                    + "]; long tail[" + count + "]; };";
            List<String> paths = List.of(
                    "slot[own].n",
                    "slot[any].n",
                    "slot[*].n",
                    "slot[any]",
                    "slot[own].m",
                    "slot[*]",
                    "tail[any]",
                    "tail[own]",
                    "tail[*]",
                    "head");
            StringBuilder operations = new StringBuilder();
            for (int i = 0; i < 3; i++) {
                String[] accesses = new String[1 + random.nextInt(2)];
                for (int j = 0; j < accesses.length; j++) {
                    String kind = List.of("read", "write", "rmw").get(random.nextInt(3));
                    accesses[j] =
                            "field: " + paths.get(random.nextInt(paths.size())) + ", kind: " + kind + ", gap: 50ns";
                }
                operations.append(op("o" + i, i == 0 ? "one" : "all", "" + (500 + random.nextInt(2000)), accesses));
            }
            TestWorkloads world = world(cpus, struct, "all: { cpus: all }, one: { cpus: 1 }", operations.toString());
            Cost cost = world.cost();
            Simulation played = world.play(seed, 200_000);
            double services = world.servicesPerSecond(cost);
            assertThat(services)
                    .as("seed %d: %s", seed, operations)
                    .isCloseTo(world.playedServicesPerSecond(played), within(0.05 * services + 1));
        }
    }
}

package dev.faultline.cost.closedform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.cost.Cost;
import dev.faultline.cost.LineMap;
import dev.faultline.cost.OperationCost;
import dev.faultline.cost.chain.RetryChain;
import dev.faultline.cost.simulate.RandomWorkloads;
import dev.faultline.cost.simulate.Simulation;
import dev.faultline.cost.simulate.TestWorkloads;
import dev.faultline.layout.FieldRef;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Machines;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Properties of the closed form that hold for any costs of the machine. */
class CostModelTest {

    private static final Machine MACHINE = Machines.x86();
    /** The relative tolerance of the numerical fixed point. */
    private static final double OPEN = 1e-5;

    @Test
    void the_same_question_has_the_same_answer() {
        for (int seed = 0; seed < 20; seed++) {
            RandomWorkloads random = new RandomWorkloads(seed);
            String struct = random.any();

            assertThat(random.at(struct, 1e5).cost())
                    .isEqualTo(random.at(struct, 1e5).cost());
        }
    }

    @Test
    void alone_reading_or_apart_nobody_waits() {
        String write = op("w", "a", "1e7", "{ field: x, kind: write }, { field: y, kind: cas-loop }");
        quiet(world(1, "long x; long y;", roles("a: { cpus: all }"), write));
        quiet(world(112, "long x; long y;", roles("a: { cpus: 1 }"), write));
        quiet(world(
                112,
                "long x; long y;",
                roles("a: { cpus: [3] }, b: { cpus: [3] }"),
                write + op("r", "b", "1e7", "{ field: x, kind: read }")));
        quiet(world(
                112,
                "long x; long y;",
                roles("a: { cpus: all }"),
                op("r", "a", "1e8", "{ field: x, kind: read }, { field: y, kind: read }")));
        quiet(world(
                2,
                "long x; char gap[56]; long y;",
                roles("a: { cpus: [0] }, b: { cpus: [1] }"),
                op("x", "a", "1e7", "{ field: x, kind: rmw }") + op("y", "b", "1e7", "{ field: y, kind: rmw }")));
    }

    @Test
    void no_operation_and_no_rate_cost_nothing() {
        TestWorkloads idle =
                world(8, "long x;", roles("a: { cpus: all }"), op("w", "a", "0", "{ field: x, kind: write }"));

        assertThat(idle.cost().operations()).isEmpty();
        assertThat(idle.nanosPerSecond()).isZero();
    }

    @Tag("slow")
    @Test
    void a_field_more_on_a_line_never_lowers_its_misses() {
        for (int seed = 0; seed < 150; seed++) {
            RandomWorkloads random = new RandomWorkloads(seed);
            TestWorkloads with = random.loaded(random.packed(), 0.02);
            Random pick = new Random(seed);
            List<FieldRef> fields = with.workload().fields();
            TestWorkloads without = with.without(fields.get(pick.nextInt(fields.size())));
            if (!without.workload().fields().isEmpty()) {
                double before =
                        without.missesPerSecond(without.with(oneLine(without)).cost());
                double after = with.missesPerSecond(with.with(oneLine(with)).cost());

                // Without the field its own time is missing too: a hit is a few ns. A store more asks for the line
                // earlier
                // and keeps it until it is there.
                assertThat(after).as("seed %d", seed).isGreaterThanOrEqualTo(before * (1 - 0.05));
            }
        }
    }

    @Test
    void lines_without_a_common_operation_are_never_cheaper_merged() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int cpus = 2 + random.nextInt(60);
            String operations = op("a", "a", rate(random), accesses(random, "a", "b"))
                    + op("b", "b", rate(random), accesses(random, "c", "d"));
            TestWorkloads world = world(
                    cpus,
                    "long a; long b; long c; long d;",
                    roles("a: { cpus: " + some(random, cpus) + " }, b: { cpus: " + some(random, cpus) + " }"),
                    operations);
            List<Integer> first = indices(world, "a", "b");
            List<Integer> second = indices(world, "c", "d");
            TestWorkloads apart =
                    world.with(world.lines().joining(first.get(0), first).moving(second));
            TestWorkloads merged = world.with(oneLine(world));

            assertThat(merged.nanosPerSecond())
                    .as("seed %d", seed)
                    .isGreaterThanOrEqualTo(apart.nanosPerSecond() * (1 - 1e-3));
        }
    }

    @Test
    void more_cpus_never_make_an_operation_quicker() {
        for (String rate : List.of("1e4", "1e5", "1e6", "1e7", "1e9")) {
            for (String kind : List.of("write", "rmw", "cas-loop")) {
                double before = 0;
                for (int cpus = 1; cpus <= 256; cpus += 1 + cpus / 8) {
                    OperationCost one = TestWorkloads.of(
                                    TestWorkloads.machine(cpus, 1),
                                    "struct s { long x; long y; };",
                                    roles("a: { cpus: all }")
                                            + op(
                                                    "w",
                                                    "a",
                                                    rate,
                                                    "{ field: y, kind: read }, { field: x, kind: " + kind
                                                            + ", gap: 20ns }"))
                            .cost()
                            .operations()
                            .get(0);

                    assertThat(one.totalNanos())
                            .as("%s at %s on %d CPUs", kind, rate, cpus)
                            .isGreaterThanOrEqualTo(before * (1 - OPEN));
                    before = one.totalNanos();
                }
            }
        }
    }

    @Test
    void foreign_writes_never_help() {
        double before = 0;
        for (double rate = 1e3; rate < 1e9; rate *= 1.7) {
            TestWorkloads world = world(
                    16,
                    "long x; long y;",
                    roles("r: { cpus: 15 }, w: { cpus: 1 }"),
                    op("read", "r", "1e6", "{ field: x, kind: read }")
                            + op("write", "w", Double.toString(rate), "{ field: y, kind: write }"));
            double nanos = world.op(world.cost(), "read").coherenceNanos();

            assertThat(nanos).as("%s writes a second", rate).isGreaterThanOrEqualTo(before * (1 - OPEN));
            before = nanos;
        }
    }

    @Test
    void one_access_an_operation_misses_by_the_harmonic_law() {
        TestWorkloads world = world(
                2,
                "long x; long y;",
                roles("r: { cpus: [0] }, w: { cpus: [1] }"),
                op("read", "r", "2e4", "{ field: x, kind: read }")
                        + op("write", "w", "3e4", "{ field: y, kind: write }"));

        // The CPU misses each time another CPU writes between two of its reads: y / (x + y).
        assertThat(world.op(world.cost(), "read").events().misses()).isCloseTo(0.6, within(0.005));
        assertThat(world.op(world.cost(), "write").events().upgrades()).isCloseTo(0.4, within(0.005));
        assertThat(world.op(world.cost(), "write").events().misses()).isCloseTo(0, within(1e-9));
    }

    @Test
    void roles_of_different_phases_do_not_disturb_each_other() {
        String phases = "phases:\n  first: [a]\n  then: [b]\n";
        String operations =
                op("x", "a", "1e6", "{ field: x, kind: rmw }") + op("y", "b", "1e6", "{ field: y, kind: rmw }");
        String roles = roles("a: { cpus: [0] }, b: { cpus: [1] }");

        assertThat(world(2, "long x; long y;", roles, operations).nanosPerSecond())
                .isPositive();
        quiet(world(2, "long x; long y;", roles, operations + phases));
    }

    @Test
    void a_role_of_several_phases_costs_the_mean_of_them() {
        String operations = op("x", "a", "1e5", "{ field: x, kind: write }")
                + op("y", "b", "1e5", "{ field: y, kind: write }")
                + op("z", "c", "1e5", "{ field: z, kind: read }");
        String roles = roles("a: { cpus: [0] }, b: { cpus: [1] }, c: { cpus: [2] }");
        String fields = "long x; long y; char gap[48]; long z;";
        TestWorkloads together = world(3, fields, roles, operations);
        TestWorkloads half =
                world(3, fields, roles, operations + "phases:\n  first: [a, b]\n  then: [c]\n  last: [a]\n");

        assertThat(half.op(half.cost(), "x").events().misses())
                .isCloseTo(together.op(together.cost(), "x").events().misses() / 2, within(1e-6));
        assertThat(half.op(half.cost(), "y").events().misses())
                .isCloseTo(together.op(together.cost(), "y").events().misses(), within(1e-6));
    }

    @Test
    void nothing_undercuts_the_floor_where_no_operation_gains_by_fields_that_stand_together() {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            int cpus = 2 + random.nextInt(30);
            StringBuilder operations = new StringBuilder();
            for (String field : List.of("a", "b", "c")) {
                operations.append(
                        op("o" + field, random.nextBoolean() ? "r" : "q", rate(random), accesses(random, field)));
            }
            TestWorkloads world = world(
                    cpus, "long a; long b; long c;", roles("r: { cpus: all }, q: { cpus: 1 }"), operations.toString());
            double floor =
                    new CostModel(world.machine()).floor(world.workload()).coherenceNanosPerSecond(world.workload());

            assertThat(world.nanosPerSecond()).as("seed %d", seed).isGreaterThanOrEqualTo(floor * (1 - 1e-3));
        }
    }

    @Test
    void elements_of_ones_own_collide_when_their_stride_is_small_only() {
        String operations = op("hit", "a", "1e6", "{ field: slot, kind: rmw, element: own }");
        TestWorkloads close = world(16, "long slot[16];", roles("a: { cpus: all }"), operations);
        TestWorkloads apart = TestWorkloads.of(
                TestWorkloads.machine(16, 1),
                "struct line { long n; char pad[56]; };\nstruct s { struct line slot[16]; };",
                roles("a: { cpus: all }") + operations);

        assertThat(close.nanosPerSecond()).isPositive();
        quiet(apart);
        quiet(close.with(close.lines().spreading(0)));
        assertThat(new CostModel(close.machine()).floor(close.workload()).utilisation())
                .isZero();
    }

    @Test
    void every_cpu_disturbs_who_sums_their_elements_however_many_lines_they_are() {
        // A former version treated 18 lines and more as one run, though each belongs to another CPU.
        for (int cpus : List.of(16, 64)) {
            TestWorkloads sums = TestWorkloads.of(
                    TestWorkloads.machine(cpus, 1),
                    "struct line { long n; char pad[56]; };\nstruct s { struct line slot[" + cpus + "]; };",
                    roles("a: { cpus: all }, sum: { cpus: [0] }")
                            + op("hit", "a", "1e4", "{ field: slot, kind: rmw, element: own }")
                            + op("sum", "sum", "1e2", "{ field: slot, kind: read }"));
            Cost cost = sums.cost();

            assertThat(sums.op(cost, "sum").events().misses())
                    .as("%d CPUs", cpus)
                    .isCloseTo(cpus - 1, within(0.05 * cpus));
            assertThat(sums.op(cost, "sum").events().lines()).isEqualTo(cpus);
            assertThat(sums.op(cost, "hit").events().upgrades()).isCloseTo(0.01, within(0.002));
            Simulation played = sums.play(5, 400_000);
            assertThat(sums.op(played, "sum").misses().coherence())
                    .as("%d CPUs played", cpus)
                    .isCloseTo(cpus - 1, within(0.05 * cpus));
        }
    }

    @Test
    void a_field_across_two_lines_touches_both() {
        String operations = op("w", "a", "1e4", "{ field: x, kind: write }");
        TestWorkloads whole = world(2, "long x;", roles("a: { cpus: all }"), operations);
        TestWorkloads across = whole.with(LineMap.of(whole.workload().fields(), 64, 60));

        assertThat(whole.cost().operations().get(0).events().lines()).isEqualTo(1);
        OperationCost both = across.cost().operations().get(0);
        assertThat(both.events().lines()).isEqualTo(2);
        assertThat(both.touchNanos())
                .isEqualTo(2 * MACHINE.costs().lineTouchNanos().value());
        assertThat(both.events().misses())
                .isCloseTo(2 * whole.cost().operations().get(0).events().misses(), within(0.01));
        assertThat(both.waits().splitNanos()).isZero();
    }

    @Test
    void an_atomic_operation_across_two_lines_stops_everybody() {
        double split = MACHINE.costs().splitAtomicNanos().value();
        TestWorkloads whole = world(
                2,
                "long x; char gap[120]; long y;",
                roles("a: { cpus: [0] }, b: { cpus: [1] }"),
                op("x", "a", "1e5", "{ field: x, kind: rmw }")
                        + op("y", "b", "1e5", "{ field: y, kind: write, gap: 100ns }"));
        TestWorkloads across = whole.with(LineMap.of(whole.workload().fields(), 64, 60));

        quiet(whole);
        assertThat(across.op(across.cost(), "x").waits().splitNanos()).isCloseTo(split, within(split / 100));
        // 1e5 times per second all other CPUs stop for 300 ns.
        double busy = across.op(across.cost(), "y").baseNanos();
        assertThat(across.op(across.cost(), "y").waits().splitNanos())
                .isCloseTo(1e5 * split * 1e-9 * busy, within(1e-6));
    }

    @Test
    void a_placement_is_one_of_many_and_the_cost_their_mean() {
        TestWorkloads world = world(
                8,
                "long x; long y;",
                roles("a: { cpus: 4 }, b: { cpus: 4 }"),
                op("x", "a", "1e5", "{ field: x, kind: rmw }") + op("y", "b", "1e5", "{ field: y, kind: rmw }"));
        LineMap together = world.lines();
        LineMap apart = LineMap.of(world.workload().fields(), 64, 56);
        CostModel model = new CostModel(world.machine());

        double mean = model.cost(world.workload(), List.of(together, apart)).coherenceNanosPerSecond(world.workload());

        assertThat(mean)
                .isCloseTo((world.nanosPerSecond() + world.with(apart).nanosPerSecond()) / 2, within(1e-6 * mean));
        assertThat(world.with(apart).nanosPerSecond()).isLessThan(world.nanosPerSecond());
    }

    @Test
    void a_saturated_line_serves_one_after_the_other() {
        for (int cpus : List.of(4, 28, 112)) {
            OperationCost add = world(
                            cpus,
                            "long x;",
                            roles("a: { cpus: all }"),
                            op("add", "a", "1e9", "{ field: x, kind: rmw }"))
                    .cost()
                    .operations()
                    .get(0);
            double transfer = TestWorkloads.machine(cpus, 1)
                    .costs()
                    .transfers()
                    .clusterNanos()
                    .value();

            // A lower bound: too low by up to the one service that a CPU may get twice in a row.
            assertThat(add.totalNanos()).as("%d CPUs", cpus).isBetween((cpus - 1) * transfer, cpus * transfer * 1.02);
        }
    }

    @Test
    void where_nothing_but_the_line_takes_time_it_is_near_the_chain() {
        for (double hit : new double[] {0, 1}) {
            for (int cpus : List.of(4, 8, 16, 28, 56, 112)) {
                TestWorkloads pairs = world(
                                cpus,
                                "long ref;",
                                roles("a: { cpus: all }"),
                                op("pair", "a", "1e12", "{ field: ref, kind: cas-loop }, { field: ref, kind: rmw }"))
                        .with(TestWorkloads.costs(hit, hit, 50, 50));
                RetryChain.Solution chain = RetryChain.solve(cpus, 0);

                OperationCost pair = pairs.cost().operations().get(0);

                assertThat(pair.coherenceNanos() / (cpus * chain.servicesPerPair() * 50))
                        .as("%d CPUs", cpus)
                        .isCloseTo(1, within(0.2));
                assertThat(pair.events().retries() / chain.retriesPerIncrement())
                        .as("%d CPUs", cpus)
                        .isCloseTo(1, within(0.2));
            }
        }
    }

    @Test
    void the_series_of_the_seed_is_met_where_the_retention_was_calibrated() {
        TestWorkloads pairs = TestWorkloads.of(
                MACHINE,
                "struct s { long ref; };",
                roles("a: { cpus: all }")
                        + op("pair", "a", "1e9", "{ field: ref, kind: cas-loop }, { field: ref, kind: rmw }"));

        OperationCost loop = pairs.cost().operations().get(0);

        assertThat(loop.events().retries())
                .isCloseTo(RetryChain.solve(112, 0.0862).retriesPerIncrement(), within(1.0));
        OperationCost added = new CostModel(MACHINE)
                .cost(pairs.workload().withoutLoops(), pairs.lines())
                .operations()
                .get(0);
        assertThat(added.events().retries()).isZero();
        assertThat(loop.totalNanos() / added.totalNanos()).isBetween(3.5, 5.5);
    }

    private static void quiet(TestWorkloads world) {
        Cost cost = world.cost();

        assertThat(cost.operations()).isNotEmpty();
        assertThat(cost.operations()).allSatisfy(one -> {
            assertThat(one.coherenceNanos()).isZero();
            assertThat(one.events().misses()
                            + one.events().upgrades()
                            + one.events().retries())
                    .isZero();
        });
        assertThat(cost.utilisation()).isZero();
    }

    private static TestWorkloads world(int cpus, String fields, String roles, String operations) {
        return TestWorkloads.of(TestWorkloads.machine(cpus, 1), "struct s { " + fields + " };", roles + operations);
    }

    private static String roles(String roles) {
        return "roles: { " + roles + " }\noperations:\n";
    }

    private static String op(String name, String role, String rate, String accesses) {
        return "  - { name: " + name + ", role: " + role + ", rate: " + rate + ", accesses: [ " + accesses + " ] }\n";
    }

    private static String rate(Random random) {
        return Double.toString(Math.pow(10, 2 + 2 * random.nextDouble()));
    }

    private static String some(Random random, int cpus) {
        return random.nextBoolean() ? "all" : Integer.toString(1 + random.nextInt(cpus));
    }

    private static String accesses(Random random, String... fields) {
        String[] kinds = {"read", "write", "rmw"};
        StringBuilder text = new StringBuilder();
        for (String field : fields) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append("{ field: ")
                    .append(field)
                    .append(", kind: ");
            text.append(kinds[random.nextInt(kinds.length)])
                    .append(", gap: ")
                    .append(random.nextInt(60))
                    .append("ns }");
        }
        return text.toString();
    }

    private static LineMap oneLine(TestWorkloads world) {
        return world.lines()
                .joining(
                        0,
                        IntStream.range(0, world.workload().fields().size())
                                .boxed()
                                .toList());
    }

    private static List<Integer> indices(TestWorkloads world, String... paths) {
        return IntStream.range(0, world.workload().fields().size())
                .filter(i ->
                        List.of(paths).contains(world.workload().fields().get(i).path()))
                .boxed()
                .toList();
    }
}

package dev.faultline.cost.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.cost.Cost;
import dev.faultline.cost.LineMap;
import dev.faultline.cost.simulate.SimulationOptions.Arbitration;
import dev.faultline.cost.simulate.SimulationOptions.Protocol;
import dev.faultline.machine.Machine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulatorTest {

    private static final long ACCESSES = 100_000;
    private static final String TWO = "a: { cpus: [0] }, b: { cpus: [1] }";

    @Test
    void the_same_seed_plays_the_same_and_another_another() {
        for (int seed = 0; seed < 10; seed++) {
            RandomWorkloads random = new RandomWorkloads(seed);
            TestWorkloads world = random.at(random.packed(), 1e5);
            for (Arbitration arbitration : Arbitration.values()) {
                Simulation first = world.play(options(3, Protocol.MESI, arbitration, 0.5));

                assertThat(world.play(options(3, Protocol.MESI, arbitration, 0.5)))
                        .isEqualTo(first);
                assertThat(world.play(options(4, Protocol.MESI, arbitration, 0.5)))
                        .isNotEqualTo(first);
            }
        }
    }

    @Test
    void neighbours_that_are_written_share_falsely_and_nothing_else() {
        TestWorkloads world = world(
                2,
                "long x; long y;",
                TWO,
                op("x", "a", "1e6", "{ field: x, kind: write }") + op("y", "b", "1e6", "{ field: y, kind: write }"));

        Simulation played = world.play(1, ACCESSES);

        assertThat(played.operations()).allSatisfy(one -> {
            assertThat(one.misses().falseSharing()).isBetween(0.4, 0.6);
            assertThat(one.misses().trueSharing()).isZero();
            assertThat(one.misses().eggersFalseSharing()).isCloseTo(one.misses().falseSharing(), within(0.001));
        });
        assertThat(played.culprits())
                .extracting(Simulation.Culprit::culprit, Simulation.Culprit::victim)
                .containsExactlyInAnyOrder(tuple("x", "y"), tuple("y", "x"));
    }

    @Test
    void one_word_that_two_write_or_one_writes_and_one_reads_is_shared_truly() {
        TestWorkloads both = world(2, "long x;", "a: { cpus: all }", op("x", "a", "1e6", "{ field: x, kind: rmw }"));
        TestWorkloads flag = world(
                2,
                "long x;",
                TWO,
                op("set", "a", "1e6", "{ field: x, kind: write }")
                        + op("poll", "b", "1e6", "{ field: x, kind: read }"));

        Simulation ping = both.play(1, ACCESSES);
        Simulation polled = flag.play(1, ACCESSES);

        assertThat(ping.operations().get(0).misses().trueSharing()).isBetween(0.4, 0.6);
        assertThat(ping.operations().get(0).misses().falseSharing()).isZero();
        assertThat(ping.culprits()).isEmpty();
        assertThat(flag.op(polled, "poll").misses().trueSharing()).isBetween(0.4, 0.6);
        assertThat(flag.op(polled, "poll").misses().falseSharing()).isZero();
        assertThat(flag.op(polled, "set").misses().coherence()).isZero();
        assertThat(flag.op(polled, "set").upgrades()).isBetween(0.4, 0.6);
    }

    @Test
    void who_polls_a_flag_beside_a_counter_waits_for_the_counter_in_vain() {
        // The flag is set a hundred times less often than the counter is incremented.
        TestWorkloads world = world(
                3,
                "long flag; long counter;",
                "a: { cpus: [0] }, b: { cpus: [1] }, c: { cpus: [2] }",
                op("poll", "a", "1e5", "{ field: flag, kind: read }")
                        + op("count", "b", "1e5", "{ field: counter, kind: rmw }")
                        + op("set", "c", "1e3", "{ field: flag, kind: write }"));

        Simulation played = world.play(1, 400_000);

        Simulation.Played poll = world.op(played, "poll");
        assertThat(poll.misses().falseSharing()).isBetween(0.45, 0.52);
        assertThat(poll.misses().trueSharing()).isBetween(0.005, 0.015);
        Simulation.Culprit first = played.culprits().get(0);
        assertThat(first.culprit()).isEqualTo("counter");
        assertThat(first.victim()).isEqualTo("flag");
        long inVain = played.culprits().stream()
                .filter(one -> one.victim().equals("flag"))
                .mapToLong(Simulation.Culprit::misses)
                .sum();
        Simulation.Played set = world.op(played, "set");
        double missed =
                poll.misses().falseSharing() * poll.count() + set.misses().falseSharing() * set.count();
        assertThat((double) inVain).isCloseTo(missed, within(5.0));
    }

    @Test
    void a_miss_that_brings_what_is_needed_later_is_false_to_eggers_and_true_to_dubois() {
        // The reader misses on x, which no role changes, and then reads y, which was changed.
        Machine machine = TestWorkloads.machine(2, 1);
        TestWorkloads world = TestWorkloads.of(
                machine,
                "struct s { long x; long y; };",
                roles(TWO)
                        + op("read", "a", "1e5", "{ field: x, kind: read }, { field: y, kind: read }")
                        + op("write", "b", "1e6", "{ field: y, kind: write }"));

        Simulation.Played read = world.op(world.play(1, ACCESSES), "read");
        TestWorkloads holding = world.with(machine.costs().withHold(0.6, "test"));
        Simulation.Played held = holding.op(holding.play(1, ACCESSES), "read");

        assertThat(held.misses().falseSharing())
                .as("a line that was just fetched is kept for a while")
                .isZero();
        assertThat(read.misses().trueSharing()).isGreaterThan(0.8);
        // In a twentieth of the transfers, a write takes the line away again before y is read.
        assertThat(read.misses().falseSharing()).isBetween(0.03, 0.06);
        assertThat(read.misses().eggersFalseSharing()).isGreaterThan(0.8);
    }

    @Test
    void culprits_are_charged_as_often_as_they_write() {
        TestWorkloads world = world(
                4,
                "long x; long y; long z;",
                "a: { cpus: [0] }, b: { cpus: [1] }, c: { cpus: [2] }",
                op("x", "a", "1e3", "{ field: x, kind: read }")
                        + op("y", "b", "3e5", "{ field: y, kind: write }")
                        + op("z", "c", "1e5", "{ field: z, kind: write }"));

        Simulation played = world.play(1, 2_000_000);

        double byY = charged(played, "y", "x");
        double byZ = charged(played, "z", "x");
        assertThat(byY + byZ).isGreaterThan(1000);
        // The line is taken from the reader once, by whichever CPU writes first.
        assertThat(byY / (byY + byZ)).isCloseTo(0.75, within(0.05));
    }

    @Test
    void only_moesi_keeps_what_was_changed_out_of_memory() {
        TestWorkloads world = world(
                4,
                "long x;",
                "w: { cpus: [0] }, r: { cpus: [1, 2, 3] }",
                op("write", "w", "1e5", "{ field: x, kind: write }")
                        + op("read", "r", "1e5", "{ field: x, kind: read }"));

        Simulation mesi = world.play(options(1, Protocol.MESI, Arbitration.FIFO, 0));
        Simulation mesif = world.play(options(1, Protocol.MESIF, Arbitration.FIFO, 0));
        Simulation moesi = world.play(options(1, Protocol.MOESI, Arbitration.FIFO, 0));

        assertThat(mesi.writeBacks()).isPositive();
        assertThat(mesif.writeBacks()).isEqualTo(mesi.writeBacks());
        assertThat(moesi.writeBacks()).isZero();
        assertThat(moesi.operations()).isEqualTo(mesi.operations());
    }

    @Test
    void in_mesif_a_near_reader_answers_for_a_far_writer() {
        // CPU 0 writes; 2 and 3 read, in the other socket: the second of them is answered by the first.
        Machine machine = TestWorkloads.machine(4, 2).withCosts(TestWorkloads.costs(0, 0, 50, 150));
        TestWorkloads world = TestWorkloads.of(
                machine,
                "struct s { long x; };",
                roles("w: { cpus: [0] }, r: { cpus: [2, 3] }")
                        + op("write", "w", "1e3", "{ field: x, kind: write }")
                        + op("read", "r", "1e5", "{ field: x, kind: read }"));

        Simulation mesi = world.play(options(1, Protocol.MESI, Arbitration.FIFO, 0));
        Simulation mesif = world.play(options(1, Protocol.MESIF, Arbitration.FIFO, 0));

        Simulation.Played far = world.op(mesi, "read");
        Simulation.Played near = world.op(mesif, "read");
        assertThat(far.stallNanosPerOp() / far.misses().coherence()).isCloseTo(150, within(5.0));
        assertThat(near.stallNanosPerOp() / near.misses().coherence()).isCloseTo(100, within(5.0));
        assertThat(near.misses().coherence()).isCloseTo(far.misses().coherence(), within(0.002));
    }

    @Test
    void first_come_first_served_is_fair() {
        List<Integer> cpus = List.of(0, 1, 2, 3, 4, 5, 6, 7);
        StringBuilder roles = new StringBuilder();
        StringBuilder operations = new StringBuilder();
        for (int cpu : cpus) {
            roles.append(cpu == 0 ? "" : ", ")
                    .append("r")
                    .append(cpu)
                    .append(": { cpus: [")
                    .append(cpu)
                    .append("] }");
            operations.append(op("o" + cpu, "r" + cpu, "1e9", "{ field: x, kind: rmw }"));
        }
        TestWorkloads world = world(8, "long x;", roles.toString(), operations.toString());

        Simulation played = world.play(options(1, Protocol.MESI, Arbitration.FIFO, 0));

        long most = played.operations().stream()
                .mapToLong(Simulation.Played::count)
                .max()
                .orElseThrow();
        long least = played.operations().stream()
                .mapToLong(Simulation.Played::count)
                .min()
                .orElseThrow();
        assertThat(most - least).isLessThanOrEqualTo(1);
        assertThat(played.utilisation()).isCloseTo(1, within(0.001));
    }

    @Test
    void a_line_that_prefers_its_socket_stays_there() {
        Machine machine = TestWorkloads.machine(16, 2).withCosts(TestWorkloads.costs(0, 0, 50, 150));
        TestWorkloads world = TestWorkloads.of(
                machine,
                "struct s { long x; };",
                roles("a: { cpus: all }") + op("add", "a", "1e9", "{ field: x, kind: rmw }"));
        List<Double> transfers = new ArrayList<>();
        for (double bias : new double[] {0, 0.5, 0.9, 0.99}) {
            Simulation played = world.play(options(1, Protocol.MESI, Arbitration.SOCKET, bias));
            transfers.add(played.operations().get(0).nanosPerOp() / 16);
        }

        // Unbiased, 8 of the 15 that wait are in the other socket: 50 + 100 * 8 / 15 a transfer.
        assertThat(transfers.get(0)).isCloseTo(50 + 100 * 8.0 / 15, within(2.0));
        assertThat(transfers.get(1)).isCloseTo(50 + 50 * 8.0 / 15, within(2.0));
        assertThat(transfers.get(2)).isCloseTo(50 + 10 * 8.0 / 15, within(2.0));
        assertThat(transfers.get(3)).isCloseTo(50 + 1 * 8.0 / 15, within(2.0));
    }

    @Test
    void a_thousand_and_twenty_four_cpus_are_played_and_no_more() {
        TestWorkloads most = world(
                1024,
                "long x; long y;",
                "a: { cpus: all }",
                op("w", "a", "1e4", "{ field: x, kind: read }, { field: y, kind: rmw }"));
        TestWorkloads more = world(1025, "long x;", "a: { cpus: all }", op("w", "a", "1e4", "{ field: x, kind: rmw }"));

        assertThat(most.play(1, 300_000).operations().get(0).misses().coherence())
                .isPositive();
        assertThatThrownBy(() -> more.play(1, ACCESSES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("at most 1024 CPUs are simulated, got 1025");
    }

    @Test
    void options_that_cannot_be_played_are_refused() {
        assertThatThrownBy(() -> SimulationOptions.of(1, 999)).hasMessage("at least 1000 accesses, got 999");
        for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> options(1, Protocol.MESI, Arbitration.SOCKET, wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("bias and retention must be from 0 to 1");
            assertThatThrownBy(() -> new SimulationOptions(1, Protocol.MESI, Arbitration.FIFO, 0, wrong, ACCESSES))
                    .hasMessage("bias and retention must be from 0 to 1");
        }
    }

    @Test
    void phases_are_played_one_after_the_other() {
        String operations =
                op("x", "a", "1e6", "{ field: x, kind: write }") + op("y", "b", "1e6", "{ field: y, kind: write }");
        TestWorkloads together = world(2, "long x; long y;", TWO, operations);
        TestWorkloads apart = world(2, "long x; long y;", TWO, operations + "phases:\n  first: [a]\n  then: [b]\n");

        assertThat(together.playedServicesPerSecond(together.play(1, ACCESSES))).isPositive();
        Simulation played = apart.play(1, ACCESSES);
        assertThat(apart.playedServicesPerSecond(played)).isZero();
        assertThat(played.operations())
                .allSatisfy(one -> assertThat(one.count()).isPositive());
        assertThat(played.invalidations()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Arbitration.class)
    void accesses_are_those_of_the_operations_counted(Arbitration arbitration) {
        for (int seed = 0; seed < 20; seed++) {
            RandomWorkloads random = new RandomWorkloads(seed);
            TestWorkloads world = random.at(random.spread(), 1e4);
            Simulation played = world.play(options(seed, Protocol.MESI, arbitration, 0.5));
            double steps = 0;
            double retries = 0;
            for (int i = 0; i < played.operations().size(); i++) {
                Simulation.Played one = played.operations().get(i);
                steps += (double) one.count()
                        * world.workload().tasks().get(i).steps().size();
                retries += one.count() == 0 ? 0 : one.retries() * one.count();
            }

            assertThat(played.accesses()).isEqualTo(ACCESSES);
            // Operations that are incomplete when counting begins or ends are not counted.
            double unfinished = 8.0 * world.workload().cpus();
            assertThat(steps).as("seed %d", seed).isBetween(ACCESSES - retries - unfinished, ACCESSES + unfinished);
        }
    }

    @Test
    void rates_are_met_while_lines_have_time() {
        TestWorkloads world =
                world(4, "long x;", "a: { cpus: all }", op("x", "a", "1e5", "{ field: x, kind: rmw, gap: 30ns }"));

        Simulation.Played played = world.play(1, ACCESSES).operations().get(0);

        // Idle times do not shrink when a CPU has to wait, so waiting lowers its rate.
        assertThat(1e9 / played.perSecond()).isCloseTo(1e4 + played.stallNanosPerOp(), within(100.0));
        assertThat(played.nanosPerOp()).isCloseTo(36.5 + played.stallNanosPerOp(), within(1e-6));
    }

    @Test
    void a_loop_across_two_lines_does_not_fail_by_itself() {
        TestWorkloads world =
                world(2, "long x;", "a: { cpus: [0] }", op("x", "a", "1e6", "{ field: x, kind: cas-loop }"));

        Simulation played =
                world.with(LineMap.of(world.workload().fields(), 64, 60)).play(1, ACCESSES);

        assertThat(played.operations().get(0).retries()).isZero();
    }

    @Test
    void a_word_that_a_larger_write_covered_fails_a_compare_and_set() {
        String struct = "struct in { long a; long b; };\nstruct s { struct in in; };";
        TestWorkloads world = TestWorkloads.of(
                TestWorkloads.machine(2, 1),
                struct,
                roles(TWO)
                        + op("loop", "a", "1e9", "{ field: in.b, kind: cas-loop }")
                        + op("copy", "b", "1e9", "{ field: in, kind: write }"));

        assertThat(world.op(world.play(1, ACCESSES), "loop").retries()).isPositive();
    }

    @Test
    void a_table_that_is_read_whole_is_missed_line_by_line() {
        String struct = "struct s { char table[6400]; };";
        TestWorkloads world = TestWorkloads.of(
                TestWorkloads.machine(2, 1),
                struct,
                roles(TWO)
                        + op("read", "a", "1e3", "{ field: table, kind: read }")
                        + op("write", "b", "1e4", "{ field: table, kind: write }"));

        Cost cost = world.cost();
        Simulation played = world.play(1, ACCESSES);

        assertThat(world.op(cost, "read").events().lines()).isEqualTo(100);
        assertThat(world.op(cost, "read").events().misses()).isBetween(85.0, 100.0);
        assertThat(world.op(played, "read").misses().coherence())
                .isCloseTo(world.op(cost, "read").events().misses(), within(5.0));
        assertThat(world.playedNanosPerSecond(played) / world.nanosPerSecond()).isCloseTo(1, within(0.1));
    }

    private static org.assertj.core.groups.Tuple tuple(String culprit, String victim) {
        return org.assertj.core.groups.Tuple.tuple(culprit, victim);
    }

    private static double charged(Simulation played, String culprit, String victim) {
        return played.culprits().stream()
                .filter(one -> one.culprit().equals(culprit) && one.victim().equals(victim))
                .mapToLong(Simulation.Culprit::misses)
                .sum();
    }

    private static SimulationOptions options(long seed, Protocol protocol, Arbitration arbitration, double bias) {
        return new SimulationOptions(seed, protocol, arbitration, bias, 0, ACCESSES);
    }

    private static TestWorkloads world(int cpus, String fields, String roles, String operations) {
        return TestWorkloads.of(
                TestWorkloads.machine(cpus, 1), "struct s { " + fields + " };", roles(roles) + operations);
    }

    private static String roles(String roles) {
        return "roles: { " + roles + " }\noperations:\n";
    }

    private static String op(String name, String role, String rate, String accesses) {
        return "  - { name: " + name + ", role: " + role + ", rate: " + rate + ", accesses: [ " + accesses + " ] }\n";
    }
}

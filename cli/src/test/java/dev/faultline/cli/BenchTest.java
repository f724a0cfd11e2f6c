package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.bench.cores.InconclusiveException;
import dev.faultline.bench.plan.BenchPlan;
import dev.faultline.bench.plan.ContestantSpec;
import dev.faultline.bench.plan.ScenarioSpec;
import dev.faultline.bench.suites.Suites;
import dev.faultline.cli.Cli.Run;
import dev.faultline.cli.measure.Bencher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code faultline bench}, with benchmarks that come out as they are told to. */
class BenchTest {

    private static final Bencher NEVER = (plan, topology, listener) -> {
        throw new AssertionError("measured");
    };

    @TempDir
    Path temporary;

    private static List<String> contestants(BenchPlan plan) {
        List<String> names = plan.scenarios().stream()
                .flatMap(one -> one.contestants().stream())
                .map(ContestantSpec::name)
                .distinct()
                .toList();
        return Suites.named(plan.suite())
                .map(suite -> suite.contestants().stream()
                        .map(ContestantSpec::name)
                        .filter(names::contains)
                        .toList())
                .orElse(names);
    }

    private static List<String> scenarios(BenchPlan plan) {
        return plan.scenarios().stream().map(one -> one.spec().name()).toList();
    }

    @Test
    void a_suite_is_measured_and_contestants_are_compared_with_the_first() {
        Run run = Cli.run("bench", "refcount");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("refcount: reference counts on a shared record\n")
                .containsPattern("atomic-loop +10\\.0 .* 1x\n")
                .containsPattern("cas-loop +20\\.0 .* 0\\.500x ")
                .contains("contended, 2 threads: ", "uncontended, 1 thread: ");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void what_is_asked_for_is_run() {
        List<String> asked = new ArrayList<>();
        Bencher asking = (plan, topology, listener) -> {
            asked.add(plan.threads() + " " + plan.effort().forks() + " " + contestants(plan) + " " + scenarios(plan));
            return Benches.fake(plan, topology, listener);
        };
        Cli.benching(asking, Map.of(), "bench", "queue");
        Cli.benching(asking, Map.of(), "bench", "queue", "--only", "jctools-*", "--scenario", "*-16");
        Cli.benching(asking, Map.of(), "bench", "pool", "--thorough", "--only", "n*");
        Cli.benching(asking, Map.of(), "bench", "refcount", "--forks", "1", "--only", "netty", "--threads", "2");

        assertThat(asked)
                .containsExactly(
                        "2 5 [jctools-array, jctools-single, jctools-xadd, agrona, alf-mpmc, alf-mpmc-remembered,"
                                + " alf-mpmc-sequenced, alf-spsc, alf-spsc-remembered] [pair, stream-16, bulk-16]",
                        "2 5 [jctools-array, jctools-single, jctools-xadd] [stream-16, bulk-16]",
                        "2 12 [new-object, netty] [instant, burst-256, cross-thread]",
                        "2 1 [netty] [contended, uncontended]");
    }

    @Test
    void what_was_inconclusive_says_so_in_the_report_and_on_standard_error() {
        Run run = Cli.benching(Benches::busy, Map.of(), "bench", "refcount");

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).isEqualTo("faultline: inconclusive: contended: the CPUs were not free\n");
        String contended =
                run.out().substring(run.out().indexOf("\ncontended"), run.out().indexOf("\nuncontended"));
        assertThat(contended).contains("  inconclusive: the CPUs were not free").doesNotContain("ns/op", "1x");
        assertThat(run.out()).as("the other scenario").containsPattern("cas-loop +20\\.0 .* 0\\.500x ");
    }

    @Test
    void on_a_terminal_disturbances_are_seen_at_once() {
        Run run = Cli.benching(Benches::busy, Map.of("FAULTLINE_TERMINAL", "err"), "bench", "refcount");
        assertThat(run.err())
                .startsWith("faultline: 95 forks, about ")
                .contains("\nfaultline: disturbed: the CPUs were not free\nfaultline: inconclusive: contended");
    }

    @Test
    void what_cannot_be_run_here_is_one_line_and_nothing_is_written() throws Exception {
        Bencher alone = (plan, topology, listener) -> {
            throw new InconclusiveException("inconclusive: 2 threads need as many CPUs");
        };
        Path file = Files.writeString(temporary.resolve("bench.txt"), "before");
        Run run = Cli.benching(alone, Map.of(), "bench", "pool", "-o", file.toString());

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("faultline: inconclusive: 2 threads need as many CPUs\n");
        assertThat(file).content().isEqualTo("before");
    }

    @Test
    void a_report_goes_to_a_file_whole() {
        Path file = temporary.resolve("bench.json");
        Run run = Cli.run("bench", "rpc", "--format", "json", "-o", file.toString());
        assertThat(run.status()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(file)
                .content()
                .isEqualTo(Cli.run("bench", "rpc", "--format", "json").out());
    }

    @Test
    void layouts_are_measured_operation_by_operation_beside_what_is_predicted() {
        Run run = Cli.run("bench", "rtable@6.3", "rtable@6.4");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(run.out())
                .startsWith("layouts: rtable@6.3, rtable@6.4\n")
                .contains("used as    rtable@6.3: route lookup under a shared destination")
                .contains("from the start of a line, 2 threads: route lookup under a shared destination\n")
                .contains("\nsender: get, use, put\n", "\nreceiver: receive one packet\n")
                .containsPattern("  rtable@6\\.3 +10\\.0 .* 1x +[0-9.]+ +1x\n")
                .containsPattern("  rtable@6\\.4 +20\\.0 .* 0\\.50[01]x .* [0-9.]+ +[12]\\.[0-9]+x\n")
                .contains("  rtable@6.3: takes 27 times less time than predicted\n")
                .contains("  rtable@6.4: slower; predicted was faster; takes 7.5 times less time than\n");
    }

    @Test
    void layouts_are_asked_for_as_they_are_wanted() throws Exception {
        List<String> asked = new ArrayList<>();
        Bencher asking = (plan, topology, listener) -> {
            asked.add(plan.threads() + " " + plan.effort() + " " + contestants(plan) + " " + scenarios(plan));
            return Benches.fake(plan, topology, listener);
        };
        Path ring = Files.writeString(temporary.resolve("s.txt"), "struct s { atomic_t a; int b; };\n");
        Cli.benching(asking, Map.of(), "bench", "rtable@6.4");
        Cli.benching(asking, Map.of(), "bench", "rtable@6.4", "rtable@6.4", "--forks", "1", "--time", "20");
        Cli.benching(asking, Map.of(), "bench", ring + "#s", "--placement", "0,32", "--thorough");
        Cli.benching(asking, Map.of(), "bench", ring + "#s", "--base-align", "32", "--placement", "all");

        String s = ring + "#s";
        assertThat(asked)
                .containsExactly(
                        "2 RunEffort[forks=8, warmups=4, iterations=5, millis=200] [rtable@6.4] [from the start of a line]",
                        "2 RunEffort[forks=1, warmups=4, iterations=5, millis=20] [rtable@6.4, rtable@6.4 (2)]"
                                + " [from the start of a line]",
                        "2 RunEffort[forks=12, warmups=5, iterations=5, millis=500] [" + s
                                + "] [from the start of a line, from byte 32 of a line]",
                        "2 RunEffort[forks=8, warmups=4, iterations=5, millis=200] [" + s
                                + "] [from the start of a line, from byte 32 of a line]");
    }

    @Test
    void a_layout_without_a_profile_is_used_as_the_first_that_has_one() throws Exception {
        Path mine = Files.writeString(
                temporary.resolve("mine.txt"), Cli.run("inspect", "rtable@6.4").out());
        Run run = Cli.run("bench", mine + "#rtable", "rtable@6.4", "--placement", "aligned");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("#rtable: route lookup under a shared destination (profile shipped with rtable@6.4)");
    }

    @Test
    void layouts_that_were_inconclusive_say_so_and_have_no_ratio_but_the_predicted() {
        Run run = Cli.benching(Benches::busy, Map.of(), "bench", "rtable@6.3", "rtable@6.4");

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).isEqualTo("faultline: inconclusive: from the start of a line: the CPUs were not free\n");
        assertThat(run.out())
                .contains("  inconclusive: the CPUs were not free\n", "  predicted: rtable@6.4, all operations: ")
                .doesNotContain("ns/op", "faster", "slower");
    }

    @Test
    void on_a_terminal_it_is_said_how_long_it_will_take() {
        Run run = Cli.benching(
                Benches::fake,
                Map.of("FAULTLINE_TERMINAL", "err"),
                "bench",
                "rtable@6.3",
                "rtable@6.4",
                "--forks",
                "4");
        assertThat(run.err()).matches("faultline: 8 forks, about \\d+ s\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bench rtabel@6.3 rtable@6.4|the catalogue has no struct rtabel (did you mean rtable?)",
                "bench rtable@6.5|the catalogue has no version 6.5 of rtable; it has 6.3, 6.4",
                "bench nowhere.o#foo rtable|nowhere.o",
                "bench percpu_ref --placement 4|percpu_ref: cannot start at byte 4 of a line of 64 bytes: it is aligned to 8",
                "bench percpu_ref --placement 64|percpu_ref: cannot start at byte 64 of a line of 64 bytes",
                "bench rtable --profile docs/examples/ring.yaml|--profile: says nothing about struct rtable; it knows ring",
                "bench rtable --profile nowhere.yaml|nowhere.yaml: cannot be read: no such file",
                "bench --from docs/examples/ring.txt rong|declares no rong (did you mean ring?)",
            })
    void what_cannot_be_measured_is_one_line_before_anything_is_measured(String words, String complaint) {
        Run run = Cli.benching(NEVER, Map.of(), words.split(" "));
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).startsWith("faultline: ").contains(complaint);
    }

    @Test
    void a_struct_without_known_users_cannot_be_measured() throws Exception {
        Path plain = Files.writeString(temporary.resolve("plain.txt"), "struct plain { int a; int b; };\n");
        Run run = Cli.benching(NEVER, Map.of(), "bench", plain + "#plain");
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err())
                .contains("plain: who uses it is unknown: it has no profile, and nothing can be inferred from its field"
                        + " types; give a profile of `plain` with --profile FILE");

        Path wrong = Files.writeString(temporary.resolve("wrong.yaml"), """
                profile: wrong
                structs:
                  plain:
                    roles: { one: { cpus: all } }
                    operations:
                      - { name: x, role: one, rate: 1, accesses: [ { field: aa, kind: read } ] }
                """);
        assertThat(Cli.benching(NEVER, Map.of(), "bench", plain + "#plain", "--profile", wrong.toString())
                        .err())
                .contains("line 6", "struct plain has no field aa (did you mean a?)");
    }

    @Test
    void suites_contestants_and_scenarios_are_listed_without_measuring() {
        Run run = Cli.benching(NEVER, Map.of(), "bench", "--list");
        assertThat(run.status()).isZero();
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
        Suites.all()
                .forEach(suite -> assertThat(run.out())
                        .contains(suite.name() + ": ")
                        .contains(suite.contestants().stream()
                                .map(ContestantSpec::name)
                                .toList())
                        .contains(suite.scenarios().stream()
                                .map(ScenarioSpec::name)
                                .toList()));
        assertThat(Cli.benching(NEVER, Map.of(), "bench", "pool", "--list").out())
                .startsWith("pool: ")
                .doesNotContain("jctools");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bench|bench needs a suite: refcount, queue, pool or rpc; or layouts, such as rtable@6.3 rtable@6.4",
                "bench refcout|there is no suite refcout (did you mean refcount?); expected refcount, queue, pool or rpc",
                "bench --list --format html|Invalid value for option '--format': expected text with --list, got 'html'",
                "bench --list -o suites.html|Invalid value for option '--format': expected text with --list, got 'html'",
                "bench queues --list|there is no suite queues (did you mean queue?)",
                "bench queue pool|bench takes one suite, got 2",
                "bench pool --threads 1|Invalid value for option '--threads': expected a number from 2 to",
                "bench pool --threads 3|expected a number from 2 to the CPUs there are, 2, got '3'",
                "bench pool --forks 0|Invalid value for option '--forks': expected a number from 1 to 100, got '0'",
                "bench pool --only jct*|expected a pattern that matches one of slab, array-caches, alien-caches,",
                "bench queue --scenario x|expected a pattern that matches one of pair, one-to-one, stream-16",
                "bench refcount --only rcuref-6*|rcuref-6-3, rcuref-6-4 takes no part in contended, uncontended or frames",
                "bench queue rtable@6.3|queue is a suite and rtable@6.3 a layout; bench takes one suite, or layouts",
                "bench rtable@6.3 queue|queue is a suite and rtable@6.3 a layout; bench takes one suite, or layouts",
                "bench queue --placement all|suites have no --placement",
                "bench queue --profile none|suites have no --profile",
                "bench queue --from kernel|suites have no --from",
                "bench rtable --only x*|layouts have no --only",
                "bench rtable --scenario x*|layouts have no --scenario",
                "bench rtable --placement left|expected all, aligned, or bytes from the start of a line such as 0,8,56, got 'left'",
                "bench rtable --placement 8,-8|expected all, aligned, or bytes from the start of a line",
                "bench rtable --threads 3|expected a number from 2 to the CPUs there are, 2, got '3'",
                "bench rtable --forks 101|expected a number from 1 to 100, got '101'",
                "bench rtable --time 0|Invalid value for option '--time': expected a number from 1 to 60000, got '0'",
                "bench rtable --machine x86|expected x86-64, ice-lake,",
                "bench rtable@|expected [SOURCE#]NAME[@VERSION]",
                "bench queue --thorogh|bench has no option --thorogh (did you mean --thorough?)",
            })
    void nonsense_is_refused_before_anything_is_measured(String words, String complaint) {
        Run run = Cli.benching(NEVER, Map.of(), words.split(" "));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("faultline: ").contains(complaint).endsWith("Try 'faultline bench --help'.\n");
    }
}

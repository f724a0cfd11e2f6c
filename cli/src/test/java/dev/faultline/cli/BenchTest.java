package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.cli.Cli.Run;
import dev.faultline.cli.command.Bencher;
import dev.faultline.offheap.bench.Suites;
import dev.faultline.offheap.cores.InconclusiveException;
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

    private static final Bencher NEVER = (request, topology, listener) -> {
        throw new AssertionError("measured");
    };

    @TempDir
    Path temporary;

    @Test
    void a_suite_is_measured_and_contestants_are_compared_with_the_first() {
        Run run = Cli.run("bench", "refcount");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("refcount: reference counts on a shared record\n")
                .containsPattern("atomic-loop +10\\.0 .* 1x\n")
                .containsPattern("cas-loop +20\\.0 .* 0\\.500x ")
                .contains("contended, 2 threads: ", "uncontended, 2 threads: ");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void what_is_asked_for_is_run() {
        List<String> asked = new ArrayList<>();
        Bencher asking = (request, topology, listener) -> {
            asked.add(request.threads() + " " + request.effort().forks() + " " + request.contestants() + " "
                    + request.scenarios());
            return Benches.fake(request, topology, listener);
        };
        Cli.benching(asking, Map.of(), "bench", "queue");
        Cli.benching(asking, Map.of(), "bench", "queue", "--only", "jctools-*", "--scenario", "*-16");
        Cli.benching(asking, Map.of(), "bench", "pool", "--thorough", "--only", "n*");
        Cli.benching(asking, Map.of(), "bench", "refcount", "--forks", "1", "--only", "netty", "--threads", "2");

        assertThat(asked)
                .containsExactly(
                        "2 5 " + Suites.named("queue").orElseThrow().contestants() + " [pair, stream-16, bulk-16]",
                        "2 5 [jctools-array, jctools-single, jctools-xadd] [stream-16, bulk-16]",
                        "2 12 [new-object, netty] [instant, burst-256, cross-thread]",
                        "2 1 [netty] [contended, uncontended, frames]");
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
                .startsWith("faultline: disturbed: the CPUs were not free\nfaultline: inconclusive: contended");
    }

    @Test
    void what_cannot_be_run_here_is_one_line_and_nothing_is_written() throws Exception {
        Bencher alone = (request, topology, listener) -> {
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
    void suites_contestants_and_scenarios_are_listed_without_measuring() {
        Run run = Cli.benching(NEVER, Map.of(), "bench", "--list");
        assertThat(run.status()).isZero();
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
        Suites.all()
                .forEach(suite -> assertThat(run.out())
                        .contains(suite.name() + ": ")
                        .contains(suite.contestants())
                        .contains(suite.scenarios(true)));
        assertThat(Cli.benching(NEVER, Map.of(), "bench", "pool", "--list").out())
                .startsWith("pool: ")
                .doesNotContain("jctools");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bench|bench needs a suite: refcount, queue, pool or rpc",
                "bench refcout|there is no suite refcout (did you mean refcount?); expected refcount, queue, pool or rpc",
                "bench queues --list|there is no suite queues (did you mean queue?)",
                "bench queue pool|bench takes one suite, got 2",
                "bench pool --threads 1|Invalid value for option '--threads': expected a number from 2 to",
                "bench pool --threads 3|expected a number from 2 to the CPUs there are, 2, got '3'",
                "bench pool --forks 0|Invalid value for option '--forks': expected a number from 1 to 100, got '0'",
                "bench pool --only jct*|expected a pattern that fits one of slab, array-caches, alien-caches,",
                "bench queue --scenario x|expected a pattern that fits one of pair, one-to-one, stream-16",
                "bench refcount --only rcuref-6*|rcuref-6-3, rcuref-6-4 takes no part in contended, uncontended or frames",
                "bench queue --thorogh|bench has no option --thorogh (did you mean --thorough?)",
            })
    void nonsense_is_refused_before_anything_is_measured(String words, String complaint) {
        Run run = Cli.benching(NEVER, Map.of(), words.split(" "));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("faultline: ").contains(complaint).endsWith("Try 'faultline bench --help'.\n");
    }
}

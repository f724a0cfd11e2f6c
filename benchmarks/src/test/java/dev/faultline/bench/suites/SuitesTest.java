package dev.faultline.bench.suites;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.bench.contestants.pool.PoolContestant;
import dev.faultline.bench.contestants.queue.QueueContestant;
import dev.faultline.bench.contestants.refcount.CountContestant;
import dev.faultline.bench.contestants.rpc.RpcContestant;
import dev.faultline.bench.harness.ContestantFactory;
import dev.faultline.bench.plan.ContestantSpec;
import dev.faultline.bench.plan.PlannedScenario;
import dev.faultline.bench.plan.ScenarioSpec;
import dev.faultline.bench.plan.Suite;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws over the list: what stands in it can be run, and does what its suite asks for. */
class SuitesTest {

    private static final int THREADS = 2;

    static Stream<ContestantSpec> entries(String suite) {
        return Suites.named(suite).orElseThrow().contestants().stream();
    }

    static Stream<ContestantSpec> counts() {
        return entries("refcount");
    }

    static Stream<ContestantSpec> queues() {
        return entries("queue");
    }

    static Stream<ContestantSpec> pools() {
        return entries("pool");
    }

    static Stream<ContestantSpec> calls() {
        return entries("rpc");
    }

    @Test
    void names_are_words_and_there_once_and_texts_fit_a_line() {
        assertThat(Suites.all()).extracting(Suite::name).containsExactly("refcount", "queue", "pool", "rpc");
        for (Suite suite : Suites.all()) {
            List<String> names =
                    suite.contestants().stream().map(ContestantSpec::name).toList();
            assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z][a-z0-9-]{1,18}"));
            assertThat(suite.scenarios())
                    .extracting(ScenarioSpec::name)
                    .doesNotHaveDuplicates()
                    .allMatch(name -> name.matches("[a-z][a-z0-9-]{1,18}"));
            assertThat(suite.contestants()).allMatch(entry -> entry.summary().length() <= 58);
            assertThat(suite.scenarios())
                    .anyMatch(ScenarioSpec::isBrief)
                    .allMatch(scenario -> scenario.operation().length() <= 70);
        }
    }

    @Test
    void every_scenario_has_its_method_and_every_method_its_scenario() throws IOException {
        List<String> named = Suites.all().stream()
                .flatMap(suite -> suite.scenarios().stream())
                .map(ScenarioSpec::method)
                .distinct()
                .toList();
        StringBuilder listed = new StringBuilder();
        for (URL list : Collections.list(Suites.class.getClassLoader().getResources("META-INF/BenchmarkList"))) {
            try (InputStream in = list.openStream()) {
                listed.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        List<String> methods = Stream.of(listed.toString().split("\\s"))
                .filter(word -> word.matches("dev\\.faultline\\.bench\\.contestants\\..*_jmhTest"))
                .map(word -> word.replaceFirst("^.*\\.(\\w+)_(\\w+)_jmhTest$", "$1.$2"))
                .toList();

        assertThat(named).containsExactlyInAnyOrderElementsOf(methods);
    }

    @ParameterizedTest
    @MethodSource("counts")
    void counts_are_got_and_put(ContestantSpec entry) {
        try (CountContestant count = ContestantFactory.create(entry.forkParameter(), CountContestant.class)) {
            count.open(THREADS);
            CountContestant.User user = count.user(0);
            for (int i = 0; i < 3; i++) {
                assertThat(user.get()).isTrue();
                assertThat(user.get()).isTrue();
                user.put();
                user.put();
            }
            assertThat(user.counters().values()).allMatch(value -> value == 0);
        }
    }

    @ParameterizedTest
    @MethodSource("queues")
    void queues_give_back_what_they_took_and_no_more(ContestantSpec entry) {
        try (QueueContestant queue = ContestantFactory.create(entry.forkParameter(), QueueContestant.class)) {
            queue.open(512);
            QueueContestant.Port port = queue.port(16);
            assertThat(port.poll()).isFalse();
            assertThat(port.drain(16)).isZero();
            assertThat(port.offer()).isTrue();
            for (int count = 1; count <= 16; count++) {
                assertThat(port.fill(count)).isEqualTo(count);
            }
            for (int count = 1; count <= 16; count++) {
                assertThat(port.drain(count)).isEqualTo(count);
            }
            assertThat(port.poll()).isTrue();
            assertThat(port.poll()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("pools")
    void records_taken_by_one_thread_are_freed_by_another(ContestantSpec entry) throws InterruptedException {
        try (PoolContestant pool = ContestantFactory.create(entry.forkParameter(), PoolContestant.class)) {
            pool.open(THREADS, 512);
            PoolContestant.User user = pool.user(0);
            for (int round = 0; round < 3; round++) {
                for (int slot = 0; slot < 512; slot++) {
                    user.take(slot);
                }
                Thread other = new Thread(() -> {
                    PoolContestant.User freer = pool.user(1);
                    for (int slot = 0; slot < 512; slot++) {
                        freer.free(slot);
                    }
                });
                other.start();
                other.join();
            }
            user.take(511);
            user.free(511);
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void packets_received_are_read_and_packets_sent_acknowledged(ContestantSpec entry) {
        try (RpcContestant rpc = ContestantFactory.create(entry.forkParameter(), RpcContestant.class)) {
            rpc.open(THREADS, 8);
            RpcContestant.User network = rpc.user(0);
            RpcContestant.User application = rpc.user(1);
            for (int call = 0; call < 100_000; call++) {
                int socket = call % 8;
                long request = network.receive(socket);
                application.read(socket, request);
                long answer = application.send(socket);
                network.acknowledge(socket, answer);
            }
            assertThat(network.counters()).containsKey("locks");
            assertThat(application.counters()).isEmpty();
        }
    }

    @Test
    void every_scenario_has_two_contestants_at_least_and_published_figures_are_theirs() {
        for (Suite suite : Suites.all()) {
            for (PlannedScenario scenario : suite.plan(suite.contestants(), suite.scenarios(), THREADS)) {
                assertThat(scenario.contestants())
                        .as(scenario.spec().name())
                        .hasSizeGreaterThanOrEqualTo(2)
                        .containsExactlyInAnyOrderElementsOf(scenario.spec().contestants());
                scenario.spec()
                        .published()
                        .forEach(figure -> assertThat(scenario.contestants()).containsAll(figure.about()));
            }
            assertThat(suite.plan(suite.contestants(), suite.scenarios(), THREADS))
                    .hasSameSizeAs(suite.scenarios());
        }
    }

    @Test
    void a_queue_for_one_on_either_side_is_left_out_when_there_are_more_threads() {
        Suite suite = Suites.named("queue").orElseThrow();
        List<ContestantSpec> spsc = suite.contestants().stream()
                .filter(one -> one.name().equals("alf-spsc"))
                .toList();
        assertThat(suite.plan(spsc, scenario(suite, "stream-16"), 2)).hasSize(1);
        assertThat(suite.plan(spsc, scenario(suite, "stream-16"), 4)).isEmpty();
        assertThat(suite.plan(spsc, scenario(suite, "bulk-16"), 4)).hasSize(1);
    }

    private static List<ScenarioSpec> scenario(Suite suite, String name) {
        return suite.scenarios().stream().filter(one -> one.name().equals(name)).toList();
    }
}

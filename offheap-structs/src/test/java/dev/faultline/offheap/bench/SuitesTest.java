package dev.faultline.offheap.bench;

import static org.assertj.core.api.Assertions.assertThat;

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

    static Stream<Entry> entries(String suite) {
        return Suites.named(suite).orElseThrow().entries().stream();
    }

    static Stream<Entry> counts() {
        return entries("refcount");
    }

    static Stream<Entry> queues() {
        return entries("queue");
    }

    static Stream<Entry> pools() {
        return entries("pool");
    }

    static Stream<Entry> calls() {
        return entries("rpc");
    }

    @Test
    void names_are_words_and_there_once_and_texts_fit_a_line() {
        assertThat(Suites.all()).extracting(Suite::name).containsExactly("refcount", "queue", "pool", "rpc");
        for (Suite suite : Suites.all()) {
            List<String> names = suite.entries().stream().map(Entry::name).toList();
            assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z][a-z0-9-]{1,18}"));
            assertThat(suite.scenarios(true))
                    .doesNotHaveDuplicates()
                    .allMatch(name -> name.matches("[a-z][a-z0-9-]{1,18}"));
            assertThat(suite.entries()).allMatch(entry -> entry.summary().length() <= 58);
            assertThat(suite.shapes())
                    .anyMatch(Shape::isBrief)
                    .allMatch(shape -> shape.operation().length() <= 70);
        }
    }

    @Test
    void every_scenario_has_its_method_and_every_method_its_scenario() throws IOException {
        List<String> shapes = Suites.all().stream()
                .flatMap(suite -> suite.shapes().stream())
                .map(Shape::method)
                .distinct()
                .toList();
        StringBuilder listed = new StringBuilder();
        for (URL list : Collections.list(Bench.class.getClassLoader().getResources("META-INF/BenchmarkList"))) {
            try (InputStream in = list.openStream()) {
                listed.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        List<String> methods = Stream.of(listed.toString().split("\\s"))
                .filter(word -> word.startsWith("dev.faultline.offheap.bench.jmh_generated."))
                .map(word -> word.replaceFirst("^.*\\.(\\w+)_(\\w+)_jmhTest$", "$1.$2"))
                .filter(method ->
                        !method.equals("LayoutBenchmark.play")) // layouts are a suite when somebody names them
                .toList();

        assertThat(shapes).containsExactlyInAnyOrderElementsOf(methods);
    }

    @ParameterizedTest
    @MethodSource("counts")
    void counts_are_got_and_put(Entry entry) {
        try (CountContestant count = Making.contestant(entry.className(), CountContestant.class)) {
            count.open(THREADS);
            CountContestant.User user = count.user(0);
            for (int i = 0; i < 3; i++) {
                assertThat(user.get()).isTrue();
                assertThat(user.get()).isTrue();
                user.put();
                user.put();
            }
            assertThat(user.counts().values()).allMatch(value -> value == 0);
        }
    }

    @ParameterizedTest
    @MethodSource("queues")
    void queues_give_back_what_they_took_and_no_more(Entry entry) {
        try (QueueContestant queue = Making.contestant(entry.className(), QueueContestant.class)) {
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
    void records_taken_by_one_thread_are_freed_by_another(Entry entry) throws InterruptedException {
        try (PoolContestant pool = Making.contestant(entry.className(), PoolContestant.class)) {
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
    void packets_received_are_read_and_packets_sent_acknowledged(Entry entry) {
        try (RpcContestant rpc = Making.contestant(entry.className(), RpcContestant.class)) {
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
            assertThat(network.counts()).containsKey("locks");
            assertThat(application.counts()).isEmpty();
        }
    }

    @Test
    void routes_are_read_under_their_count() {
        for (Entry entry : entries("refcount")
                .filter(entry -> entry.className().contains("Route"))
                .toList()) {
            try (CountContestant route = Making.contestant(entry.className(), CountContestant.class)) {
                route.open(THREADS);
                RouteCount.RouteUser user = (RouteCount.RouteUser) route.user(0);
                assertThat(user.get()).isTrue();
                assertThat(user.use()).isEqualTo(1);
                user.put();
            }
        }
    }

    @Test
    void every_scenario_has_two_contestants_at_least_and_published_figures_are_theirs() {
        for (Suite suite : Suites.all()) {
            for (Shape shape : suite.shapes()) {
                List<String> names = shape.of(suite.entries(), THREADS).stream()
                        .map(Entry::name)
                        .toList();
                assertThat(names)
                        .as(shape.name())
                        .hasSizeGreaterThanOrEqualTo(2)
                        .containsAll(shape.entrants());
                shape.published().forEach(figure -> {
                    assertThat(names).contains(figure.contestant());
                    if (figure.kind() == dev.faultline.measure.Published.Kind.SPEEDUP) {
                        assertThat(names).contains(figure.of());
                    }
                });
            }
        }
    }

    @Test
    void a_queue_for_one_on_either_side_is_left_out_when_there_are_more_threads() {
        Suite suite = Suites.named("queue").orElseThrow();
        assertThat(suite.meet(List.of("alf-spsc"), List.of("stream-16"), 2)).isTrue();
        assertThat(suite.meet(List.of("alf-spsc"), List.of("stream-16"), 4)).isFalse();
        assertThat(suite.meet(List.of("alf-spsc"), List.of("bulk-16"), 4)).isTrue();
    }
}

package dev.faultline.cli;

import static dev.faultline.cli.RecordedRun.SOME;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twins.Programs;

/**
 * Programs of which each has a hazard once and is repaired once, recorded and inspected as a user does, without a line
 * of YAML: what the recording must say and what must be found was written down before.
 */
class RecordedTwinsIT {

    /** How often each thread does its turn. */
    private static final long N = 200_000;

    /** A turn takes a us. */
    private static final double SECONDS = 0.2;

    @TempDir
    private static Path directory;

    private static RecordedRun run;

    @BeforeAll
    static void record() throws Exception {
        Path classes = Files.createDirectories(directory.resolve("classes/twins"));
        Path compiled = Path.of(Programs.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve("twins");
        try (Stream<Path> all = Files.list(compiled)) {
            for (Path one : all.toList()) {
                Files.copy(one, classes.resolve(one.getFileName()));
            }
        }
        String path = classes.getParent().toString();
        run = RecordedRun.of(directory, SECONDS, "twins.*", List.of("-cp", path, "twins.Programs"))
                .inspect(classes.getParent());
    }

    /** What must be recorded of one class: {@code "role field kind"} and how often. */
    private static final class Expected {
        private final Map<String, Long> rows = new TreeMap<>();

        Expected row(String words, long count) {
            rows.put(words, count);
            return this;
        }
    }

    private static void assertRecorded(String type, Expected expected) {
        run.assertRecorded("twins." + type, expected.rows);
    }

    private static void assertFound(String type, String one, String other) {
        run.assertFound("twins." + type, one, other);
    }

    private static void assertSilent(String type) {
        run.assertSilent("twins." + type);
    }

    private static void assertBoth(String program, Expected expected) {
        assertRecorded(program + "$Together", expected);
        assertRecorded(program + "$Apart", expected);
        assertSilent(program + "$Apart");
    }

    @Test
    void a_ring_whose_threads_move_numbers_of_one_line() {
        assertBoth(
                "Rings",
                new Expected()
                        .row("producer tail read", SOME)
                        .row("producer tail volatile-write", N)
                        .row("producer head read", SOME)
                        .row("producer headSeen read", SOME)
                        .row("producer headSeen write", SOME)
                        .row("consumer head read", SOME)
                        .row("consumer head volatile-write", N)
                        .row("consumer tail read", SOME)
                        .row("consumer tailSeen read", SOME)
                        .row("consumer tailSeen write", SOME));
        assertFound("Rings$Together", "head", "tail");
        assertFound("Rings$Together", "head", "headSeen");
        assertFound("Rings$Together", "tail", "tailSeen");
    }

    @Test
    void counters_of_two_threads_in_fields() {
        assertBoth(
                "Counters",
                new Expected()
                        .row("hitter hits read", N)
                        .row("hitter hits write", N)
                        .row("misser misses read", N)
                        .row("misser misses write", N));
        assertFound("Counters$Together", "hits", "misses");
    }

    @Test
    void a_flag_beside_a_counter_of_another_thread() {
        assertBoth(
                "Flags",
                new Expected()
                        .row("server requests read", N)
                        .row("server requests write", N)
                        .row("looker stopped read", N));
        assertFound("Flags$Together", "requests", "stopped");
    }

    @Test
    void a_free_list_beside_what_each_cache_compares_with() {
        for (String twin : List.of("Pools$Together", "Pools$Apart")) {
            long tries = run.said(twin);
            assertThat(tries).isGreaterThanOrEqualTo(4 * N);
            assertRecorded(
                    twin,
                    new Expected()
                            .row("exchanger free read", tries)
                            .row("exchanger free rmw", tries)
                            .row("user limit read", N));
        }
        assertFound("Pools$Together", "free", "limit");
        assertSilent("Pools$Apart");
        assertRecorded(
                "Pools$Cache", new Expected().row("user uses read", 4 * N).row("user uses write", 2 * N));
        assertThat(run.rows("twins.Pools$Cache")).isNotEmpty().allMatch(row -> row.sameObject() == 0);
        assertSilent("Pools$Cache");
    }

    @Test
    void a_count_of_references_beside_what_others_follow() {
        assertBoth("References", new Expected().row("holder count rmw", 4 * N).row("follower data read", N));
        assertFound("References$Together", "count", "data");
    }

    @Test
    void static_counters_of_two_threads() {
        Expected expected = new Expected()
                .row("hitter hits read", N)
                .row("hitter hits volatile-write", N)
                .row("misser misses read", N)
                .row("misser misses volatile-write", N);
        assertRecorded("Statics$Together.class", expected);
        assertFound("Statics$Together.class", "hits", "misses");
        assertRecorded("Statics$Apart.class", new Expected());
        assertRecorded(
                "Statics$PaddedCount",
                new Expected()
                        .row("hitter count read", N)
                        .row("hitter count volatile-write", N)
                        .row("misser count read", N)
                        .row("misser count volatile-write", N));
        assertSilent("Statics$PaddedCount");
    }
}

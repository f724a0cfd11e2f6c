package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.file.AccessFile;
import dev.faultline.access.file.AccessFileReader;
import dev.faultline.access.file.AccessRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import twins.Programs;

/**
 * Programs of which each has a hazard once and is repaired once, recorded and inspected as a user does, without a line
 * of YAML: what the recording must say and what must be found was written down before.
 */
class RecordedTwinsIT {

    /** How often each thread does its turn. */
    private static final long N = 200_000;
    /** A number of accesses that depends on how the threads ran. */
    private static final long SOME = -1;

    /**
     * What the run took, had it been that of one program on a machine at rest, where a turn takes a us. A duration only
     * scales what a repair saves; that of a busy machine says nothing of the program.
     */
    private static final String SECONDS = "\"seconds\":0.200";

    @TempDir
    private static Path directory;

    private static AccessFile recorded;
    private static Map<String, Long> said;
    private static JsonNode structs;

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
        Path file = directory.resolve("run.access");
        said = run(
                Path.of(System.getProperty("faultline.dist"), "bin", "faultline")
                        .toString(),
                "record",
                "-o",
                file.toString(),
                "--classes",
                "twins.*",
                "--",
                "java",
                "-cp",
                classes.getParent().toString(),
                "twins.Programs");
        String text = Files.readString(file);
        recorded = AccessFileReader.read("run.access", text);
        Files.writeString(file, text.replaceFirst("\"seconds\":[0-9.]+", SECONDS));
        Cli.Run inspected = Cli.run(
                "inspect", "--from", classes.getParent().toString(), "--profile", file.toString(), "--format", "json");
        assertThat(inspected.status()).as(inspected.err()).isZero();
        structs = JsonMapper.shared().readTree(inspected.out()).path("structs");
    }

    /** {@return what the program says of itself: a number for each name} */
    private static Map<String, Long> run(String... command) throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("PATH", System.getProperty("java.home") + "/bin:" + System.getenv("PATH"));
        assertThat(builder.start().waitFor()).as(Files.readString(err)).isZero();
        return Files.readAllLines(out).stream()
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(words -> words[0], words -> Long.parseLong(words[1])));
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
        Map<String, Long> counts = new TreeMap<>();
        for (AccessRow row : recorded.rows()) {
            if (row.key().type().equals("twins." + type)) {
                counts.merge(
                        row.key().role().replace("-#", "") + " " + row.key().field() + " "
                                + row.key().kind().word(),
                        row.count(),
                        Long::sum);
            }
        }
        counts.replaceAll((row, count) -> Long.valueOf(SOME).equals(expected.rows.get(row)) ? SOME : count);
        assertThat(counts).as(type).isEqualTo(expected.rows);
    }

    /** The findings of a class that a run shows, but for those that say what no layout can change. */
    private static List<JsonNode> findings(String type) {
        List<JsonNode> findings = new ArrayList<>();
        for (JsonNode struct : structs) {
            if (struct.path("name").asString().equals("twins." + type)) {
                StreamSupport.stream(struct.path("findings").spliterator(), false)
                        .filter(one -> one.path("certainty").asString().equals("recorded"))
                        .filter(one -> !Set.of("TrueSharing", "ExcessPadding")
                                .contains(one.path("rule").asString()))
                        .forEach(findings::add);
            }
        }
        return findings;
    }

    private static Set<String> fields(JsonNode finding) {
        Set<String> fields = new TreeSet<>();
        finding.path("fields").forEach(field -> fields.add(field.asString()));
        return fields;
    }

    /** One finding that counts names both fields. */
    private static void assertFound(String type, String one, String other) {
        assertThat(findings(type))
                .as(type + ": " + one + " and " + other)
                .anyMatch(finding -> !finding.path("severity").asString().equals("info")
                        && fields(finding).containsAll(List.of(one, other)));
    }

    private static void assertSilent(String type) {
        assertThat(findings(type)).as(type).isEmpty();
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
                        .row("producer tail write", N)
                        .row("producer head read", SOME)
                        .row("producer headSeen read", SOME)
                        .row("producer headSeen write", SOME)
                        .row("consumer head read", SOME)
                        .row("consumer head write", N)
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
            long tries = said.get(twin);
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
        assertThat(recorded.rows())
                .filteredOn(row -> row.key().type().equals("twins.Pools$Cache"))
                .allMatch(row -> row.sameObject() == 0);
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
                .row("hitter hits write", N)
                .row("misser misses read", N)
                .row("misser misses write", N);
        assertRecorded("Statics$Together.class", expected);
        assertFound("Statics$Together.class", "hits", "misses");
        assertRecorded("Statics$Apart.class", new Expected());
        assertRecorded(
                "Statics$PaddedCount",
                new Expected()
                        .row("hitter count read", N)
                        .row("hitter count write", N)
                        .row("misser count read", N)
                        .row("misser count write", N));
        assertSilent("Statics$PaddedCount");
    }
}

package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.file.AccessFile;
import dev.faultline.access.file.AccessFileReader;
import dev.faultline.access.file.AccessRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A program that the launcher of the distribution recorded, and what {@code inspect} finds with the recording and
 * without a line of YAML.
 */
final class RecordedRun {

    /** A number of accesses that depends on how the threads ran. */
    static final long SOME = -1;

    /** Rules that say what no layout can change, and what could be left out. */
    private static final Set<String> NO_HAZARDS = Set.of("TrueSharing", "ExcessPadding");

    private final Path file;
    private final AccessFile recorded;
    private final Map<String, Long> said;
    private final Map<String, List<JsonNode>> findings = new HashMap<>();

    private RecordedRun(Path file, AccessFile recorded, Map<String, Long> said) {
        this.file = file;
        this.recorded = recorded;
        this.said = said;
    }

    /**
     * Records a program.
     *
     * @param directory where files go
     * @param seconds what the run took, had it been that of one of the programs in it on a machine at rest; a duration
     *     only scales what a repair saves, and that of a busy machine says nothing of the program
     * @param classes which classes are recorded
     * @param java the options and the class that {@code java} gets
     */
    static RecordedRun of(Path directory, double seconds, String classes, List<String> java)
            throws IOException, InterruptedException {
        Path file = directory.resolve("run.access");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("faultline.dist"), "bin", "faultline")
                        .toString(),
                "record",
                "-o",
                file.toString(),
                "--classes",
                classes,
                "--",
                "java"));
        command.addAll(java);
        Map<String, Long> said = run(directory, command);
        String text = Files.readString(file);
        Files.writeString(file, text.replaceFirst("\"seconds\":[0-9.]+", "\"seconds\":" + seconds));
        return new RecordedRun(file, AccessFileReader.read("run.access", text), said);
    }

    /** {@return what the program says of itself: a number for each name} */
    private static Map<String, Long> run(Path directory, List<String> command)
            throws IOException, InterruptedException {
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

    /** Inspects a source; what is found in its classes is known from then on. */
    RecordedRun inspect(Path source) {
        Cli.Run run = Cli.run("inspect", "--from", source.toString(), "--profile", file.toString(), "--format", "json");
        assertThat(run.status()).as(run.err()).isZero();
        for (JsonNode struct : JsonMapper.shared().readTree(run.out()).path("structs")) {
            findings.put(
                    struct.path("name").asString(),
                    StreamSupport.stream(struct.path("findings").spliterator(), false)
                            .toList());
        }
        return this;
    }

    /** Inspects the memory of the recording that no program has a type for. */
    RecordedRun inspectMemory() {
        return inspect(file);
    }

    /** {@return the types of the recording whose names begin so} */
    List<String> types(String start) {
        return recorded.rows().stream()
                .map(row -> row.key().type())
                .filter(type -> type.startsWith(start))
                .distinct()
                .toList();
    }

    /** {@return the one type whose name begins so} */
    String typeFrom(String start) {
        assertThat(types(start)).as(start).hasSize(1);
        return types(start).get(0);
    }

    /** {@return what was inspected whose name begins so and that has a hazard} */
    List<String> found(String start) {
        return findings.keySet().stream()
                .filter(type -> type.startsWith(start) && !hazards(type).isEmpty())
                .toList();
    }

    List<AccessRow> rows(String type) {
        return recorded.rows().stream()
                .filter(row -> row.key().type().equals(type))
                .toList();
    }

    /** {@return how often all threads did something at an offset of a type} */
    long sum(String type, long byteOffset, String kind) {
        return rows(type).stream()
                .filter(row -> row.key().byteOffset() == byteOffset
                        && row.key().kind().word().equals(kind))
                .mapToLong(AccessRow::count)
                .sum();
    }

    long said(String name) {
        return said.get(name);
    }

    /**
     * Compares what all threads but the main one did to the objects of a class.
     *
     * @param expected {@code "role field kind"} and how often, or {@link #SOME}
     */
    void assertRecorded(String type, Map<String, Long> expected) {
        Map<String, Long> counts = new TreeMap<>();
        for (AccessRow row : rows(type)) {
            AccessRow.Key key = row.key();
            if (!key.role().equals("main")) {
                counts.merge(
                        key.role().replace("-#", "") + " "
                                + (key.field().isEmpty() ? "+" + key.byteOffset() : key.field()) + " "
                                + key.kind().word(),
                        row.count(),
                        Long::sum);
            }
        }
        counts.replaceAll((row, count) -> Long.valueOf(SOME).equals(expected.get(row)) ? SOME : count);
        assertThat(counts).as(type).containsExactlyInAnyOrderEntriesOf(expected);
    }

    /** {@return what the run showed of a class, but for what no layout can change} */
    private List<JsonNode> hazards(String type) {
        assertThat(findings).containsKey(type);
        return findings.get(type).stream()
                .filter(one -> one.path("certainty").asString().equals("recorded"))
                .filter(one -> !NO_HAZARDS.contains(one.path("rule").asString()))
                .toList();
    }

    private static Set<String> fields(JsonNode finding) {
        Set<String> fields = new TreeSet<>();
        finding.path("fields").forEach(field -> fields.add(field.asString()));
        return fields;
    }

    /** One finding that counts names both fields. */
    void assertFound(String type, String one, String other) {
        assertThat(hazards(type))
                .as(type + ": " + one + " and " + other)
                .anyMatch(finding -> !finding.path("severity").asString().equals("info")
                        && fields(finding).containsAll(List.of(one, other)));
    }

    /** What is shown is about these fields; how severe it is depends on how often they were used. */
    void assertOnly(String type, String... fields) {
        assertThat(hazards(type))
                .as(type)
                .isNotEmpty()
                .allMatch(finding -> fields(finding).equals(Set.of(fields)));
    }

    /** Nothing is shown but with {@code --all}. */
    void assertNothingCounts(String type) {
        assertThat(hazards(type))
                .as(type)
                .allMatch(finding -> finding.path("severity").asString().equals("info"));
    }

    void assertSilent(String type) {
        assertThat(hazards(type)).as(type).isEmpty();
    }
}

package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.faultline.access.ProfileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/profiles.md and the schema for editors say what Faultline does. */
class ProfilePageTest {

    private static final Path PAGE = Path.of("docs/profiles.md");
    private static final Path SCHEMA = Path.of("docs/schema/faultline-profile-1.schema.json");
    private static final Path CATALOGUE = Path.of("offheap-structs/src/main/resources/dev/faultline/offheap/kernel");
    private static final Pattern BLOCK = Pattern.compile("(?m)^```([a-z ]+)\n((?s:.*?))^```$");

    @TempDir
    private Path directory;

    private Path ring;

    @BeforeEach
    void struct() throws IOException {
        ring = Files.writeString(directory.resolve("ring.c"), blocks("c").get(0));
    }

    private static List<String> blocks(String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(PAGE));
        while (block.find()) {
            if (block.group(1).equals(language)) {
                blocks.add(block.group(2));
            }
        }
        return blocks;
    }

    private Cli.Run inspect(String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("ring.yaml"), yaml);
        return Cli.run("inspect", ring + "#ring", "--profile", file.toString(), "--machine", "x86-64");
    }

    private static List<?> problems(String yaml) throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMA));
        return schema.validate(yaml, InputFormat.YAML);
    }

    @Test
    void every_example_is_read_is_used_without_a_remark_and_follows_the_schema() throws IOException {
        List<String> examples = blocks("yaml");
        assertThat(examples).hasSize(4);
        for (String example : examples) {
            assertThat(problems(example)).as(example).isEmpty();
            Cli.Run run = inspect(example);
            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.err()).isEmpty();
        }
    }

    @Test
    void roles_of_different_phases_are_not_reported_against_each_other() throws IOException {
        String phased = blocks("yaml").stream()
                .filter(example -> example.contains("filled first"))
                .findFirst()
                .orElseThrow();

        assertThat(inspect(phased).out()).doesNotContain("WriterBesideReaders");
        assertThat(inspect(phased.substring(0, phased.indexOf("    phases:"))).out())
                .contains("WriterBesideReaders");
    }

    @Test
    void every_counter_example_is_refused_with_the_lines_of_the_page_and_by_the_schema() throws IOException {
        List<String> wrong = blocks("yaml wrong");
        List<String> lines = blocks("text");
        assertThat(wrong).hasSameSizeAs(lines).isNotEmpty();
        for (int i = 0; i < wrong.size(); i++) {
            Cli.Run run = inspect(wrong.get(i));
            assertThat(run.status()).isEqualTo(3);
            assertThat(run.out()).isEmpty();
            assertThat(run.err().replace("faultline: " + directory + "/", "")).isEqualTo(lines.get(i));
            assertThat(problems(wrong.get(i))).as(wrong.get(i)).isNotEmpty();
        }
    }

    static Stream<Path> shipped() throws IOException {
        List<Path> files = new ArrayList<>(List.of(Path.of("docs/examples/ring.yaml")));
        try (Stream<Path> catalogue = Files.list(CATALOGUE)) {
            catalogue.filter(file -> file.toString().endsWith(".yaml")).sorted().forEach(files::add);
        }
        return files.stream();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void shipped_profiles_follow_the_schema(Path file) throws IOException {
        assertThat(problems(Files.readString(file))).isEmpty();
    }

    /** Values that Faultline and the schema must agree on. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "rate: 5",
                "rate: \"5\"",
                "rate: 5e6",
                "rate: 5E+6",
                "rate: 10M",
                "rate: 1.5G",
                "rate: 5k",
                "rate: 0",
                "rate: max",
                "rate: 1e12",
                "cpus: 1",
                "cpus: \"2\"",
                "cpus: all",
                "cpus: [0]",
                "gap: 20ns",
                "gap: 1.5us",
                "gap: 0ms",
                "gap: 1e3s",
                "name: 5",
                "name: true",
                "kind: volatile-write",
                "rate: 10 M ",
                "rate: 10m",
                "rate: 10K",
                "rate: 10MHz",
                "rate: 10M/s",
                "rate: .5",
                "rate: +5",
                "rate: 1_000",
                "rate: ",
                "rate: 1000G0",
                "rate: .inf",
                "rate: .nan",
                "rate: [5]",
                "rate: {}",
                "cpus: 0",
                "cpus: -1",
                "cpus: 1.5",
                "cpus: ALL",
                "cpus: 0-3",
                "cpus: []",
                "cpus: [all]",
                "cpus: [1, 1]",
                "cpus: {}",
                "gap: 20",
                "gap: 20 ns",
                "gap: 20NS",
                "gap: ns",
                "gap: -1ns",
                "name: ''",
                "name: []",
                "kind: Read",
                "kind: increment",
                "kind: ",
                "element: any",
                "changes: 0.5",
                "role: {}",
                "field: []",
            })
    void the_schema_and_the_reader_agree(String line) throws IOException {
        String key = line.substring(0, line.indexOf(':'));
        String yaml = """
                profile: p
                structs:
                  ring:
                    roles:
                      r: { cpus: all }
                    operations:
                      - name: o
                        role: r
                        rate: 1
                        accesses:
                          - field: head
                            kind: read
                            gap: 1ns
                """;
        String changed = yaml.contains(" " + key + ":")
                ? yaml.replaceFirst("(\\{ |- | )" + key + ": [^\\n}]*", "$1" + Matcher.quoteReplacement(line) + " ")
                : yaml + "            " + line + "\n";
        boolean isRead;
        try {
            ProfileReader.read("p.yaml", changed);
            isRead = true;
        } catch (dev.faultline.input.InputException refused) {
            isRead = false;
        }
        assertThat(problems(changed).isEmpty()).as(changed).isEqualTo(isRead);
    }
}

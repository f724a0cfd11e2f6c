package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code -o} of every command that has it: what it may not name, and what becomes of what was there. */
class OutputTest {

    private static final String RING = "struct ring { unsigned int head; unsigned int tail; long mask; };\n";

    @TempDir
    Path directory;

    private Path ring;
    private Path machine;
    private Path profile;
    private Path contract;
    private Path table;

    @BeforeEach
    void files() throws IOException {
        ring = Files.writeString(directory.resolve("ring.txt"), RING);
        machine = directory.resolve("machine.yaml");
        assertThat(Cli.run("calibrate", "-o", machine.toString()).status()).isZero();
        table = Files.writeString(directory.resolve("tcp_sock.rst"), ImportTest.TABLE);
        profile = directory.resolve("profile.yaml");
        assertThat(Cli.run("import", "net-cachelines", table.toString(), "-o", profile.toString())
                        .status())
                .isZero();
        contract = Files.writeString(
                directory.resolve("c.contract.yaml"),
                "contract: c\nsource: ring.txt\nstructs:\n  ring:\n    promises: [{max-size: 16}]\n");
    }

    private String filled(String words) {
        return words.replace("RING", ring.toString())
                .replace("MACHINE", machine.toString())
                .replace("PROFILE", profile.toString())
                .replace("CONTRACT", contract.toString())
                .replace("TABLE", table.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "inspect --from RING -o RING",
                "inspect RING#ring -o RING",
                "inspect RING#ring --machine MACHINE -o MACHINE",
                "inspect RING#ring --profile PROFILE -o PROFILE",
                "report RING -o RING",
                "list --from RING -o RING",
                "diff rtable@6.3 RING#ring -o RING",
                "diff RING RING -o RING",
                "suggest RING#ring --emit diff --against RING -o RING",
                "suggest RING#ring -o RING",
                "simulate RING#ring --profile PROFILE -o PROFILE",
                "simulate rtable@6.3 --machine MACHINE -o MACHINE",
                "bench RING#ring --profile PROFILE -o PROFILE",
                "check CONTRACT -o CONTRACT",
                "import net-cachelines TABLE -o TABLE",
                "import net-cachelines TABLE --for RING#ring -o RING"
            })
    void an_output_that_is_an_input_is_refused(String words) throws IOException {
        String[] all = filled(words).split(" ");
        Path output = Path.of(all[all.length - 1]);
        String before = Files.readString(output);
        Cli.Run run = Cli.run(all);
        assertThat(run.status()).as(run.err()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("faultline: -o " + output + " would replace " + output + ", which this run reads");
        assertThat(output).hasContent(before.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check DIR -o CONTRACT",
                "check DIR/c*.contract.yaml -o CONTRACT",
                "check CONTRACT -o DIR/ring.txt",
                "check DIR/p.contract.yaml -o PROFILE",
                "check DIR/b.contract.yaml -o DIR/b.baseline.yaml",
                "inspect rtable@6.3 --machine DIR/like.yaml -o MACHINE"
            })
    void an_output_that_an_input_names_is_refused(String words) throws IOException {
        Files.writeString(directory.resolve("like.yaml"), "like: machine.yaml\nmachine: like\n");
        Files.writeString(
                directory.resolve("p.contract.yaml"),
                "contract: p\nsource: ring.txt\nprofile: profile.yaml\nstructs:\n  ring:\n    promises: [{max-size: 16}]\n");
        Files.writeString(
                directory.resolve("b.contract.yaml"),
                "contract: b\nsource: ring.txt\nstructs:\n  ring:\n    promises: [{max-hazard: baseline}]\n");
        assertThat(Cli.run("check", "--update", directory + "/b.contract.yaml").err())
                .contains("accepted");
        String[] all = filled(words.replace("DIR", directory.toString()).replace(" -o", " --format text -o"))
                .split(" ");
        Path output = Path.of(all[all.length - 1]);
        String before = Files.readString(output);
        Cli.Run run = Cli.run(all);
        assertThat(run.err())
                .contains("faultline: -o " + output + " would replace ")
                .contains(", which this run reads");
        assertThat(run.status()).as(run.err()).isEqualTo(2);
        assertThat(Files.readString(output)).isEqualTo(before);
    }

    @Test
    void in_a_pipe_text_has_80_columns_whatever_the_environment_says() {
        String usual = Cli.run("inspect", "rtable@6.3").out();
        assertThat(Cli.run(java.util.Map.of("COLUMNS", "200"), "", "inspect", "rtable@6.3")
                        .out())
                .isEqualTo(usual);
        assertThat(Cli.run("inspect", "rtable@6.3", "--width", "80").out()).isEqualTo(usual);
        assertThat(Cli.run("inspect", "rtable@6.3", "--width", "200").out()).isNotEqualTo(usual);
    }

    @Test
    void a_report_does_not_take_the_place_of_a_baseline_that_is_made() throws IOException {
        Path asks = Files.writeString(
                directory.resolve("b.contract.yaml"),
                "contract: b\nsource: ring.txt\nstructs:\n  ring:\n    promises: [{max-hazard: baseline}]\n");
        Path baseline = directory.resolve("b.baseline.yaml");
        Path link = Files.createSymbolicLink(directory.resolve("link"), baseline);
        for (Path output : new Path[] {baseline, link}) {
            Cli.Run run = Cli.run("check", "--update", asks.toString(), "--format", "text", "-o", output.toString());
            assertThat(run.err()).contains("which this run writes too; choose another file");
            assertThat(run.status()).isEqualTo(2);
            assertThat(baseline).doesNotExist();
        }
    }

    @Test
    void the_parser_of_words_writes_nothing_of_its_own() {
        Cli.Run run = Cli.run("inspect", "rtable@6.3", "--ignore", "\u001b[31m\"b");
        assertThat(run.err()).doesNotContain("\u001b").doesNotContain("picocli");
        assertThat(CommandLine.tracer().isWarn()).isFalse();
    }

    @Test
    void a_link_to_an_input_is_an_input() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), ring);
        Cli.Run run = Cli.run("inspect", "--from", ring.toString(), "-o", link.toString());
        assertThat(run.status()).isEqualTo(2);
        assertThat(ring).hasContent(RING.strip());
    }

    @Test
    void a_name_of_a_struct_is_no_input() throws IOException {
        for (int i = 0; i < 2; i++) {
            Path named = directory.resolve("ring");
            Cli.Run run = Cli.run("inspect", ring + "#ring", "-o", named.toString());
            assertThat(run.status()).as(run.err()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "inspect RING#ring",
                "report RING",
                "list --from RING",
                "diff rtable@6.3 rtable@6.4",
                "suggest RING#ring --effort low",
                "simulate rtable@6.3 --cpus 1 --accesses 1e3",
                "check CONTRACT",
                "import net-cachelines TABLE",
                "calibrate",
                "bench --list"
            })
    void every_command_keeps_the_mode_of_what_it_replaces_and_follows_links(String words) throws IOException {
        Path place = Files.createDirectory(directory.resolve("place"));
        Path report = Files.writeString(place.resolve("report.txt"), "old");
        Files.setPosixFilePermissions(report, PosixFilePermissions.fromString("rw-------"));
        Path dangling = Files.createSymbolicLink(place.resolve("link"), Path.of("target"));
        for (Path output : new Path[] {report, dangling}) {
            Cli.Run run = Cli.run((filled(words) + " -o " + output).split(" "));
            assertThat(run.status()).as(run.err()).isIn(0, 1);
            assertThat(run.out()).isEmpty();
        }
        assertThat(report).isNotEmptyFile().content().isNotEqualTo("old");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(report)))
                .isEqualTo("rw-------");
        assertThat(dangling).isSymbolicLink();
        assertThat(place.resolve("target")).isNotEmptyFile();
        try (var files = Files.list(place)) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void a_baseline_that_is_recorded_again_keeps_its_mode() throws IOException {
        Path asking = Files.writeString(
                directory.resolve("b.contract.yaml"),
                "contract: c\nsource: ring.txt\nstructs:\n  ring:\n    promises: [{max-hazard: baseline}]\n");
        Path baseline = directory.resolve("b.baseline.yaml");
        assertThat(Cli.run("check", "--update", asking.toString()).status()).isZero();
        assertThat(baseline).isNotEmptyFile();
        Files.writeString(baseline, "# by hand\n" + Files.readString(baseline));
        Files.setPosixFilePermissions(baseline, PosixFilePermissions.fromString("rw-------"));
        assertThat(Cli.run("check", "--update", asking.toString()).status()).isZero();
        assertThat(baseline).content().doesNotContain("by hand");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(baseline)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_word_that_begins_with_an_at_sign_is_a_word_and_no_file_to_read() throws IOException {
        Path words = Files.writeString(directory.resolve("words"), "--version");
        Cli.Run run = Cli.run("inspect", "@" + words);
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("faultline: @" + words + ": no such file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inspect rtable@6.3", "calibrate", "import net-cachelines TABLE"})
    void a_name_that_can_be_no_file_is_wrong_usage(String words) {
        for (String name : new String[] {"", "place/"}) {
            String[] some = (filled(words) + " -o X").split(" ");
            some[some.length - 1] = name;
            Cli.Run run = Cli.run(some);
            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err()).contains("Invalid value for option '--output': expected a file");
        }
    }
}

package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.bench.cores.InconclusiveException;
import dev.faultline.cli.Cli.Run;
import dev.faultline.cli.measure.Measurer;
import dev.faultline.machine.Machine;
import dev.faultline.machine.MachineFiles;
import dev.faultline.machine.MachineReader;
import dev.faultline.machine.Machines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines as files: measured, written, named with {@code --machine}. */
class MachineTest {

    @TempDir
    Path temporary;

    private static Machine read(String yaml) {
        return MachineReader.read("test", yaml, MachineFiles.none());
    }

    @Test
    void what_is_measured_is_a_machine_file_and_a_line_says_what() {
        Run run = Cli.run("calibrate", "--name", "build box: \"1\"");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err())
                .startsWith("faultline: measured on 2 CPUs: hit 1.50 ns, atomic 7.00 ns, cluster 40.0 ns, hold ")
                .contains("store 10.0 ns, outstanding ", "; the model has ", " of 63 measured times within 1.5 times; ")
                .hasLineCount(1);
        Machine machine = read(run.out());
        assertThat(machine.name()).isEqualTo("build box: \"1\"");
        assertThat(machine.topology()).isEqualTo(Cli.MACHINE.topology());
        assertThat(machine.costs().transfers().remoteNanos().value()).isEqualTo(40);
        assertThat(read(Cli.run("calibrate").out()).name()).isEqualTo("this machine");
    }

    @Test
    void how_well_the_model_fits_stands_in_the_file_and_in_json() throws IOException {
        String file = Cli.run("calibrate").out();
        assertThat(file.lines().filter(line -> line.startsWith("#")))
                .anyMatch(line -> line.matches("# +At the gaps that calibration uses, \\d+ of 63 times are .*"))
                .anyMatch(line -> line.contains("writer beside reader: reader, one writer"));

        Run json = Cli.run("calibrate", "--format", "json");
        assertThat(json.status()).isZero();
        assertThat(json.out()).contains("\"name\":\"hold\"", "\"kind\":\"summing reader\"");
        JsonSchemaTest.assertFollows(json.out());
        assertThat(Cli.run("calibrate", "--format", "text").status()).isEqualTo(2);
    }

    @Test
    void a_measured_machine_can_be_judged_for() throws IOException {
        Path file = temporary.resolve("box.yaml");
        Run written = Cli.run("calibrate", "-o", file.toString(), "--name", "box");
        assertThat(written.status()).isZero();
        assertThat(written.out()).isEmpty();
        assertThat(file)
                .content()
                .isEqualTo(Cli.run("calibrate", "--name", "box").out());

        Files.writeString(file, Files.readString(file).replace("bytes: {value: 64,", "bytes: {value: 128,"));

        Run run = Cli.run("inspect", "rtable@6.3", "--machine", file.toString(), "--format", "json");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("\"lineBytes\":128");
    }

    @Test
    void what_is_inconclusive_is_one_line_and_nothing_is_written() throws IOException {
        Measurer busy = (topology, rounds, seconds, steps) -> {
            throw new InconclusiveException("inconclusive: CPU 1 was not free");
        };
        Path file = Files.writeString(temporary.resolve("box.yaml"), "before");

        Run run = Cli.measuring(busy, "calibrate", "-o", file.toString());

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("faultline: inconclusive: CPU 1 was not free\n");
        assertThat(file).content().isEqualTo("before");
        assertThat(Cli.measuring(busy, "calibrate").out()).isEmpty();
        try (var files = Files.list(temporary)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void the_real_loops_end_in_a_machine_or_in_a_reason() {
        Run run = Cli.measuring(Measurer.here(), "calibrate", "--rounds", "2", "--seconds", "0.05");

        assertThat(run.err()).startsWith("faultline: ").hasLineCount(1);
        if (run.status() == 0) {
            read(run.out());
        } else {
            assertThat(run.status()).isEqualTo(3);
            assertThat(run.err()).startsWith("faultline: inconclusive: ");
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    void a_file_may_be_like_another_beside_it() throws IOException {
        Path below = Files.createDirectories(temporary.resolve("below"));
        Files.writeString(temporary.resolve("base.yaml"), "{machine: base, like: power, cpus: 8}");
        Path top = Files.writeString(below.resolve("top.yaml"), "{machine: top, like: ../base.yaml}");

        Run run = Cli.run("inspect", "rtable@6.3", "--machine", top.toString(), "--format", "json");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("\"lineBytes\":128");

        Files.writeString(top, "{machine: top, like: ../bsae.yaml}");
        assertFails(top, "line 1, column 22: like: there is no preset and no file `../bsae.yaml`");
        Files.writeString(top, "{machine: top, like: top.yaml}");
        assertFails(top, "like: a machine cannot inherit from itself: ");
        Files.writeString(top, "{machine: top, cpus: 1000000000}");
        assertFails(top, "line 1, column 22: cpus: expected a whole number from 1 to 65536, found 1000000000");
        Files.writeString(top, "#".repeat((1 << 20) + 1));
        assertFails(top, "is longer than 1 MiB");
        assertFails(below, "cannot be read");
    }

    private static void assertFails(Path file, String complaint) {
        Run run = Cli.run("inspect", "rtable", "--machine", file.toString());
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("faultline: " + file)
                .contains(complaint)
                .hasLineCount(1);
    }

    @Test
    void a_name_that_is_neither_preset_nor_file_gets_both_and_the_nearest() {
        Run run = Cli.run("inspect", "rtable", "--machine", "ice-laek");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("faultline: Invalid value for option '--machine': expected x86-64, ")
                .contains("or a machine file; there is no file 'ice-laek' (did you mean ice-lake?)");
    }

    @Test
    void help_names_every_preset() {
        for (String command : List.of("inspect", "list")) {
            String help = Cli.run(command, "--help").out().replaceAll("\\s+", " ");
            assertThat(Machines.names()).allSatisfy(name -> assertThat(help).contains(name));
        }
    }

    @Test
    void nonsense_is_refused_before_anything_is_measured() {
        Measurer never = (topology, rounds, seconds, steps) -> {
            throw new AssertionError("measured");
        };
        for (String[] words : new String[][] {{"--rounds", "0"}, {"--seconds", "NaN"}, {"--name", " "}}) {
            Run run = Cli.measuring(never, "calibrate", words[0], words[1]);
            assertThat(run.status()).as(words[0]).isEqualTo(2);
            assertThat(run.err()).contains("Invalid value for option '" + words[0] + "': expected ");
        }
        Run nowhere = Cli.measuring(never, "calibrate", "-o", "no/such/directory/box.yaml");
        assertThat(nowhere.status()).isEqualTo(3);
    }
}

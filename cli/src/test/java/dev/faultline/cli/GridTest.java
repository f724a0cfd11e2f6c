package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.cli.Cli.Run;
import dev.faultline.machine.MachineWriter;
import dev.faultline.machine.Machines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bench grid}, with made-up times. */
class GridTest {

    @TempDir
    Path temporary;

    @Test
    void times_stand_beside_what_is_predicted_for_the_machine_asked_for() throws IOException {
        Path box = Files.writeString(
                temporary.resolve("box.yaml"),
                MachineWriter.write(Machines.x86().withName("my box")));

        Run writers = Cli.run("bench", "grid", "--machine", box.toString(), "--scenario", "writer*", "--width", "100");
        assertThat(writers.status()).as(writers.err()).isZero();
        assertThat(writers.err()).isEmpty();
        assertThat(writers.out())
                .contains("predicted for my box", "CPUs 0, 1, threads pinned", "15 rounds of 40 ms a cell; 1 disturbed")
                .contains("writer beside reader: writer, one writer", "writer beside reader: reader, one writer")
                .contains(" of 24 times are predicted within 1.5 times.", " of 12 times are predicted")
                .contains("One placement is faster in 18 rows")
                .doesNotContain("lone adder");
        assertThat(writers.out().lines().filter(line -> line.matches(" *500 +520 .*fitted.*")))
                .hasSize(2);
    }

    @Test
    void the_table_is_markdown_for_pages() {
        Run run = Cli.run("bench", "grid", "--scenario", "add", "--format", "markdown");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("| gap | one line | model | apart |");
    }

    @Test
    void what_is_inconclusive_says_why() throws IOException {
        Run run = Cli.playing(Grids::busy, "bench", "grid");
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).isEqualTo("faultline: inconclusive: the CPUs were not free\n");
        assertThat(run.out()).contains("inconclusive: the CPUs were not free");
        JsonSchemaTest.assertFollows(
                Cli.playing(Grids::busy, "bench", "grid", "--format", "json").out());
    }

    @Test
    void options_that_the_grid_has_not_are_wrong_usage() {
        for (String option : new String[] {"--forks", "--threads", "--only", "--placement", "--profile"}) {
            Run run = Cli.run("bench", "grid", option, "4");
            assertThat(run.status()).as(option).isEqualTo(2);
            assertThat(run.err()).contains("the grid has no " + option);
        }
        assertThat(Cli.run("bench", "grid", "--scenario", "nothing*").err())
                .contains("a pattern that matches one of store, load and store, add,");
        assertThat(Cli.run("bench", "grid", "--time", "0").status()).isEqualTo(2);
    }
}

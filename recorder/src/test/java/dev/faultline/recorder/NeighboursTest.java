package dev.faultline.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.file.AccessFile;
import dev.faultline.access.file.AccessRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import recorded.AllocatedPair;
import recorded.Neighbours;

/** Which different objects were on one line of the heap, however the VM writes addresses. */
@Tag("slow")
class NeighboursTest {

    private static final String LINE = "on one line of 64 bytes in ";

    @TempDir
    Path directory;

    private AgentRun run(String how, String... vm) throws Exception {
        List<String> options = new ArrayList<>(List.of(vm));
        options.add("-Xlog:gc+heap+coops=debug:stdout");
        AgentRun run = AgentRun.of(
                directory,
                options,
                System.getProperty("java.class.path"),
                Neighbours.class.getName() + " " + how,
                "recorded.Neighbours*");
        assertThat(run.errors()).isEmpty();
        assertThat(run.out()).endsWith("4000");
        return run;
    }

    private static List<AccessRow> neighbours(AccessFile file) {
        return file.rows().stream()
                .filter(row -> row.key().type().startsWith("neighbours "))
                .toList();
    }

    /** Counters are 24 bytes apart; where there is room between them, 152. */
    private void check(AgentRun near, AgentRun far) {
        assertThat(near.file().notes()).anyMatch(note -> note.contains(LINE));
        for (String type :
                neighbours(near.file()).stream().map(row -> row.key().type()).collect(Collectors.toSet())) {
            List<AccessRow> rows = neighbours(near.file()).stream()
                    .filter(row -> row.key().type().equals(type))
                    .toList();
            assertThat(rows).extracting(row -> row.key().role()).contains("hitter-#", "misser-#");
            assertThat(rows).anyMatch(row -> row.key().kind().kind().writes() && row.count() > 64);
            assertThat(rows)
                    .extracting(row -> row.key().byteOffset() / 64)
                    .containsOnly(rows.get(0).key().byteOffset() / 64);
            assertThat(type).contains("recorded.Neighbours$");
        }
        assertThat(neighbours(near.file())).extracting(row -> row.key().field()).contains("Neighbours_Gauges_hits");
        assertThat(far.file().notes()).noneMatch(note -> note.contains(LINE) || note.contains("is not told"));
        assertThat(neighbours(far.file())).isEmpty();
    }

    @Test
    void the_recorder_allocates_nothing_between_objects_that_get_a_name() throws Exception {
        AgentRun run = AgentRun.of(
                directory,
                List.of(
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-XX:-UseCompactObjectHeaders",
                        "-XX:+IgnoreUnrecognizedVMOptions"),
                System.getProperty("java.class.path"),
                AllocatedPair.class.getName(),
                "recorded.AllocatedPair");

        assertThat(run.out()).isEqualTo("24");
    }

    @Test
    void where_addresses_are_compressed_and_not_scaled() throws Exception {
        AgentRun near = run("near", "-XX:+UseSerialGC", "-Xmx256m");
        assertThat(near.out()).contains("Compressed Oops mode: 32-bit");
        check(near, run("far", "-XX:+UseSerialGC", "-Xmx256m"));
    }

    @Test
    void where_addresses_are_scaled_and_the_heap_was_collected() throws Exception {
        AgentRun near = run("near collected", "-XX:+UseSerialGC", "-Xmx256m", "-XX:HeapBaseMinAddress=6g");
        assertThat(near.out()).contains("Oop shift amount: 3");
        check(near, run("far collected", "-XX:+UseSerialGC", "-Xmx256m", "-XX:HeapBaseMinAddress=6g"));
    }

    @Test
    void where_addresses_are_not_compressed() throws Exception {
        check(
                run("near", "-XX:+UseG1GC", "-XX:-UseCompressedOops"),
                run("far", "-XX:+UseG1GC", "-XX:-UseCompressedOops"));
    }

    @Test
    void where_a_collector_keeps_marks_in_addresses_that_is_said_and_nothing_told() throws Exception {
        AgentRun run = run("near", "-XX:+UseZGC");
        assertThat(run.file().notes()).anyMatch(note -> note.contains("which objects lie on one line is not told"));
        assertThat(neighbours(run.file())).isEmpty();
    }
}

package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two roles that only store to one line: no finding, and a line that says why, with what a counter is. */
class BufferedStoresTest {

    private static final String STATS = """
            struct stats {
            	unsigned long hits;   /* 0 8 */
            	unsigned long misses; /* 8 8 */
            	/* size: 16, cachelines: 1, members: 2 */
            };
            """;

    @TempDir
    private Path directory;

    private String inspect(String left, String right) throws IOException {
        return run("inspect", left, right);
    }

    private String run(String command, String left, String right) throws IOException {
        Path struct = Files.writeString(directory.resolve("stats.txt"), STATS);
        Path profile = Files.writeString(directory.resolve("stats.yaml"), """
                profile: two counters
                structs:
                  stats:
                    roles: { left: { cpus: [0] }, right: { cpus: [1] } }
                    operations:
                      - { name: hit, role: left, rate: 5M, accesses: [ %s ] }
                      - { name: miss, role: right, rate: 5M, accesses: [ %s ] }
                """.formatted(left, right));
        String[] arguments = {
            command,
            struct + "#stats",
            "--profile",
            profile.toString(),
            "--machine",
            "x86-64",
            "--base-align",
            "64",
            "--width",
            "200"
        };
        return Cli.run(arguments).out();
    }

    @Test
    void stores_that_nothing_waits_for_are_told_beside_no_findings() throws IOException {
        assertThat(inspect("{ field: hits, kind: write }", "{ field: misses, kind: write }"))
                .startsWith("stats: no findings")
                .containsPattern("stores +hits \\(left: hit\\) and misses \\(right: miss\\) share a line and are only "
                        + "stored")
                .contains("is a `read`, then a `write`");
    }

    @Test
    void a_suggestion_without_a_gain_says_why() throws IOException {
        assertThat(run("suggest", "{ field: hits, kind: write }", "{ field: misses, kind: write }"))
                .contains("Nothing to win")
                .contains("share a line and are only stored");
    }

    @Test
    void a_counter_that_is_loaded_is_a_finding_and_no_note() throws IOException {
        assertThat(inspect(
                        "{ field: hits, kind: read }, { field: hits, kind: write }",
                        "{ field: misses, kind: read }, { field: misses, kind: write }"))
                .startsWith("stats: 1 error")
                .doesNotContain("only stored");
    }

    @Test
    void one_role_alone_is_no_note() throws IOException {
        assertThat(inspect(
                        "{ field: hits, kind: write }, { field: misses, kind: write }", "{ field: hits, kind: read }"))
                .doesNotContain("only stored");
    }

    @Test
    void the_roles_told_are_those_that_meet() throws IOException {
        String both = "{ field: hits, kind: write }, { field: misses, kind: write }";

        assertThat(inspect(both, "{ field: hits, kind: write }"))
                .containsPattern("hits \\(right: miss\\) and misses \\(left: hit\\) share a line");
    }
}

package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a profile can say beside fields and rates, as the commands show it. */
class ProfileWordsTest {

    private static final String LOCKS = """
            struct locks {
            	struct {
            		pthread_rwlock_t l; /* 0 56 */
            %s	} s[8]; /* 0 %d */
            	/* size: %d, cachelines: 8, members: 1 */
            };
            """;

    @TempDir
    private Path directory;

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    private String locks(boolean padded) throws IOException {
        int bytes = padded ? 512 : 448;
        String pad = padded ? "\t\tchar pad[8]; /* 56 8 */\n" : "";
        return file(padded ? "padded" : "packed", LOCKS.formatted(pad, bytes, bytes));
    }

    private String profile(String operations) throws IOException {
        return file("p.yaml", """
                profile: case
                structs:
                  locks:
                    roles: { reader: { cpus: 64 }, writer: { cpus: [100, 101] }, other: { cpus: [101] } }
                    operations:
                """ + operations.strip().indent(6));
    }

    @Test
    void padding_between_elements_is_no_loss_to_who_locks_one_of_them() throws IOException {
        String profile = profile("""
                - { name: read, role: reader, rate: 1e7, accesses: [ { field: s, kind: rmw } ] }
                - { name: write, role: writer, rate: 1e6, accesses: [ { field: s, kind: rmw } ] }
                """);
        Cli.Run run = Cli.run(
                "diff",
                locks(false) + "#locks",
                locks(true) + "#locks",
                "--profile",
                profile,
                "--base-align",
                "64",
                "--machine",
                "x86-64");

        assertThat(run.out()).startsWith("locks  BETTER");
    }

    @Test
    void a_field_of_elements_that_are_not_chosen_is_an_error_with_the_ways_to_choose() throws IOException {
        String profile = profile("- { name: read, role: reader, rate: 1e7, accesses: [ { field: s.l, kind: rmw } ] }");

        Cli.Run run = Cli.run("inspect", "--from", locks(false), "locks", "--profile", profile);
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err())
                .contains("line 6, column 69: s.l: s is an array of 8; write s[0].l for one element, s[own].l for each"
                        + " CPU's own, s[any].l for one picked at random, or s[*].l for all");
    }

    @Test
    void full_rates_waits_and_shared_cpus_are_told() throws IOException {
        String profile = profile("""
                - { name: read, role: reader, rate: max, accesses: [ { field: "s[0].l", kind: read } ] }
                - { name: set, role: writer, rate: 1e5, accesses: [ { field: "s[0].l", kind: write } ] }
                - { name: wake, role: other, accesses: [ { field: "s[0].l", kind: await } ] }
                """);
        String[] words = {
            "inspect", "--from", locks(false), "locks", "--profile", profile, "--machine", "x86-64", "--width", "400"
        };
        Cli.Run text = Cli.run(words);
        assertThat(text.out())
                .contains("; as fast as it can: `read` of reader; when a field has changed: `wake` of other;"
                        + " done in turn on a CPU that several roles list: CPU 101 by writer and other")
                .contains("other: wake (polls)")
                .doesNotContain("NaN", "Infinity");

        words[8] = "--format";
        words[9] = "json";
        String json = Cli.run(words).out();
        JsonSchemaTest.assertFollows(json);
        assertThat(json).containsOnlyOnce("\"role\":\"reader\",\"operation\":\"read\",\"cpus\":64");
        assertThat(json.split("\"asFastAsItCan\":true", -1)).as("read and wake").hasSize(3);
    }
}

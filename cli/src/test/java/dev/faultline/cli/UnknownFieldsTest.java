package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands say of a field in an access file that no struct has. */
class UnknownFieldsTest {

    private static final String HEADER =
            "{\"format\":\"faultline-access 1\",\"certainty\":\"recorded\",\"identity\":{},"
                    + "\"tool\":\"test\",\"seconds\":1,\"unit\":\"accesses\"}\n";

    private static final String COUNTERS = """
            struct counters {
                    volatile long received;
                    volatile long decoded;
            };
            struct other {
                    long value;
            };
            """;

    @TempDir
    Path folder;

    private String structs;
    private String access;
    private String told;
    private String report;

    @BeforeEach
    void files() throws IOException {
        structs = file("counters.txt", COUNTERS);
        access = file(
                "run.access", HEADER + row("a", "recieved", 70) + row("a", "received", 30) + row("b", "decoded", 5));
        report = folder.resolve("report.html").toString();
        told = "faultline: " + access + ": 70 accesses left out, at what struct counters has no field for: recieved"
                + " (did you mean received?)\n";
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static String row(String role, String field, int count) {
        return ("{\"role\":\"%s\",\"threads\":1,\"operation\":\"put\",\"type\":\"counters\",\"field\":\"%s\","
                        + "\"kind\":\"rmw\",\"count\":%d}\n")
                .formatted(role, field, count);
    }

    private Cli.Run run(String... words) {
        return Cli.run(words);
    }

    @Test
    void each_command_that_reads_the_file_tells_it_once_with_the_name_that_may_be_meant() throws IOException {
        String changed = file("changed.txt", COUNTERS.replace("decoded;", "decoded; long more;"));
        List<Cli.Run> runs = List.of(
                run("inspect", structs, "--profile", access),
                run("inspect", structs + "#counters", "--profile", access),
                run("report", structs, "--profile", access, "-o", report),
                run("list", structs, "--profile", access),
                run("suggest", structs + "#counters", "--profile", access),
                run("simulate", structs + "#counters", "--profile", access, "--accesses", "1e4", "--cpus", "1"),
                run("diff", structs, changed, "--profile", access));

        assertThat(runs).allSatisfy(run -> {
            assertThat(run.err()).containsOnlyOnce(told);
            assertThat(run.status()).isZero();
        });
        assertThat(runs.get(1).out().replaceAll("\\s+", " ")).contains("recieved (did you mean received?)");
    }

    @Test
    void strict_commands_fail_with_the_status_of_what_could_not_be_analysed() throws IOException {
        String changed = file("changed.txt", COUNTERS.replace("decoded;", "decoded; long more;"));
        assertThat(List.of(
                        run("inspect", structs, "--profile", access, "--strict"),
                        run("report", structs + "#counters", "--profile", access, "--strict", "-o", report),
                        run("list", structs, "--profile", access, "--strict"),
                        run("diff", structs, changed, "--profile", access, "--strict")))
                .allSatisfy(run -> {
                    assertThat(run.status()).isEqualTo(3);
                    assertThat(run.err()).contains(told);
                });
        String known = file("known.access", HEADER + row("a", "received", 30));
        assertThat(run("inspect", structs, "--profile", known, "--strict").status())
                .isZero();
    }

    @Test
    void a_contract_tells_it_and_fails_when_strict() throws IOException {
        String contract = file("counters.contract.yaml", """
                contract: counters
                source: counters.txt
                structs:
                  counters:
                    profile: run.access
                    promises:
                      - max-size: 64
                """);
        Cli.Run lenient = run("check", contract);
        assertThat(lenient.status()).as(lenient.err()).isZero();
        assertThat(lenient.err()).containsOnlyOnce("no field for: recieved (did you mean received?)");
        assertThat(run("check", contract, "--strict").status()).isEqualTo(3);
    }

    @Test
    void a_field_that_one_side_of_a_comparison_has_is_known() throws IOException {
        String renamed = file("renamed.txt", COUNTERS.replace("received", "recieved"));
        Cli.Run run = run("diff", structs, renamed, "--profile", access, "--strict");
        assertThat(run.err()).doesNotContain("left out");
        assertThat(run.status()).isZero();
    }
}

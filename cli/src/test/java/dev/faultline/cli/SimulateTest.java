package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code faultline simulate} as a person uses it, and misuses it. */
class SimulateTest {

    private static final String[] SHORT = {
        "simulate", "rtable@6.3", "rtable@6.4", "--cpus", "1,8", "--machine", "x86-64", "--accesses", "5e4"
    };

    @TempDir
    private Path directory;

    @Test
    void before_and_after_stand_side_by_side_on_eighty_columns() {
        Cli.Run run = Cli.run(SHORT);

        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains(
                        "rtable@6.3 and rtable@6.4 on x86-64",
                        "sender: get, use, put",
                        "### rtable@6.3",
                        "=== rtable@6.4")
                .contains("too rare to be played");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void one_struct_shows_its_misses_by_class() {
        Cli.Run run = Cli.run("simulate", "rtable@6.3", "--cpus", "4", "--accesses", "5e4");

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("played", "predicted", "true", "false", "upgrades", "retries");
        assertThat(run.err()).contains("this machine has 2 CPUs; 4 are assumed");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8", "56", "112"})
    void inspect_for_some_of_the_cpus_says_what_the_prediction_for_them_says(String cpus) {
        String common = " rtable@6.3 --machine x86-64 --base-align 64 --format json --cpus ";
        Cli.Run inspected = Cli.run(("inspect" + common + cpus).split(" "));
        Cli.Run simulated = Cli.run(("simulate" + common + cpus + ",112 --accesses 1e3").split(" "));

        assertThat(inspected.status()).isZero();
        assertThat(nanos(inspected.out(), "coherenceNanosPerOp"))
                .isEqualTo(nanos(simulated.out(), "predictedStallNanosPerOp"))
                .isPositive();
        assertThat(inspected.out()).contains("\"cpus\":" + cpus);
    }

    private static double nanos(String json, String name) {
        Matcher figure = Pattern.compile("\"" + name + "\":([0-9.e-]+)").matcher(json);
        assertThat(figure.find()).as(name + " in " + json).isTrue();
        return Double.parseDouble(figure.group(1));
    }

    @Test
    void the_same_seed_gives_the_same_bytes_and_another_seed_others() {
        String[] json = {"simulate", "rtable@6.3", "--cpus", "2,8", "--accesses", "2e4", "--format", "json"};
        String once = Cli.run(json).out();

        assertThat(Cli.run(json).out()).isEqualTo(once);
        assertThat(Cli.run(
                                "simulate",
                                "rtable@6.3",
                                "--cpus",
                                "2,8",
                                "--accesses",
                                "2e4",
                                "--format",
                                "json",
                                "--seed",
                                "2")
                        .out())
                .isNotEqualTo(once);
    }

    @Test
    void padding_shows_as_throughput_that_grows_with_cpus() {
        Cli.Run run = Cli.run(SHORT);
        String eight = run.out()
                .lines()
                .filter(line -> line.matches("\\s+8 .*x.*"))
                .findFirst()
                .orElseThrow();
        double ratio = Double.parseDouble(eight.replaceAll(".*?([0-9.]+)x .*", "$1"));

        assertThat(ratio).isGreaterThan(1.5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--cpus 0|2|numbers from 1 to 1024, got '0'",
                "--cpus 1000000000|2|numbers from 1 to 1024, got '1000000000'",
                "--cpus -4|2|--cpus",
                "--accesses -1|2|--accesses",
                "--accesses 10|2|a number from 1000 to 1e10, got '10'",
                "--retention 2|2|a number from 0 to 1, got '2'",
                "--retention NaN|2|a number from 0 to 1, got 'NaN'",
                "--seed x|2|--seed",
                "--protocol mosi|2|expected mesi, mesif or moesi, got 'mosi' (did you mean mesi",
                "--arbitration lifo|2|expected fifo, random or socket",
                "--socket-bias 0.5|2|--socket-bias needs --arbitration socket",
                "--machine x86|2|--machine",
                "--profile none|3|no profile tells who uses it how often",
                "--from kernel|3|rtable@6.3",
                "rtable@6.4 rtable@6.3|2|takes one struct, or two to compare, got 3"
            })
    void nonsense_ends_with_a_line_and_a_status(String words, int status, String complaint) {
        String[] all = ("simulate rtable@6.3 " + words).split(" ");
        Cli.Run run = Cli.run(all);

        assertThat(run.status()).isEqualTo(status);
        assertThat(run.err()).contains(complaint).doesNotContain("Exception", "\tat ");
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rate: -5|rate: expected a number that is not negative",
                "rate: 1e99|is beyond",
                "rate: .nan|rate: expected a number",
                "rate: 0|no operation of it has a rate above 0"
            })
    void a_profile_with_impossible_rates_is_refused_by_name_and_place(String rate, String complaint)
            throws IOException {
        Path profile = directory.resolve("p.yaml");
        Files.writeString(
                profile,
                "profile: p\nstructs:\n  rtable:\n    roles:\n      r: { cpus: all }\n    operations:\n      - name: o\n"
                        + "        role: r\n        " + rate
                        + "\n        accesses:\n          - { field: rt_genid, kind: read }\n");
        Cli.Run run = Cli.run("simulate", "rtable@6.3", "--profile", profile.toString());

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).contains("p.yaml").contains(complaint);
    }

    @ParameterizedTest
    @CsvSource({"cpus: 0,from 1", "cpus: 1000000000,to 1048576", "cpus: -3,from 1", "cpus: many,all"})
    void a_role_on_no_cpus_or_a_billion_is_refused(String cpus, String complaint) throws IOException {
        Path profile = directory.resolve("p.yaml");
        Files.writeString(
                profile,
                "profile: p\nstructs:\n  rtable:\n    roles:\n      r: { " + cpus
                        + " }\n    operations:\n      - name: o\n        role: r\n        rate: 1e6\n        accesses:\n"
                        + "          - { field: rt_genid, kind: read }\n");
        Cli.Run run = Cli.run("simulate", "rtable@6.3", "--profile", profile.toString());

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).contains("p.yaml").contains(complaint);
    }

    @Test
    void an_unknown_field_is_named_with_its_nearest() throws IOException {
        Path profile = directory.resolve("p.yaml");
        Files.writeString(
                profile,
                "profile: p\nstructs:\n  rtable:\n    roles:\n      r: { cpus: all }\n    operations:\n      - name: o\n"
                        + "        role: r\n        rate: 1e6\n        accesses:\n          - { field: rt_genit, kind: read }\n");
        Cli.Run run = Cli.run("simulate", "rtable@6.3", "--profile", profile.toString());

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).contains("has no field rt_genit (did you mean rt_genid");
    }

    @Test
    void machine_files_that_lead_round_in_a_circle_are_refused() throws IOException {
        Path a = directory.resolve("a.yaml");
        Path b = directory.resolve("b.yaml");
        Files.writeString(a, "machine: a\nlike: b.yaml\n");
        Files.writeString(b, "machine: b\nlike: a.yaml\n");
        Cli.Run run = Cli.run("simulate", "rtable@6.3", "--machine", a.toString());

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).contains("a.yaml", "b.yaml");
    }

    @Test
    void a_terminal_sees_no_colour_codes_when_it_asks_for_none() {
        Cli.Run run = Cli.run(
                Map.of("FAULTLINE_TERMINAL", "out err", "NO_COLOR", "1"),
                "",
                "simulate",
                "rtable@6.3",
                "--cpus",
                "2",
                "--accesses",
                "5e3");

        assertThat(run.out()).doesNotContain("\u001b");
    }
}

package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.bench.layout.loop.AccessScript;
import dev.faultline.bench.plan.BenchPlan;
import dev.faultline.bench.plan.ContestantSpec;
import dev.faultline.cli.Cli.Run;
import dev.faultline.cli.measure.Bencher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code faultline bench --candidate}: layouts that are not coded yet. */
class BenchCandidatesTest {

    private static final Bencher NEVER = (plan, topology, listener) -> {
        throw new AssertionError("measured");
    };

    @TempDir
    private static Path folder;

    private static String profile;

    @BeforeAll
    static void compile() throws IOException {
        Path source = Files.writeString(folder.resolve("Stats.java"), """
                package app;
                class Stats { volatile boolean running; volatile long received, decoded; Object owner; }
                class Lone { volatile long count; }
                """);
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-proc:none", "-d", folder.toString(), source.toString()))
                .isZero();
        profile = Files.writeString(folder.resolve("stats.yaml"), """
                        profile: two counters
                        structs:
                          app.Stats:
                            roles: { io: { cpus: 1 }, decoder: { cpus: 1 } }
                            operations:
                              - { name: receive, role: io, rate: 1e7, accesses: [ { field: received, kind: rmw } ] }
                              - { name: decode, role: decoder, rate: 1e7, accesses: [ { field: decoded, kind: rmw } ] }
                          app.Lone:
                            roles: { io: { cpus: 1 } }
                            operations:
                              - { name: receive, role: io, rate: 1e7, accesses: [ { field: count, kind: rmw } ] }
                        """).toString();
    }

    private static List<ContestantSpec> asked(String... words) {
        List<BenchPlan> plans = new ArrayList<>();
        Run run = Cli.benching(
                (plan, topology, listener) -> {
                    plans.add(plan);
                    return Benches.fake(plan, topology, listener);
                },
                Map.of(),
                words);
        assertThat(run.status()).as(run.err()).isZero();
        return plans.get(0).scenarios().get(0).contestants();
    }

    @Test
    void a_candidate_of_a_struct_is_played_beside_todays_layout_by_the_same_number_as_suggest() {
        List<ContestantSpec> contestants = asked("bench", "rtable@6.3", "--candidate", "1");
        assertThat(contestants)
                .extracting(ContestantSpec::name)
                .containsExactly("rtable@6.3", "rtable@6.3 candidate 1");
        assertThat(contestants)
                .allSatisfy(one -> assertThat(
                                AccessScript.parse(one.forkParameter()).object())
                        .isEmpty());

        String suggested = Cli.run("suggest", "rtable@6.3").out();
        Matcher row = Pattern.compile(" 1 +(\\d+) ").matcher(suggested.substring(suggested.indexOf("today")));
        assertThat(row.find()).isTrue();
        assertThat(contestants.get(1).summary()).contains(row.group(1) + " bytes");
        assertThat(contestants.get(1).forkParameter())
                .isNotEqualTo(contestants.get(0).forkParameter());
    }

    @Test
    void constraints_choose_candidates_as_they_do_for_suggest() {
        String whole = asked("bench", "rtable@6.3", "--candidate", "1", "--whole")
                .get(1)
                .forkParameter();
        assertThat(whole)
                .isNotEqualTo(
                        asked("bench", "rtable@6.3", "--candidate", "1").get(1).forkParameter());
    }

    @Test
    void a_class_and_its_candidate_are_played_as_objects_of_generated_classes() {
        List<ContestantSpec> contestants =
                asked("bench", folder + "#app.Stats", "--profile", profile, "--candidate", "1", "--placement", "0");
        AccessScript today = AccessScript.parse(contestants.get(0).forkParameter());
        AccessScript candidate = AccessScript.parse(contestants.get(1).forkParameter());

        assertThat(today.object().orElseThrow().shape().classes())
                .as("one class of four fields")
                .hasSize(1);
        assertThat(today.object().orElseThrow().shape().classes().get(0)).hasSize(4);
        assertThat(candidate.object().orElseThrow().shape().classes())
                .as("a chain with padding")
                .hasSizeGreaterThan(3)
                .anyMatch(fields -> fields.size() >= 64
                        && fields.stream().allMatch(field -> field.byteOffset().isEmpty()));
    }

    @Test
    void it_is_said_that_objects_are_measured_and_what_a_class_without_candidate_is() {
        String onHeap = Cli.run(
                        "bench", folder + "#app.Stats", "--profile", profile, "--candidate", "1", "--placement", "0")
                .out()
                .replaceAll("\\s+", " ");
        assertThat(onHeap)
                .contains("placed on the heap, as objects of generated classes")
                .contains("app.Stats candidate 1");
        assertThat(Cli.run("bench", folder + "#app.Stats", "--profile", profile, "--placement", "0")
                        .out()
                        .replaceAll("\\s+", " "))
                .contains("placed off heap, alone on its lines, at the offsets of the VM: no objects");
    }

    @Test
    void without_a_better_layout_there_is_nothing_to_measure() {
        Run run =
                Cli.benching(NEVER, Map.of(), "bench", folder + "#app.Lone", "--profile", profile, "--candidate", "1");
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err())
                .contains("class app.Lone: no better layout was found, so there is no candidate to measure");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bench rtable@6.3 --candidate 99|expected a number from 1 to ",
                "bench rtable@6.3 --candidate 0|as 'faultline suggest' lists them, got '0'",
                "bench rtable@6.3 --candidate 1,1|expected each number once",
                "bench rtable@6.3 --candidate one|Invalid value for option '--candidate'",
                "bench rtable@6.3 rtable@6.4 --candidate 1|--candidate takes one layout, got 2",
                "bench rtable@6.3 --candidate 1 --open --whole|--open and --whole exclude each other",
                "bench rtable@6.3 --whole|a layout without --candidate has no --whole",
                "bench queue --candidate 1|suites have no --candidate",
                "bench queue --max-size 64|suites have no --max-size",
                "bench rtable@6.3 --vm 8 --candidate 1|--candidate measures objects of the running VM",
            })
    void nonsense_is_refused_before_anything_is_measured(String words, String complaint) {
        Run run = Cli.benching(NEVER, Map.of(), words.split(" "));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("faultline: ").contains(complaint);
    }
}

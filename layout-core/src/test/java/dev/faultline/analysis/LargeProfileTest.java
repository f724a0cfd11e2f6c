package dev.faultline.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.faultline.access.ProfileReader;
import dev.faultline.cost.LineMap;
import dev.faultline.cost.closedform.WorkLimit;
import dev.faultline.hazard.Saving;
import dev.faultline.hazard.WhatIfCost;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.input.InputException;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machines;
import dev.faultline.source.Subject;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Profiles far larger than anybody writes: analysed in no time to speak of, or refused with a number. */
@Tag("slow")
class LargeProfileTest {

    private static final String[] KINDS = {"write", "read", "rmw"};

    @Test
    void hundreds_of_hot_fields_are_analysed() {
        analysed(150, i -> operation(i, access(i)));
    }

    @Test
    void one_operation_of_very_many_accesses_is_analysed() {
        String all = accesses(200);
        analysed(200, i -> i == 0 ? operation(0, all) : i == 1 ? operation(1, access(1)) : "");
    }

    @Test
    void one_operation_that_goes_round_a_few_fields_is_analysed() {
        String round = IntStream.range(0, 300).mapToObj(i -> access(i, i % 4)).collect(Collectors.joining(", "));
        analysed(8, i -> i == 0 ? operation(0, round) : i == 1 ? operation(1, access(1)) : "");
    }

    @Test
    void compare_and_set_loops_on_one_field_are_analysed() {
        String round = "{field: f0, kind: cas-loop}, ".repeat(200);
        analysed(8, i -> i < 2 ? operation(i, round + access(3)) : "");
    }

    @Test
    void operations_that_all_touch_all_fields_are_analysed() {
        analysed(20, i -> operation(i, accesses(20)));
    }

    @Test
    void a_lock_taken_in_every_operation_is_analysed() {
        analysed(
                "spinlock_t lock;\n" + fields(8),
                IntStream.range(0, 200)
                        .mapToObj(i -> operation(i, "{field: lock, kind: rmw}, " + access(i, i % 8)))
                        .collect(Collectors.joining()));
    }

    @Test
    void phases_by_the_hundred_are_analysed() {
        String roles = IntStream.range(0, 400)
                .mapToObj(i -> "      r" + i + ": {cpus: 1}\n")
                .collect(Collectors.joining());
        String phases = IntStream.range(0, 400)
                .mapToObj(i -> "      p" + i + ": [r" + i + "]\n")
                .collect(Collectors.joining());
        String operations = IntStream.range(0, 400)
                .mapToObj(i -> "      - {name: o" + i + ", role: r" + i + ", rate: 1e5, accesses: [" + access(i, i % 8)
                        + "]}\n")
                .collect(Collectors.joining());

        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> analyse(
                        fields(8),
                        "profile: h\nstructs:\n  h:\n    roles:\n" + roles + "    phases:\n" + phases
                                + "    operations:\n" + operations));
    }

    @Test
    void more_work_than_ends_soon_is_refused_with_its_number() {
        String bytes =
                IntStream.range(0, 300).mapToObj(i -> "char f" + i + ";\n").collect(Collectors.joining());
        String operations =
                IntStream.range(0, 300).mapToObj(i -> operation(i, access(i))).collect(Collectors.joining());

        assertThatThrownBy(() -> analyse(bytes, profile(operations)))
                .isInstanceOf(InputException.class)
                .hasMessage("h (p.yaml): computing the costs takes more than " + WorkLimit.MOST_STEPS
                        + " steps: 300 accesses to 300 fields, in 64 placements;"
                        + " leave out what is rare, or split the profile");
    }

    @Test
    void a_compare_and_set_loop_counts_as_one_access() {
        String bytes =
                IntStream.range(0, 300).mapToObj(i -> "char f" + i + ";\n").collect(Collectors.joining());
        String operations = IntStream.range(0, 300)
                .mapToObj(i -> operation(i, "{field: f" + i + ", kind: cas-loop}"))
                .collect(Collectors.joining());

        assertThatThrownBy(() -> analyse(bytes, profile(operations)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(" steps: 300 accesses to 300 fields, in 64 placements;");
    }

    @Test
    void thousands_of_fields_of_which_only_the_type_is_known_are_analysed() {
        String fields = IntStream.range(0, 1000)
                .mapToObj(i -> "atomic_t a" + i + ";\nlong b" + i + ";\n")
                .collect(Collectors.joining());

        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> assertThat(analyzer().analyze(Subject.of(layout(fields))).findings())
                        .isNotEmpty());
    }

    @Test
    void arms_of_a_union_by_the_ten_thousand_are_refused_with_the_number_of_pairs() {
        String arms = IntStream.range(0, 20_000)
                .mapToObj(i -> "atomic_t a" + i + ";\n")
                .collect(Collectors.joining());
        StructLayout union =
                NotationReader.read("u", "union u {\n" + arms + "};\n").get(0);

        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> assertThatThrownBy(() -> analyzer().analyze(Subject.of(union)))
                        .isInstanceOf(InputException.class)
                        .hasMessage("union u: more than 10000000 pairs of its fields are within a line of each other;"
                                + " leave it out, or give a profile of the fields that matter"));
    }

    @Test
    void what_a_repair_saves_is_nearly_the_same_of_its_neighbourhood_as_of_the_whole() {
        String operations = IntStream.range(0, 90)
                .mapToObj(i -> operation(i, access(i) + ", " + access((i + 40) % 90)))
                .collect(Collectors.joining())
                .replace("1e6", "5e4");
        StructLayout layout = layout(fields(90));
        WhatIfCost costing =
                analyzer().context(subject(layout, profile(operations))).whatIf();

        for (int field = 0; field < 90; field += 7) {
            List<FieldRef> moved = List.of(layout.resolve("f" + field).orElseThrow());
            List<Integer> indices = costing.indices(moved);
            Saving whole = costing.arranging((LineMap map) -> map.moving(indices));
            Saving near = costing.moving(moved);

            assertThat(costing.around(moved)).isNotSameAs(costing);
            assertThat(near.cpusSaved()).isCloseTo(whole.cpusSaved(), within(0.05 * Math.abs(whole.cpusSaved())));
            assertThat(near.cpus()).isEqualTo(whole.cpus());
            assertThat(near.isNothing()).isEqualTo(whole.isNothing());
        }
    }

    private static void analysed(int fields, IntFunction<String> operation) {
        analysed(fields(fields), IntStream.range(0, fields).mapToObj(operation).collect(Collectors.joining()));
    }

    private static void analysed(String fields, String operations) {
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> analyse(fields, profile(operations)));
    }

    private static void analyse(String fields, String profile) {
        Analysis analysis = analyzer().analyze(subject(layout(fields), profile));

        assertThat(analysis.breakdown().orElseThrow().cpusLost()).isPositive().isFinite();
    }

    private static Analyzer analyzer() {
        return new Analyzer(Machines.x86(), Catalog.RULES);
    }

    private static StructLayout layout(String fields) {
        return NotationReader.read("h", "struct h {\n" + fields + "};\n").get(0);
    }

    private static Subject subject(StructLayout layout, String profile) {
        return Subject.of(layout)
                .withProfile(ProfileReader.read("p.yaml", profile).forStruct("h"));
    }

    private static String fields(int count) {
        return IntStream.range(0, count).mapToObj(i -> "long f" + i + ";\n").collect(Collectors.joining());
    }

    private static String profile(String operations) {
        return "profile: h\nstructs:\n  h:\n    roles: {a: {cpus: 8}, b: {cpus: 8}}\n    operations:\n" + operations;
    }

    private static String operation(int number, String accesses) {
        return "      - {name: o" + number + ", role: " + "ab".charAt(number % 2) + ", rate: 1e6, accesses: ["
                + accesses + "]}\n";
    }

    private static String access(int number) {
        return access(number, number);
    }

    private static String access(int number, int field) {
        return "{field: f" + field + ", kind: " + KINDS[number % 3] + "}";
    }

    private static String accesses(int count) {
        return IntStream.range(0, count).mapToObj(LargeProfileTest::access).collect(Collectors.joining(", "));
    }
}

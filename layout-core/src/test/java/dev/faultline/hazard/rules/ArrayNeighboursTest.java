package dev.faultline.hazard.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.ProfileReader;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machines;
import dev.faultline.machine.Placement;
import dev.faultline.source.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Elements of their own, random ones, parts of elements, and who reads them all. */
class ArrayNeighboursTest {

    private static final String COUNTS = "struct s { long counts[8]; };";

    private static List<Finding> findings(String struct, String... operations) {
        return findings(8, struct, operations);
    }

    private static List<Finding> findings(int cpus, String struct, String... operations) {
        List<StructLayout> layouts = NotationReader.read("s.c", struct);
        StructLayout layout = layouts.get(layouts.size() - 1);
        String profile = "profile: test\nstructs:\n  s:\n    roles: { all: { cpus: all }, one: { cpus: [0] } }\n"
                + "    operations:\n      " + String.join("\n      ", operations) + "\n";
        Subject subject = Subject.of(layout)
                .withPlacement(new Placement(64, "test"))
                .withProfile(ProfileReader.read("p.yaml", profile).forStruct("s"));
        return new Analyzer(Machines.x86().withCpus(cpus, "test"), Catalog.RULES)
                .analyze(subject)
                .findings();
    }

    private static String op(String name, String role, String rate, String accesses) {
        return "- { name: " + name + ", role: " + role + ", rate: " + rate + ", accesses: [ " + accesses + " ] }";
    }

    private static List<Finding> neighbours(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.rule().equals("ArrayNeighbours"))
                .toList();
    }

    @Test
    void who_sums_more_lines_than_come_at_a_time_is_named_and_pays_less_than_the_writers_gain() {
        Finding finding = neighbours(findings(
                        64,
                        COUNTS.replace("8", "64"),
                        op("count", "all", "1e6", "{ field: counts[own], kind: rmw }"),
                        op("sum", "one", "1e3", "{ field: counts[*], kind: read }")))
                .get(0);

        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.saving().orElseThrow().cpusSaved()).isPositive();
        assertThat(finding.saving().orElseThrow().operation()).isEqualTo("count");
        assertThat(finding.message()).endsWith("each CPU of all writes its own");
        assertThat(finding.advice()).contains("; `sum`, which uses all elements, then takes ");
    }

    @Test
    void where_sums_are_far_more_frequent_than_writes_lines_apart_would_cost_time() {
        assertThat(neighbours(findings(
                        COUNTS,
                        op("count", "all", "2e2", "{ field: counts[own], kind: rmw }"),
                        op("sum", "all", "1e6", "{ field: counts[*], kind: read }"))))
                .isEmpty();
    }

    @Test
    void elements_picked_at_random_are_neighbours_too() {
        Finding finding = neighbours(findings(COUNTS, op("hit", "all", "1e6", "{ field: counts[any], kind: rmw }")))
                .get(0);

        assertThat(finding.message()).endsWith("each `hit` of all picks one");
        assertThat(finding.saving().orElseThrow().cpusSaved()).isPositive();
    }

    @Test
    void parts_of_ones_own_element_are_one_finding_by_their_outer_bytes() {
        String close = "struct e { int lock; int count; char rest[16]; }; struct s { struct e stripes[8]; };";
        String apart = "struct e { int lock; int count; char rest[120]; }; struct s { struct e stripes[8]; };";
        String operation = op(
                "hit",
                "all",
                "1e6",
                "{ field: stripes[own].lock, kind: rmw }, { field: stripes[own].count, kind: write }");

        Finding finding = neighbours(findings(close, operation)).get(0);
        assertThat(finding.fields()).containsExactly("stripes[*].lock", "stripes[*].count");
        assertThat(finding.message()).startsWith("elements of stripes are 24 bytes apart");
        assertThat(findings(apart, operation)).isEmpty();
    }

    @Test
    void a_part_that_others_read_shares_its_line_with_the_owners_counter() {
        String struct = "struct e { int state; int count; char rest[120]; }; struct s { struct e slots[8]; };";
        List<Finding> findings = findings(
                struct,
                op("hit", "all", "1e6", "{ field: slots[own].count, kind: rmw }"),
                op("look", "all", "1e5", "{ field: slots[any].state, kind: read }"));

        assertThat(findings).extracting(Finding::rule).contains("WriterBesideReaders");
        Finding finding = findings.stream()
                .filter(one -> one.rule().equals("WriterBesideReaders"))
                .findFirst()
                .orElseThrow();
        assertThat(finding.fields()).containsExactly("slots[*].count", "slots[*].state");
        assertThat(finding.saving().orElseThrow().cpusSaved()).isPositive();
        assertThat(findings(
                        struct,
                        op("hit", "all", "1e6", "{ field: slots[own].count, kind: rmw }"),
                        op("look", "all", "1e5", "{ field: slots[own].state, kind: read }")))
                .as("its own state beside its own count")
                .isEmpty();
    }

    @Test
    void the_old_word_gives_the_same_findings() {
        assertThat(findings(COUNTS, op("count", "all", "1e6", "{ field: counts, kind: rmw, element: own }")))
                .isEqualTo(findings(COUNTS, op("count", "all", "1e6", "{ field: counts[own], kind: rmw }")));
    }

    @Test
    void writers_of_two_roles_are_found_whatever_the_order_of_their_operations() {
        String main = op("alloc main", "one", "2e6", "{ field: counts[own], kind: rmw }");
        String io = op("alloc io", "all", "2e6", "{ field: counts[own], kind: rmw }");
        List<Finding> found = neighbours(findings(COUNTS, main, io));

        assertThat(found).hasSize(1).isEqualTo(neighbours(findings(COUNTS, io, main)));
        assertThat(found.get(0).severity()).isEqualTo(Severity.ERROR);
    }

    @Test
    void a_lone_writer_meets_who_reads_the_other_elements_one_at_a_time() {
        Finding finding = neighbours(findings(
                        COUNTS,
                        op("look", "all", "1e6", "{ field: counts[any], kind: read }"),
                        op("count", "one", "1e6", "{ field: counts[own], kind: rmw }")))
                .get(0);

        assertThat(finding.message()).endsWith("`count` of one writes one while `look` of all reads another");
        assertThat(finding.saving().orElseThrow().cpusSaved()).isPositive();
    }

    @Test
    void the_sum_of_an_array_with_one_writer_is_true_sharing() {
        List<Finding> findings = findings(
                COUNTS,
                op("count", "one", "2e6", "{ field: counts[own], kind: rmw }"),
                op("sum", "all", "1e5", "{ field: counts, kind: read }"));

        assertThat(neighbours(findings)).isEmpty();
        assertThat(findings).extracting(Finding::rule).contains("TrueSharing");
    }

    @Test
    void elements_that_one_operation_writes_together_are_no_neighbours() {
        assertThat(neighbours(findings(
                        COUNTS,
                        op(
                                "both",
                                "all",
                                "1e6",
                                "{ field: 'counts[0]', kind: rmw }, { field: 'counts[1]', kind: rmw }"))))
                .isEmpty();
    }

    @Test
    void padding_inside_an_element_is_not_touched() {
        String padded = "struct e { char pad0[64]; long hits; char pad1[56]; }; struct s { struct e slots[8]; };";
        String operation = op("hit", "all", "1e6", "{ field: slots[own], kind: rmw }");

        assertThat(findings(padded, operation)).isEmpty();
    }
}

package dev.faultline.hazard.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.Analyzer;
import dev.faultline.access.ProfileReader;
import dev.faultline.hazard.Finding;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machines;
import dev.faultline.machine.Placement;
import dev.faultline.source.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Published cases of false sharing, and the controls that must stay silent. */
class TextbookCasesTest {

    private static final String TWO_ROLES = "roles: { a: { cpus: 1 }, b: { cpus: 1 } }";

    @Test
    void a_lock_beside_what_others_read_is_found_and_gone_with_padding() {
        String operations = """
                - { name: lock, role: a, rate: 1e6, accesses: [ { field: lock0, kind: rmw } ] }
                - { name: look, role: b, rate: 1e6, accesses: [ { field: reader1, kind: read } ] }
                """;

        assertThat(rules("struct buf { long lock0; long lock1; long pad[1]; long reader1; };", 64, operations))
                .contains("WriterBesideReaders");
        assertThat(rules("struct buf { long lock0; long lock1; long pad[6]; long reader1; };", 64, operations))
                .doesNotContain("WriterBesideReaders");
    }

    /** Phoenix linear_regression: 64-byte elements, clean only where the base is 0 or 56 modulo 64. */
    @Test
    void whether_regression_arguments_collide_depends_on_the_base_address() {
        String struct =
                "struct args { long tid; long points; long n; long sx; long sy; long sxx; long syy; long sxy; };"
                        + " struct two { struct args a; struct args b; };";
        String operations = """
                - { name: mine, role: a, rate: 1e6, accesses: [ { field: a.sxy, kind: rmw }, { field: a.points, kind: read } ] }
                - { name: other, role: b, rate: 1e6, accesses: [ { field: b.points, kind: read }, { field: b.sxy, kind: rmw } ] }
                """;

        assertThat(rules(struct, 64, operations))
                .doesNotContain("EmbeddedStructSpill", "WriterBesideReaders", "UncertainPlacement");
        assertThat(rules(struct, 16, operations)).contains("EmbeddedStructSpill", "UncertainPlacement");
        Finding spill = findings(struct, 8, operations).stream()
                .filter(finding -> finding.rule().equals("EmbeddedStructSpill"))
                .findFirst()
                .orElseThrow();
        assertThat(spill.placements().orElseThrow().sharing())
                .as("all residues but 0 and 56 put a.sxy at 56 and b.points at 72 on one line")
                .isEqualTo(8 - 2);
    }

    @Test
    void a_pool_of_locks_a_byte_apart_is_found_and_gone_at_a_line_apart() {
        String operations =
                "- { name: lock, role: a, rate: 1e6, accesses: [ { field: pool, kind: rmw, element: own } ] }";

        assertThat(rules("struct p { char pool[41]; };", 64, operations, "roles: { a: { cpus: all } }"))
                .containsExactly("ArrayNeighbours");
        assertThat(rules(
                        "struct line { char flag; char pad[63]; }; struct p { struct line pool[41]; };",
                        64,
                        operations,
                        "roles: { a: { cpus: all } }"))
                .isEmpty();
    }

    @Test
    void writers_that_never_run_together_are_not_reported() {
        String operations = """
                - { name: build, role: a, rate: 1e6, accesses: [ { field: x, kind: write } ] }
                - { name: serve, role: b, rate: 1e6, accesses: [ { field: y, kind: write } ] }
                """;

        assertThat(rules("struct s { long x; long y; };", 64, operations)).contains("WritersShareLine");
        assertThat(rules(
                        "struct s { long x; long y; };",
                        64,
                        operations,
                        TWO_ROLES + "\n    phases: { first: [a], then: [b] }"))
                .isEmpty();
    }

    @Test
    void true_sharing_of_one_counter_and_a_counter_of_one_cpu_are_not_reported() {
        String shared = "- { name: count, role: a, rate: 1e7, accesses: [ { field: n, kind: rmw } ] }";

        assertThat(rules("struct s { long n; long other; };", 64, shared, "roles: { a: { cpus: all } }"))
                .isEmpty();
        String own =
                "- { name: work, role: a, rate: 1e7, accesses: [ { field: n, kind: rmw }, { field: m, kind: read } ] }";
        assertThat(rules("struct s { long n; long m; };", 64, own, "roles: { a: { cpus: 1 } }"))
                .isEmpty();
    }

    private static List<String> rules(String struct, int base, String operations) {
        return rules(struct, base, operations, TWO_ROLES);
    }

    private static List<String> rules(String struct, int base, String operations, String roles) {
        return findings(struct, base, operations, roles).stream()
                .map(Finding::rule)
                .distinct()
                .toList();
    }

    private static List<Finding> findings(String struct, int base, String operations) {
        return findings(struct, base, operations, TWO_ROLES);
    }

    private static List<Finding> findings(String struct, int base, String operations, String roles) {
        List<StructLayout> layouts = NotationReader.read("case.c", struct);
        StructLayout layout = layouts.get(layouts.size() - 1);
        String profile = "profile: case\nstructs:\n  " + layout.name() + ":\n    " + roles + "\n    operations:\n"
                + operations.strip().indent(6);
        return new Analyzer(Machines.neoverse(), Catalog.RULES)
                .analyze(Subject.of(layout)
                        .withPlacement(new Placement(base, "the case"))
                        .withProfile(ProfileReader.read("case.yaml", profile).forStruct(layout.name())))
                .findings();
    }
}

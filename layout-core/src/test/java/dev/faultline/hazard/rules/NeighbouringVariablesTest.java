package dev.faultline.hazard.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.Certainty;
import dev.faultline.access.ProfileReader;
import dev.faultline.access.StructProfile;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.FieldType.Scalar;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Machines;
import dev.faultline.machine.Placement;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Global variables on one line are one hazard with one name; what lies inside a variable is a struct's affair. */
class NeighbouringVariablesTest {

    private static final FieldType ATOMIC = new Scalar("atomic_long", 8, 8);
    private static final FieldType LONG = new Scalar("long", 8, 8);
    private static final FieldType LOCK = new FieldType.Opaque("pthread_mutex_t", 40, 8);

    private static final String PROFILE = """
            profile: two threads
            structs:
              .data:
                roles:
                  writer: { cpus: 1 }
                  reader: { cpus: 4 }
                operations:
                  - { name: count, role: writer, rate: 5e6, accesses: [ { field: %s, kind: write } ] }
                  - { name: look, role: reader, rate: 5e6, accesses: [ { field: %s, kind: %s } ] }
            """;

    private final List<Member> members = new ArrayList<>();

    private NeighbouringVariablesTest variable(String name, FieldType type, long byteOffset) {
        members.add(Member.of(name, type, byteOffset));
        return this;
    }

    private List<Finding> findings(Optional<StructProfile> profile) {
        long end = members.stream()
                .mapToLong(member -> member.bytes().orElseThrow().end())
                .max()
                .orElseThrow();
        StructLayout data = StructLayout.of(
                ".data", AggregateKind.SECTION, end, 4096, members, Provenance.of(Provenance.Origin.SYMBOLS, "app"));
        Subject subject = Subject.of(data)
                .withPlacement(new Placement(4096, "address 0x4000"))
                .withProfile(profile);
        return new Analyzer(Machines.x86(), Catalog.RULES).analyze(subject).findings();
    }

    private List<Finding> guessed() {
        return findings(Optional.empty());
    }

    private List<Finding> declared(String written, String used, String kind) {
        return findings(ProfileReader.read("p.yaml", PROFILE.formatted(written, used, kind))
                .forStruct(".data"));
    }

    private static FieldType struct(String name, Member... members) {
        StructLayout layout = StructLayout.of(
                name, AggregateKind.STRUCT, 16, 8, List.of(members), Provenance.of(Provenance.Origin.SYMBOLS, "app"));
        return new FieldType.Aggregate("struct " + name, layout);
    }

    @Test
    void two_atomics_on_one_line_are_a_suspicion_of_this_rule_alone() {
        variable("requests", ATOMIC, 16).variable("errors", ATOMIC, 24);

        assertThat(guessed()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("NeighbouringStatics");
            assertThat(finding.fields()).containsExactly("requests", "errors");
            assertThat(finding.certainty()).isEqualTo(Certainty.INFERRED);
            assertThat(finding.isSuspicion()).isTrue();
            assertThat(finding.advice())
                    .contains("give requests 64 bytes of its own")
                    .contains("_Alignas");
        });
    }

    @Test
    void variables_on_two_lines_are_no_hazard() {
        variable("requests", ATOMIC, 56).variable("errors", ATOMIC, 64);

        assertThat(guessed()).isEmpty();
        assertThat(declared("requests", "errors", "write")).allMatch(finding -> finding.severity() == Severity.INFO);
    }

    @Test
    void an_ordinary_variable_beside_an_atomic_is_not_known_to_be_hot() {
        variable("requests", ATOMIC, 0).variable("limit", LONG, 8);

        assertThat(guessed()).isEmpty();
    }

    @Test
    void a_profile_makes_a_writer_beside_a_reader_an_error() {
        variable("requests", LONG, 0).variable("limit", LONG, 8);

        assertThat(declared("requests", "limit", "read"))
                .filteredOn(finding -> finding.severity() != Severity.INFO)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo("NeighbouringStatics");
                    assertThat(finding.fields()).containsExactly("requests", "limit");
                    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                    assertThat(finding.certainty()).isEqualTo(Certainty.DECLARED);
                    assertThat(finding.message())
                            .contains("requests (write by writer")
                            .contains("limit (read by reader");
                });
        assertThat(declared("requests", "limit", "rmw"))
                .filteredOn(finding -> finding.severity() != Severity.INFO)
                .extracting(Finding::rule)
                .containsExactly("NeighbouringStatics");
    }

    @Test
    void a_profile_without_rates_gives_a_warning_of_this_rule_alone() {
        variable("requests", LONG, 0).variable("limit", LONG, 8);
        String unrated = PROFILE.formatted("requests", "limit", "read").replace(", rate: 5e6", "");

        assertThat(findings(ProfileReader.read("p.yaml", unrated).forStruct(".data")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo("NeighbouringStatics");
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                });
    }

    @Test
    void fields_of_one_variable_are_the_affair_of_its_struct() {
        FieldType stats = struct("stats", Member.of("hits", LONG, 0), Member.of("misses", LONG, 8));
        variable("stats", stats, 0).variable("other", LONG, 16);

        assertThat(declared("stats.hits", "stats.misses", "read"))
                .filteredOn(finding -> finding.severity() != Severity.INFO)
                .extracting(Finding::rule)
                .containsExactly("WriterBesideReaders");
        assertThat(declared("stats.misses", "other", "read"))
                .filteredOn(finding -> finding.severity() != Severity.INFO)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo("NeighbouringStatics");
                    assertThat(finding.advice()).contains("give stats 64 bytes");
                });
    }

    @Test
    void two_locks_are_a_hazard_but_a_lock_beside_an_atomic_may_guard_it() {
        variable("first", LOCK, 0).variable("second", LOCK, 40);
        assertThat(guessed()).extracting(Finding::rule).containsExactly("NeighbouringStatics");

        members.clear();
        variable("lock", LOCK, 0).variable("count", ATOMIC, 40);
        assertThat(guessed()).isEmpty();
    }

    @Test
    void elements_of_one_array_are_told_by_the_rule_about_arrays() {
        variable("counts", new FieldType.Array(ATOMIC, 8), 0);

        assertThat(guessed()).extracting(Finding::rule).containsExactly("ArrayNeighbours");
    }

    @Test
    void static_variables_of_functions_are_named_by_profiles_though_their_names_have_dots() {
        FieldType stats = struct("stats", Member.of("hits", LONG, 0), Member.of("misses", LONG, 8));
        variable("stats.0", stats, 0).variable("n.1", LONG, 16).variable("n.2", LONG, 24);

        assertThat(declared("n.1", "n.2", "read"))
                .filteredOn(finding -> finding.severity() != Severity.INFO)
                .extracting(Finding::rule)
                .containsExactly("NeighbouringStatics");
        assertThat(declared("stats.0.hits", "n.1", "read"))
                .filteredOn(finding -> finding.severity() != Severity.INFO)
                .extracting(Finding::fields)
                .containsExactly(List.of("stats.0.hits", "n.1"));
    }
}

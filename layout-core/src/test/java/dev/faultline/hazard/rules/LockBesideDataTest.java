package dev.faultline.hazard.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.faultline.access.Certainty;
import dev.faultline.access.ProfileReader;
import dev.faultline.access.StructProfile;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machines;
import dev.faultline.machine.Placement;
import dev.faultline.source.Subject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data beside its own lock is told by one rule, and by no rule about foreign fields. */
class LockBesideDataTest {

    private static final String POOL = """
            struct Pool {
                    struct %s lk;                                        /*     0     8 */
                    void *                     ops;                      /*     8     8 */

                    /* size: 16, cachelines: 1, members: 2 */
            };
            """;
    private static final String TAKE_USE_RELEASE = """
            - { field: lk, kind: rmw }
            - { field: ops, kind: write, gap: 20ns }
            - { field: lk, kind: write, gap: 20ns }
            """;
    private static final String GET_USE_PUT = """
            - { field: lk, kind: rmw }
            - { field: ops, kind: read, gap: 20ns }
            - { field: lk, kind: rmw, gap: 20ns }
            """;

    @ParameterizedTest
    @ValueSource(strings = {"std::atomic<int>", "AtomicIsize", "mutex", "Mutex<u64>", "pg_atomic_uint32", "plain"})
    void a_field_that_each_operation_takes_and_releases_is_the_lock_of_the_data_between(String type) {
        assertThat(findings(POOL.formatted(type), TAKE_USE_RELEASE, "2e4"))
                .extracting(Finding::rule, Finding::fields, Finding::certainty)
                .contains(tuple("LockBesideData", List.of("lk", "ops"), Certainty.DECLARED))
                .noneMatch(finding -> finding.toList().get(0).equals("WriterBesideReaders"));
    }

    @ParameterizedTest
    @CsvSource({
        "std::atomic<int>, WriterBesideReaders",
        "AtomicIsize, WriterBesideReaders",
        "mutex, LockBesideData",
        "Mutex<u64>, LockBesideData"
    })
    void a_count_that_is_taken_and_given_back_by_updates_is_no_lock_unless_its_type_is_one(String type, String rule) {
        assertThat(findings(POOL.formatted(type), GET_USE_PUT, "5e6"))
                .extracting(Finding::rule)
                .contains(rule)
                .doesNotContain(rule.equals("LockBesideData") ? "WriterBesideReaders" : "LockBesideData");
    }

    @Test
    void data_that_some_operation_uses_without_the_lock_is_not_guarded() {
        String both = TAKE_USE_RELEASE + """
                - { field: ops, kind: read, gap: 20ns }
                """;

        assertThat(findings(POOL.formatted("std::atomic<int>"), both, "5e6"))
                .extracting(Finding::rule)
                .doesNotContain("LockBesideData");
    }

    @Test
    void a_type_that_holds_its_data_tells_of_it_without_a_profile_and_of_no_foreign_field() {
        StructLayout held = read("""
                struct Held {
                        struct Mutex               inner;            /*     0     4 */

                        /* XXX 4 bytes hole, try to pack */

                        u64                        data;             /*     8     8 */

                        /* size: 16, cachelines: 1, members: 2 */
                };
                """);
        StructLayout pool = StructLayout.of(
                "Pool",
                AggregateKind.STRUCT,
                24,
                8,
                List.of(
                        Member.of("queue", new FieldType.Aggregate("struct Mutex<u64>", held), 0),
                        Member.of("limit", FieldType.Scalar.natural("u64", 8), 16)),
                held.provenance());

        List<Finding> findings = analyze(pool, Optional.empty());

        assertThat(findings)
                .extracting(Finding::rule, Finding::fields, Finding::severity, Finding::isSuspicion)
                .containsExactly(tuple("LockBesideData", List.of("queue.inner", "queue.data"), Severity.INFO, true));
    }

    @Test
    void a_lock_beside_fields_that_it_may_guard_is_no_finding_and_two_locks_of_a_struct_are() {
        assertThat(guessed("""
                struct s {
                        pthread_mutex_t            m;                /*     0    40 */
                        pthread_cond_t             changed;          /*    40    48 */
                        long int                   a;                /*    88     8 */

                        /* size: 96, cachelines: 2, members: 3 */
                };
                """)).isEmpty();
        assertThat(guessed("""
                struct s1 {
                        int                        cfg;              /*     0     4 */

                        /* XXX 4 bytes hole, try to pack */

                        pthread_mutex_t            m;                /*     8    40 */
                        long int                   a;                /*    48     8 */
                        pthread_spinlock_t         sp;               /*    56     4 */
                        int                        b;                /*    60     4 */

                        /* size: 64, cachelines: 1, members: 5 */
                };
                """))
                .extracting(Finding::rule, Finding::fields, Finding::isSuspicion)
                .containsExactly(tuple("WritersShareLine", List.of("m", "sp"), true));
    }

    @Test
    void a_semaphore_and_an_atomic_of_any_language_beside_ordinary_fields_are_suspected() {
        for (String type : List.of(
                "sem_t", "struct atomic<long int>", "struct std::atomic<int>", "struct AtomicIsize", "class latch")) {
            assertThat(guessed("""
                    struct Pool {
                            %s busy;                                     /*     0     8 */
                            void *                     ops;              /*     8     8 */

                            /* size: 16, cachelines: 1, members: 0 */
                    };
                    """.formatted(type)))
                    .as(type)
                    .extracting(Finding::rule, Finding::fields, Finding::isSuspicion)
                    .containsExactly(tuple("WriterBesideReaders", List.of("busy", "ops"), true));
        }
    }

    private static List<Finding> guessed(String struct) {
        return analyze(read(struct), Optional.empty());
    }

    private static List<Finding> findings(String struct, String accesses, String rate) {
        String profile = """
                profile: test
                structs:
                  Pool:
                    roles: { user: { cpus: all } }
                    operations:
                      - name: use
                        role: user
                %s        accesses:
                %s""".formatted(
                        rate.isEmpty() ? "" : "        rate: " + rate + "\n",
                        accesses.strip().indent(10));
        return analyze(read(struct), ProfileReader.read("test.yaml", profile).forStruct("Pool"));
    }

    private static StructLayout read(String struct) {
        return NotationReader.read("test.txt", struct).get(0);
    }

    private static List<Finding> analyze(StructLayout layout, Optional<StructProfile> profile) {
        return new Analyzer(Machines.x86(), Catalog.RULES)
                .analyze(Subject.of(layout)
                        .withPlacement(new Placement(64, "the test"))
                        .withProfile(profile))
                .findings();
    }
}

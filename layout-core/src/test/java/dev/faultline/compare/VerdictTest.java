package dev.faultline.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.hazard.Finding;
import dev.faultline.input.InputException;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Placement;
import dev.faultline.source.Subject;
import org.junit.jupiter.api.Test;

/** Which changes are for the worse: with no profile, unless one is shown. */
class VerdictTest {

    private static final String SHARED = "atomic_t refcnt; int flags; void *ops; long key;";

    private static void assertVerdict(Verdict verdict, String before, String after) {
        Comparison comparison = Compared.of(before, after);
        assertThat(comparison.verdict()).as(comparison.reason()).isEqualTo(verdict);
    }

    @Test
    void a_reorder_with_a_new_member_in_the_same_bytes_is_no_regression() {
        assertVerdict(
                Verdict.SAME,
                "atomic_t refcnt; void *ops; long key; int flags;",
                "long key; atomic_t refcnt; int flags; void *ops; int added;");
    }

    @Test
    void padding_between_a_count_and_its_readers_is_no_regression_and_its_removal_is_one() {
        String padded = "atomic_t refcnt; char pad[60]; int flags; void *ops; long key;";
        assertVerdict(Verdict.BETTER, SHARED, padded);
        assertVerdict(Verdict.WORSE, padded, SHARED);
    }

    @Test
    void an_alignment_that_keeps_readers_away_is_no_regression_and_its_removal_is_one() {
        String aligned = "atomic_t refcnt; int flags __attribute__((aligned(64))); void *ops; long key;";
        assertVerdict(Verdict.BETTER, SHARED, aligned);
        assertVerdict(Verdict.WORSE, aligned, SHARED);
    }

    @Test
    void padding_that_helps_in_seven_of_eight_placements_is_worth_keeping() {
        String padded = "atomic_long_t count; long pad[6]; long limit;";
        assertVerdict(Verdict.WORSE, padded, "atomic_long_t count; long limit;");
        assertVerdict(Verdict.BETTER, "atomic_long_t count; long limit;", padded);
    }

    @Test
    void padding_between_plain_fields_is_there_for_a_reason_that_types_do_not_tell() {
        assertVerdict(Verdict.WORSE, "long head; char pad[56]; long tail;", "long head; long tail;");
        assertVerdict(Verdict.SAME, "long head; long tail;", "long head; char pad[56]; long tail;");
        assertThat(Compared.of("long head; long tail;", "long head; char pad[56]; long tail;")
                        .reason())
                .isEqualTo("no difference known; 56 bytes larger");
    }

    @Test
    void a_counter_that_loses_its_line_meets_its_neighbours_in_memory() {
        assertVerdict(Verdict.WORSE, "atomic_long_t hits __attribute__((aligned(64)));", "atomic_long_t hits;");
        assertVerdict(Verdict.BETTER, "atomic_long_t hits;", "atomic_long_t hits __attribute__((aligned(64)));");
    }

    @Test
    void a_reader_that_comes_onto_the_line_of_a_writer_is_worse() {
        String line = "long cold __attribute__((aligned(64)));";
        assertVerdict(
                Verdict.WORSE,
                "atomic_long_t count __attribute__((aligned(64))); long a; long b; " + line + " long c;",
                "atomic_long_t count __attribute__((aligned(64))); long a; long b; long c; " + line);
    }

    @Test
    void readers_that_change_places_on_the_line_of_a_writer_are_mixed() {
        assertVerdict(
                Verdict.MIXED,
                "atomic_long_t count __attribute__((aligned(64))); long a; long b __attribute__((aligned(64)));",
                "atomic_long_t count __attribute__((aligned(64))); long b; long a __attribute__((aligned(64)));");
    }

    @Test
    void readers_reordered_among_themselves_are_the_same() {
        assertVerdict(
                Verdict.SAME,
                "atomic_long_t count; long a; int b; int c; long d;",
                "atomic_long_t count; long d; int c; int b; long a;");
        assertVerdict(
                Verdict.SAME,
                "atomic_long_t count; long pad[7]; long a; long b; long c;",
                "atomic_long_t count; long pad[7]; long c; long a; long b;");
    }

    @Test
    void two_writers_that_change_places_are_the_same_hazard() {
        Comparison comparison = Compared.of("atomic_t a; atomic_t b;", "atomic_t b; atomic_t a;");
        assertThat(comparison.before().findings()).extracting(Finding::rule).contains("WritersShareLine");
        assertThat(comparison.hazards()).isEmpty();
    }

    @Test
    void a_new_writer_among_readers_that_had_none_is_worse_and_among_others_is_not() {
        assertVerdict(Verdict.WORSE, "long a; long b;", "long a; long b; atomic_t users;");
        assertVerdict(Verdict.BETTER, "long a; long b; atomic_t users;", "long a; long b;");
        assertVerdict(Verdict.SAME, SHARED, SHARED + " atomic_t users;");
    }

    @Test
    void a_new_field_in_the_bytes_that_kept_a_writer_alone_is_worse() {
        String aligned = "atomic_t refcnt; %s int flags __attribute__((aligned(64))); void *ops;";
        assertVerdict(Verdict.WORSE, String.format(aligned, ""), String.format(aligned, "int mode;"));
        assertVerdict(Verdict.SAME, String.format(aligned, ""), String.format(aligned, "char pad[8];"));
    }

    @Test
    void cold_fields_in_the_place_of_padding_are_no_regression_where_a_profile_knows_them() {
        Comparison comparison = Compared.of(
                "atomic_t refcnt; char pad[60]; int flags;",
                "atomic_t refcnt; int born; long owner; long stamp[5]; int flags __attribute__((aligned(64)));",
                """
                profile: lookup
                structs:
                  foo:
                    roles: { reader: { cpus: all } }
                    operations:
                      - name: look up
                        role: reader
                        rate: 1e6
                        accesses:
                          - { field: refcnt, kind: rmw }
                          - { field: flags, kind: read, gap: 20ns }
                """);
        assertThat(comparison.verdict()).as(comparison.reason()).isNotIn(Verdict.WORSE, Verdict.MIXED);
    }

    private static final String TOGETHER = """
            profile: two sums that are added to together
            structs:
              foo:
                roles: { adder: { cpus: all } }
                operations:
                  - name: add to both
                    role: adder
                    rate: 1e3
                    accesses:
                      - { field: a, kind: rmw }
                      - { field: b, kind: rmw }
            """;

    @Test
    void fields_written_together_are_better_off_on_one_line() {
        Comparison comparison = Compared.of(
                "atomic_long_t a __attribute__((aligned(64))); atomic_long_t b __attribute__((aligned(64)));",
                "atomic_long_t a __attribute__((aligned(64))); atomic_long_t b;",
                TOGETHER);
        assertThat(comparison.verdict()).as(comparison.reason()).isEqualTo(Verdict.BETTER);
    }

    @Test
    void true_sharing_is_neither_better_nor_worse_elsewhere_in_the_struct() {
        String profile = TOGETHER.replace("          - { field: b, kind: rmw }\n", "");
        Comparison comparison = Compared.of(
                "atomic_long_t a __attribute__((aligned(64))); long x[20]; long cold;",
                "atomic_long_t a __attribute__((aligned(64))); long cold; long y; long x[20];",
                profile);
        assertThat(comparison.verdict()).as(comparison.reason()).isEqualTo(Verdict.SAME);
    }

    private static final String READ_AND_COUNT = """
            profile: read and count
            structs:
              foo:
                roles:
                  reader: { cpus: 8 }
                  counter: { cpus: 1 }
                operations:
                  - name: read
                    role: reader
                    rate: 1e6
                    accesses: [ { field: limit, kind: read } ]
                  - name: count
                    role: counter
                    rate: 1e6
                    accesses: [ { field: count, kind: write } ]
            """;

    @Test
    void what_operations_cost_decides_where_a_profile_says_how_often() {
        String padded = "long count __attribute__((aligned(64))); char pad[56]; long limit;";
        String bare = "long count __attribute__((aligned(64))); long limit;";
        Comparison removed = Compared.of(padded, bare, READ_AND_COUNT);
        assertThat(removed.verdict()).as(removed.reason()).isEqualTo(Verdict.WORSE);
        assertThat(removed.reason()).startsWith("`read` costs").contains(", before ");
        assertThat(removed.worstNew()).isPresent();
        assertThat(Compared.of(bare, padded, READ_AND_COUNT).verdict()).isEqualTo(Verdict.BETTER);
    }

    @Test
    void an_alignment_that_is_gained_is_no_loss_although_what_mostly_met_now_always_meets() {
        Comparison comparison = Compared.of(
                "long count; long limit;", "long count __attribute__((aligned(64))); long limit;", READ_AND_COUNT);
        assertThat(comparison.verdict()).as(comparison.reason()).isEqualTo(Verdict.BETTER);
        assertThat(comparison.operations()).allMatch(one -> one.deltaNanos() <= 0);
    }

    @Test
    void growth_alone_is_the_same_and_shrinking_alone_is_better() {
        assertVerdict(Verdict.SAME, "long a; int b;", "long a; int b; long c;");
        assertVerdict(Verdict.BETTER, "long a; int b; long c;", "long a; int b;");
    }

    @Test
    void a_hole_that_is_filled_does_not_take_away_the_alignment_it_told_of() {
        StructLayout before = Compared.layout("""
                struct foo {
                    atomic_t refcnt; /* 0 4 */
                    /* XXX 60 bytes hole, try to pack */
                    long flags; /* 64 8 */
                    /* size: 128, cachelines: 2, members: 2 */
                    /* padding: 56 */
                };
                """);
        StructLayout after = Compared.layout("""
                struct foo {
                    atomic_t refcnt; /* 0 4 */
                    char reserved[60]; /* 4 60 */
                    long flags; /* 64 8 */
                    long more[7]; /* 72 56 */
                    /* size: 128, cachelines: 2, members: 4 */
                };
                """);
        assertThat(before.byteAlignment()).isEqualTo(64);
        assertThat(after.byteAlignment()).isEqualTo(8);
        Comparison comparison = Compared.COMPARER.compare(Subject.of(before), Subject.of(after));
        assertThat(comparison.verdict()).as(comparison.reason()).isEqualTo(Verdict.SAME);
        assertThat(comparison.notes()).anyMatch(note -> note.contains("64-byte alignment"));
    }

    @Test
    void what_an_allocator_promises_of_one_layout_holds_for_the_other() {
        Subject before = Subject.of(Compared.foo(SHARED)).withPlacement(new Placement(64, "slab cache"));
        Subject after = Subject.of(Compared.foo(SHARED + " long more;"));
        Comparison comparison = Compared.COMPARER.compare(before, after);
        assertThat(comparison.verdict()).as(comparison.reason()).isEqualTo(Verdict.SAME);
        assertThat(comparison.notes()).anyMatch(note -> note.contains("slab cache"));
    }

    @Test
    void a_profile_counts_on_both_sides_by_the_names_each_has() {
        String profile = READ_AND_COUNT.replace("field: limit", "field: conf.limit");
        Comparison comparison =
                Compared.of("long count; long limit;", "long count; struct conf { long limit; } conf;", profile);
        assertThat(comparison.operations())
                .hasSize(2)
                .allMatch(one -> one.before().isPresent() && one.after().isPresent());
        assertThat(comparison.notes()).isEmpty();
    }

    @Test
    void an_access_to_what_only_one_side_has_is_left_out_with_a_note() {
        String profile = READ_AND_COUNT.replace("{ field: limit, kind: read }", "{ field: added, kind: read }");
        Comparison comparison = Compared.of("long count; long limit;", "long count; long limit; long added;", profile);
        assertThat(comparison.notes()).anyMatch(note -> note.contains("added"));
    }

    @Test
    void a_field_that_neither_side_has_is_a_complaint() {
        String profile = READ_AND_COUNT.replace("field: limit", "field: limits");
        assertThatThrownBy(() -> Compared.of("long count; long limit;", "long limit; long count;", profile))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("limits")
                .hasMessageContaining("limit");
    }

    @Test
    void where_types_alone_tell_and_some_neighbours_came_and_others_left_it_cannot_tell() {
        Comparison comparison = Compared.of(
                "long cold __attribute__((aligned(64))); atomic_t refcnt __attribute__((aligned(64))); long a; long b;",
                "long a __attribute__((aligned(64))); long b; atomic_t refcnt __attribute__((aligned(64))); long cold;");
        assertThat(comparison.verdict()).isEqualTo(Verdict.MIXED);
        assertThat(comparison.reason())
                .startsWith("cannot tell without a profile: ")
                .contains("cold", "beside refcnt");
    }

    @Test
    void another_neighbour_in_the_place_of_one_that_left_is_told_and_is_no_praise() {
        Comparison comparison = Compared.of(
                "atomic_t refcnt __attribute__((aligned(64))); long gone; long b;",
                "atomic_t refcnt __attribute__((aligned(64))); long added; long b;");
        assertThat(comparison.verdict()).as(comparison.reason()).isEqualTo(Verdict.SAME);
        assertThat(comparison.reason()).contains("no difference known", "added beside refcnt", "gone beside refcnt");
    }

    @Test
    void members_that_one_side_does_not_tell_are_not_new() {
        Comparison comparison = Compared.COMPARER.compare(
                Subject.of(Compared.layout("""
                        struct foo {
                            struct elem slots[2]; /* 0 16 */
                            long a; /* 16 8 */
                            long b; /* 24 8 */
                            /* size: 32, cachelines: 1, members: 3 */
                        };
                        """)),
                Subject.of(Compared.foo("struct elem { atomic_t count; int rest; } slots[2]; long a; long b;")));
        assertThat(comparison.verdict()).as(comparison.reason()).isNotIn(Verdict.WORSE, Verdict.BETTER);
    }
}

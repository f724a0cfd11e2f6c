package dev.faultline.suggest.struct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.access.ProfileReader;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.input.InputException;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Machines;
import dev.faultline.machine.Placement;
import dev.faultline.source.Subject;
import dev.faultline.suggest.Candidate;
import dev.faultline.suggest.Constraints;
import dev.faultline.suggest.Contribution;
import dev.faultline.suggest.Move;
import dev.faultline.suggest.OpeningPolicy;
import dev.faultline.suggest.Suggestion;
import dev.faultline.suggest.packing.SearchEffort;
import dev.faultline.suggest.verify.LayoutVerifier;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Fixed members stay, and impossible constraints are rejected with one line. */
class ConstraintsTest {

    private static final Machine MACHINE = Machines.x86().withCpus(8, "test");

    /** A counter that all write beside a field that all read: they are better apart. */
    private static final String SHARED = """
            struct s {
                    void * head;
                    int count;
                    int limit;
                    long a;
                    long b;
                    long c[6];
                    int spare;
            };
            """;

    private static final String PROFILE = """
            profile: test
            structs:
              s:
                roles:
                  all: { cpus: all }
                operations:
                  - name: take
                    role: all
                    rate: 1e5
                    accesses:
                      - { field: count, kind: rmw }
                  - name: look
                    role: all
                    rate: 1e6
                    accesses:
                      - { field: limit, kind: read }
                      - { field: head, kind: read, gap: 5ns }
            """;

    @Test
    void a_counter_is_separated_from_read_fields_and_the_first_member_stays() {
        Suggestion suggestion = suggest(SHARED, Constraints.usual());

        assertThat(suggestion.todayIsOptimal()).isFalse();
        Candidate best = suggestion.candidates().get(0);
        assertThat(line(best, "count")).isNotEqualTo(line(best, "limit"));
        assertThat(offset(best, "head")).isZero();
        assertThat(best.figures().byteSize())
                .as("untouched members fill the line")
                .isEqualTo(88);
        assertThat(best.certificate().isProved()).isTrue();
        assertThat(best.gains().get(0).operation()).isEqualTo("look");
        assertThat(best.gains().get(0).cpusSaved()).isPositive();
        assertThat(best.contributions())
                .extracting(Contribution::fields, Contribution::apartFrom)
                .contains(org.assertj.core.groups.Tuple.tuple(List.of("limit"), List.of("count")));
        assertThat(best.moves()).extracting(Move::from).contains("count");
    }

    @Test
    void a_pinned_field_goes_where_it_was_pinned() {
        Constraints constraints = Constraints.usual().pinning("count", 68);

        Suggestion suggestion = suggest(SHARED, constraints);

        assertThat(suggestion.todayFits()).isFalse();
        assertThat(suggestion.candidates())
                .isNotEmpty()
                .allSatisfy(candidate -> assertThat(offset(candidate, "count")).isEqualTo(68));
    }

    @Test
    void fields_to_be_kept_together_stay_adjacent_even_where_that_costs() {
        Constraints constraints = Constraints.usual().keepingTogether(List.of("count", "limit"));

        assertThat(suggest(SHARED, constraints).candidates())
                .allSatisfy(
                        candidate -> assertThat(offset(candidate, "limit")).isEqualTo(offset(candidate, "count") + 4));
    }

    @Test
    void fields_far_apart_today_are_brought_together() {
        Constraints constraints = Constraints.usual().keepingTogether(List.of("limit", "b"));

        Suggestion suggestion = suggest(SHARED, constraints);

        assertThat(suggestion.todayFits()).isFalse();
        assertThat(suggestion.candidates())
                .isNotEmpty()
                .allSatisfy(candidate -> assertThat(offset(candidate, "b")).isEqualTo(offset(candidate, "limit") + 8));
    }

    @Test
    void a_size_bound_is_kept_and_one_that_no_order_can_keep_is_refused() {
        assertThat(suggest(SHARED, Constraints.usual().withMostBytes(88)).candidates())
                .isNotEmpty()
                .allSatisfy(
                        candidate -> assertThat(candidate.figures().byteSize()).isLessThanOrEqualTo(88));
        refuses(Constraints.usual().withMostBytes(80), "s: at most 80 bytes: its members alone take 88");
    }

    @Test
    void impossible_constraints_are_rejected_with_the_reason() {
        refuses(
                Constraints.usual().pinning("cuont", 0),
                "struct s: pin cuont=0: struct s has no field cuont (did you mean count?)");
        refuses(Constraints.usual().pinning("count", 6), "pin count=6: the offset of count must be a multiple of 4");
        refuses(
                Constraints.usual().pinning("a", 4).pinning("b", 8),
                "pin a=4: the offset of a must be a multiple of 8");
        refuses(
                Constraints.usual().pinning("a", 64).pinning("c", 24),
                "pin a=64: bytes [64, 72) overlap bytes [24, 72) of pin c=24");
        refuses(Constraints.usual().pinning("count", 0), "overlap bytes [0, ");
        refuses(Constraints.usual().pinning("head", 8), "contradicts the first member, which stays, at byte 0");
        refuses(
                Constraints.usual().pinning("a", 128).withMostBytes(100),
                "pin a=128: ends at byte 136, beyond the 100 bytes allowed");
        refuses(
                Constraints.usual().keepingTogether(List.of("count", "limt")),
                "together count, limt: struct s has no field limt (did you mean limit?)");
        assertThatThrownBy(() -> Constraints.usual().pinning("count", -4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pin count=-4: the offset is negative");
    }

    @Test
    void a_union_has_nothing_to_reorder() {
        StructLayout union =
                NotationReader.read("u.c", "union u { int a; long b; };").get(0);

        assertThatThrownBy(() -> suggester().suggest(Subject.of(union), Constraints.usual()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("u: all members of a union are at byte 0");
    }

    @Test
    void when_nothing_is_better_today_is_reported_as_optimal() {
        String apart = "struct s { void * head; int limit; long a; long b; long c[4]; int count; };";

        Suggestion suggestion = suggest(apart, Constraints.usual());

        assertThat(suggestion.todayIsOptimal()).isTrue();
        assertThat(suggestion.candidates())
                .as("8 bytes less is not worth a line shared")
                .isEmpty();
    }

    @Test
    void holes_of_a_struct_without_known_accesses_are_closed() {
        StructLayout layout = NotationReader.read("s.c", "struct s { char a; long b; char c; long d; };")
                .get(0);

        Suggestion suggestion = suggester().suggest(Subject.of(layout), Constraints.usual());

        assertThat(suggestion.candidates())
                .singleElement()
                .satisfies(
                        candidate -> assertThat(candidate.figures().byteSize()).isEqualTo(24));
    }

    @Test
    void an_object_that_may_start_anywhere_is_padded_or_needs_line_alignment() {
        Subject subject = subject(SHARED).withPlacement(new Placement(8, "malloc"));

        Suggestion suggestion = suggester().suggest(subject, Constraints.usual());

        assertThat(suggestion.candidates()).anySatisfy(candidate -> {
            assertThat(candidate.needsLineAlignment()).isFalse();
            assertThat(offset(candidate, "count") - offset(candidate, "limit")).isGreaterThanOrEqualTo(64);
        });
        assertThat(suggestion.candidates()).anyMatch(Candidate::needsLineAlignment);
        assertThat(suggester()
                        .suggest(subject, Constraints.usual().withMayAlign(false))
                        .candidates())
                .isNotEmpty()
                .noneMatch(Candidate::needsLineAlignment);
    }

    @Test
    void a_member_is_not_moved_into_an_opened_struct_with_a_member_of_its_name() {
        String clash = """
                struct inner { void * head; int count; long x; };
                struct s { struct inner in; long x; int limit; long c[6]; };
                """;
        String profile = PROFILE.replace("field: count", "field: in.count").replace("field: head", "field: in.head");

        Subject subject = subject(clash, profile);
        Suggestion suggestion = suggester().suggest(subject, Constraints.usual());

        for (Candidate candidate : suggestion.candidates()) {
            assertThat(LayoutVerifier.complaints(subject.layout(), candidate, Constraints.usual()))
                    .isEmpty();
            assertThat(candidate.layout().paths()).doesNotHaveDuplicates();
        }
    }

    @Test
    void the_order_within_a_group_is_free_only_on_request() {
        String grouped = """
                struct s {
                        void * head;
                        char __cacheline_group_begin__hot[0];
                        int count;
                        int limit;
                        long a[7];
                        long b;
                        char __cacheline_group_end__hot[0];
                };
                """;
        Constraints free = Constraints.usual().withInsideGroups(true);

        Candidate best = suggest(grouped, free).candidates().get(0);

        assertThat(line(best, "count")).isNotEqualTo(line(best, "limit"));
        assertThat(LayoutVerifier.complaints(subject(grouped).layout(), best, free))
                .isEmpty();
        assertThat(suggest(grouped, Constraints.usual()).candidates())
                .allSatisfy(candidate -> assertThat(offset(candidate, "limit") - offset(candidate, "count"))
                        .isEqualTo(4));
    }

    @Test
    void constraints_are_copied_and_checked() {
        assertThatThrownBy(() -> new Constraints(
                        Map.of(), true, List.of(), OptionalLong.of(0), OpeningPolicy.EITHER, false, true))
                .hasMessage("size limit of 0 bytes: a struct has at least 1");
    }

    private static void refuses(Constraints constraints, String words) {
        assertThatThrownBy(() -> suggest(SHARED, constraints))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(words);
    }

    private static long offset(Candidate candidate, String path) {
        return candidate.layout().fields().stream()
                .filter(field -> field.path().equals(path))
                .mapToLong(Slot.Field::byteOffset)
                .findFirst()
                .orElseThrow();
    }

    private static long line(Candidate candidate, String path) {
        return offset(candidate, path) / 64;
    }

    private static Suggester suggester() {
        return new Suggester(new Analyzer(MACHINE, Catalog.RULES), new SearchEffort(100_000));
    }

    private static Suggestion suggest(String struct, Constraints constraints) {
        return suggester().suggest(subject(struct), constraints);
    }

    private static Subject subject(String struct) {
        return subject(struct, PROFILE);
    }

    private static Subject subject(String struct, String profile) {
        List<StructLayout> layouts = NotationReader.read("s.c", struct);
        return Subject.of(layouts.get(layouts.size() - 1))
                .withPlacement(new Placement(64, "test"))
                .withProfile(ProfileReader.read("p.yaml", profile).forStruct("s"));
    }
}

package dev.faultline.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.input.InputException;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ElementPathTest {

    private static final List<StructLayout> LAYOUTS = NotationReader.read("s.c", """
            struct stripe { int lock; long count; };
            struct s { int flag; struct stripe stripes[8]; long grid[4][2]; int one[1]; };
            """);
    private static final StructLayout STRUCT = LAYOUTS.get(LAYOUTS.size() - 1);

    private static ElementPath found(String path) {
        return ElementPath.find(STRUCT, path).orElseThrow();
    }

    @Test
    void whole_elements_belong_to_their_array() {
        for (String word : List.of("own", "any", "*")) {
            ElementPath path = found("stripes[" + word + "]");
            assertThat(path.field()).isEqualTo(STRUCT.resolve("stripes").orElseThrow());
            assertThat(path.elements().choice().word()).isEqualTo(word);
            assertThat(path.elements().count()).isEqualTo(8);
            assertThat(path.elements().strideBytes()).isEqualTo(16);
            assertThat(path.elements().byteSize()).isEqualTo(16);
        }
    }

    @Test
    void a_part_of_each_element_is_one_field_whoever_chooses_the_element() {
        ElementPath own = found("stripes[own].count");
        assertThat(own.field().path()).isEqualTo("stripes[*].count");
        assertThat(own.field().bytes()).isEqualTo(ByteRange.ofSize(16, 7 * 16 + 8));
        assertThat(own.elements().byteSize()).isEqualTo(8);
        assertThat(found("stripes[any].count").field()).isEqualTo(own.field());
        assertThat(found("stripes[*].count").field()).isEqualTo(own.field());
        assertThat(ElementPath.field(STRUCT, own.field().path())).contains(own.field());
    }

    @Test
    void an_atomic_update_of_an_array_is_of_one_element_picked_at_random() {
        for (AccessKind kind : List.of(AccessKind.RMW, AccessKind.CAS_LOOP)) {
            assertThat(ElementPath.find(STRUCT, "stripes", kind)).contains(found("stripes[any]"));
        }
        for (AccessKind kind : List.of(AccessKind.READ, AccessKind.WRITE)) {
            assertThat(ElementPath.find(STRUCT, "stripes", kind)).contains(found("stripes"));
        }
        assertThat(ElementPath.find(STRUCT, "grid[1]", AccessKind.RMW))
                .as("16 bytes, which one instruction can change")
                .contains(found("grid[1]"));
        assertThat(ElementPath.find(STRUCT, "stripes[own].lock", AccessKind.RMW))
                .contains(found("stripes[own].lock"));
    }

    @Test
    void numbers_and_rows_stay_what_they_were() {
        assertThat(found("stripes[3].count").field().bytes()).isEqualTo(ByteRange.ofSize(64, 8));
        assertThat(found("stripes[3].count").elements()).isEqualTo(Elements.WHOLE);
        assertThat(found("grid[own]").elements().strideBytes()).isEqualTo(16);
        assertThat(found("grid[own][1]").elements().byteSize()).isEqualTo(8);
        assertThat(found("grid[2][own]").elements().count()).isEqualTo(2);
        assertThat(found("flag").elements().isWhole()).isTrue();
    }

    @Test
    void what_is_not_there_is_explained() {
        explained(
                "stripes[onw]",
                "stripes[onw]: expected the number of an element, own, any or * in the brackets"
                        + " (did you mean own?)");
        explained("stripes[8].lock", "stripes[8]: the array has 8 elements, 0 to 7");
        explained("stripes[99999999999999999999]", "the array has 8 elements, 0 to 7");
        explained("flag[own]", "flag (int) is no array; all CPUs share it: write flag without element: and brackets");
        explained(
                "stripes.lock",
                "stripes.lock: stripes is an array of 8; write stripes[0].lock for one element, stripes[own].lock for"
                        + " each CPU's own, stripes[any].lock for one picked at random, or stripes[*].lock for all");
        explained("one[own]", "one[own]: an array of one element, which all CPUs share; write one[0]");
        explained("grid[own][any]", "one of [own], [any] and [*] may stand in a path, once");
        explained("stripe[own].lock", "struct s has no field stripe (did you mean stripes?)");
        explained("stripes[own].luck", "struct s has no field stripes[0].luck");
        explained("stripes[own", "a bracket is not closed");
        explained("stripes[]", "stripes[]: expected the number of an element");
        explained("nothing", "struct s has no field nothing");
    }

    private static void explained(String path, String words) {
        assertThat(ElementPath.find(STRUCT, path)).as(path).isEqualTo(Optional.empty());
        assertThat(ElementPath.problem(STRUCT, path)).contains(words);
    }

    @Test
    void a_path_needs_no_quotes_in_braces_and_errors_point_at_it() {
        StructProfile profile = profile("{ field: stripes[own].lock, kind: rmw }, { field: 'grid[*]', kind: read }");

        assertThat(profile.operations().get(0).accesses())
                .extracting(Access::field)
                .containsExactly("stripes[own].lock", "grid[*]");
        assertThatThrownBy(
                        () -> Resolution.resolve(STRUCT, profile("{ kind: rmw, field: stripes[owm].lock, gap: 1ns }")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 9, column 41: stripes[owm]: expected");
    }

    @Test
    void parts_of_very_many_elements_are_refused_with_the_limit() {
        List<StructLayout> layouts =
                NotationReader.read("s.c", "struct e { int a; int b; }; struct s { struct e stripes[100000]; };");
        StructLayout large = layouts.get(layouts.size() - 1);

        assertThat(Resolution.resolve(large, profile("{ field: stripes[*], kind: read }"))
                        .uses())
                .hasSize(1);
        assertThatThrownBy(() -> Resolution.resolve(large, profile("{ field: stripes[*].b, kind: read }")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("stripes[*].b: a part of each of 100000 elements; at most 4096");
    }

    @Test
    void the_old_word_for_own_elements_is_the_same_path() {
        assertThat(profile("{ field: stripes, kind: rmw, element: own }")
                        .operations()
                        .get(0)
                        .accesses())
                .isEqualTo(profile("{ field: stripes[own], kind: rmw }")
                        .operations()
                        .get(0)
                        .accesses());
    }

    @Test
    void brackets_in_quoted_text_stay_as_they_are() {
        Profile profile = ProfileReader.read("p.yaml", """
                profile: "one { field: a[own] }"
                structs:
                  s:
                    roles: {}
                    operations: []
                """);

        assertThat(profile.title()).isEqualTo("one { field: a[own] }");
    }

    private static StructProfile profile(String accesses) {
        return ProfileReader.read("p.yaml", """
                profile: test
                structs:
                  s:
                    roles: { r: { cpus: all } }
                    operations:
                      - name: op
                        role: r
                        rate: 1e6
                        accesses: [ %s ]
                """.formatted(accesses))
                .forStruct("s")
                .orElseThrow();
    }
}

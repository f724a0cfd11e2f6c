package dev.faultline.layout.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.input.InputException;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What memory layouts print about themselves is read back, or refused with its column. */
class MemoryLayoutReaderTest {

    private static StructLayout one(String text) {
        return MemoryLayoutReader.read("layouts.txt", text).get(0);
    }

    private static List<String> fields(StructLayout layout) {
        return layout.fields().stream()
                .map(field -> field.path() + " " + field.type().spelling() + " " + field.byteOffset() + " "
                        + field.byteSize())
                .toList();
    }

    @Test
    void values_padding_and_names_become_fields() {
        StructLayout ring = one("[j8(put)j8(take)i4(mask)x4](Ring)\n");

        assertThat(ring.name()).isEqualTo("Ring");
        assertThat(ring.byteSize()).isEqualTo(24);
        assertThat(ring.byteAlignment()).isEqualTo(8);
        assertThat(fields(ring)).containsExactly("put long 0 8", "take long 8 8", "mask int 16 4");
        assertThat(ring.slots().get(3)).isInstanceOf(Slot.Padding.class);
    }

    @Test
    void structs_unions_sequences_and_alignments_nest() {
        StructLayout layout = one("64%[[2:[i4(a)I4(b)](pair)](pairs)[j8(whole)|d8(real)](either)a8(at):[b1]1%j8(odd)]");

        assertThat(layout.name()).isEqualTo("MemoryLayout:1");
        assertThat(layout.byteAlignment()).isEqualTo(64);
        assertThat(fields(layout))
                .containsExactly(
                        "pairs struct[2] 0 16",
                        "either.whole long 16 8",
                        "either.real double 16 8",
                        "at address 24 8",
                        "odd long 32 8");
        assertThat(one("[i4(a)|j8(b)]").kind()).isEqualTo(AggregateKind.UNION);
        assertThat(one("[i4(a)|j8(b)]").byteSize()).isEqualTo(8);
    }

    @Test
    void names_may_have_parentheses_and_padding_may_be_a_sequence() {
        StructLayout layout = one("[j8(put())[7:x8](gap)j8((a)(b))](Ring (of longs))");

        assertThat(layout.name()).isEqualTo("Ring (of longs)");
        assertThat(fields(layout)).containsExactly("put() long 0 8", "(a)(b) long 64 8");
    }

    @Test
    void sizes_that_run_into_the_next_alignment_are_told_apart_by_where_that_is_aligned() {
        StructLayout layout = one("[j8x816%i4(a)x4464%j8(b)x2432%i4(c)](Joined)");

        assertThat(fields(layout)).containsExactly("unnamed0 long 0 8", "a int 16 4", "b long 64 8", "c int 96 4");
    }

    @Test
    void other_texts_are_left_to_other_readers() {
        assertThat(MemoryLayoutReader.read("t", "struct a { int b; };")).isEmpty();
        assertThat(MemoryLayoutReader.read("t", "[j8(put)]\nstruct a { int b; };"))
                .isEmpty();
        assertThat(MemoryLayoutReader.read("t", "")).isEmpty();
        assertThat(MemoryLayoutReader.read("t", "[j8(put)]\n\n[i4(x)]")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[j8(put|column 4: memory layout: expected a name that ends with )",
                "[j8|column 4: memory layout: expected a value such as j8, padding such as x4, or [, found the end",
                "[q8]|column 2: memory layout: expected a value such as j8",
                "[j7]|column 4: memory layout: expected a value of 1, 2, 4, 8 or 16 bytes",
                "[j8]]|column 5: memory layout: expected the end of the layout, found ']'",
                "[3:j8]|a sequence; expected a struct or union",
                "[x9999999999]|column 13: more than 4294967296 bytes",
                "[[9999999999:j8](a)]|the limit is 4294967296 bytes",
                "3%[j8]|column 1: memory layout: expected an alignment that is a power of two",
                "[j99999999999]|column 3: memory layout: expected a number of at most 10 digits",
            })
    void broken_layouts_are_refused_with_their_column(String both) {
        int bar = both.lastIndexOf('|');
        assertThatThrownBy(() -> one(both.substring(0, bar)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(both.substring(bar + 1));
    }

    @Test
    void deep_nesting_is_refused() {
        assertThatThrownBy(() -> one("[".repeat(5_000)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nested deeper than 32 levels");
    }
}

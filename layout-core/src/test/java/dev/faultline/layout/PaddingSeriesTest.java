package dev.faultline.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.layout.notation.NotationReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Padding by names and shape, where no code is known. */
class PaddingSeriesTest {

    private static List<String> padding(String members) {
        return NotationReader.read("test", "struct foo { " + members + " };").get(0).fields().stream()
                .filter(Slot.Field::isPadding)
                .map(Slot.Field::path)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "long head; long p1, p2, p3, p4, p5, p6, p7; long tail;",
                "long head; long p1a, p2a, p3a, p4a, p5a, p6a, p7a; long tail;",
                "int head; char b000, b001, b002, b003, b004, b005, b006; int tail;",
                "atomic_t head; int a0, a1, a2, a3, a4, a5, a6; int tail;",
            })
    void a_series_beside_a_value_is_padding(String members) {
        assertThat(padding(members)).hasSize(7).doesNotContain("head", "tail");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "long a0, a1, a2, a3, a4, a5, a6, a7; long status;",
                "long p1, p2, p3, p4, p5, p6, p7;",
                "long head; long p1, p2, p3, p4, p5, p6; long tail;",
                "atomic_t head; int red, green, blue, cyan, pink, black, white;",
                "long head; void *p1, *p2, *p3, *p4, *p5, *p6, *p7; long tail;",
            })
    void registers_and_values_are_none(String members) {
        assertThat(padding(members)).isEmpty();
    }

    @Test
    void an_array_named_so_is_padding() {
        assertThat(padding("long head; char pad[56]; long tail; char pad_2_3[56];"))
                .containsExactly("pad", "pad_2_3");
    }

    @Test
    void a_blank_field_of_go_is_padding() {
        assertThat(padding("long head; char _[56]; long tail; int _a;")).containsExactly("_");
    }
}

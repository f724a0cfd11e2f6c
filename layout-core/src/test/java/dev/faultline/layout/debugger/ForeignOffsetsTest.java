package dev.faultline.layout.debugger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.input.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Offsets in forms that are not read: such structs are named, and never laid out by the rules of C. */
class ForeignOffsetsTest {

    private static final String REASON = "offsets in a form that is not read; expected `/* offset size */` behind each"
            + " member as pahole prints it, or the output of gdb's `ptype /o`";

    @Test
    void offsets_in_front_behind_and_of_windbg_are_refused() {
        assertThat(Facts.of("""
                        struct front {
                          /* 0x000 */ int a;
                          /* 0x040 */ int b;
                        };
                        struct behind {
                          int a; // offset 0, size 4
                          int b; // offset 64, size 4
                        };
                        struct hex {
                          int a; /* 0x00 */
                          long b; /* 0x40 */
                        };
                        0:000> dt ntdll!_LIST_ENTRY
                           +0x000 Flink            : Ptr64 _LIST_ENTRY
                           +0x008 Blink            : Ptr64 _LIST_ENTRY
                        struct plain {
                          int a; // the first
                          int b; /* 2 of them */
                        };
                        """))
                .contains("struct plain: 8", "  0 4 int a", "  4 4 int b")
                .endsWith(
                        "skipped text: line 2, column 1: " + REASON,
                        "skipped text: line 6, column 1: " + REASON,
                        "skipped text: line 10, column 1: " + REASON,
                        "skipped text: line 14, column 1: " + REASON);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {"// @0 ! // @64", "/* +0 */ ! /* +64 */", "// 0 4 ! // 64 4"})
    void offsets_without_words_are_refused_too(String first, String second) {
        assertThatThrownBy(() -> Facts.of("struct short {\n  int a; " + first + "\n  int b; " + second + "\n};\n"))
                .isInstanceOf(InputException.class)
                .hasMessage("text: line 2, column 1: " + REASON);
    }
}

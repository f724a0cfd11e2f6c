package dev.faultline.layout.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.input.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts of other tools are named with what to give instead. */
class UnreadDialectTest {

    private static final UnreadDialect UNREAD = new UnreadDialect();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '!',
            value = {
                "class Ring\tsize(16):|the layout report of Microsoft's compiler, which prints no types of members",
                "[12] STRUCT 'ring' size=16 vlen=2|bpftool's list of BTF types",
                " <1><2d>: Abbrev Number: 2 (DW_TAG_structure_type)|a dump of debug information (DWARF)",
                "0x0000002a:   DW_TAG_member|a dump of debug information (DWARF)",
                "<abi-corpus version='2.1' path='a.o'>|libabigail's description of an interface",
                "ring_buffer\t128\t1|pahole's table of sizes, which has no members",
                "0000000000001139 000000000000000b T main|a table of symbols, which has no members",
                "   text    data     bss     dec     hex filename|a table of sections, which has no types"
            })
    void a_text_without_layouts_is_named_with_a_way_out(String line, String words) {
        assertThatThrownBy(() -> UNREAD.read("text", "$ tool FILE\n" + line + "\n"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("text: line 2: this is " + words + "; ");
    }

    @Test
    void declarations_beside_such_a_text_are_left_to_their_reader() {
        assertThat(UNREAD.read("text", "ring\t128\t1\nstruct ring { int a; };\n"))
                .isEmpty();
        assertThat(UNREAD.read("text", "nothing of note\n")).isEmpty();
    }
}

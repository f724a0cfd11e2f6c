package dev.faultline.layout.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.faultline.input.InputException;
import dev.faultline.layout.StructLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The text and the JSON of structlayout are read alike. */
class GoLayoutDialectTest {

    private static final GoLayoutDialect GO = new GoLayoutDialect();

    private static final String STREAM = """
            Stream.open bool: 0-1 (size 1, align 1)
            padding: 1-8 (size 7, align 0)
            Stream.pos.line int64: 8-16 (size 8, align 8)
            Stream.pos.column uint16: 16-18 (size 2, align 2)
            Stream.names [2]string: 24-56 (size 32, align 8)
            Stream.last map[string]interface{}: 56-64 (size 8, align 8)
            Stream._ [3]uint8: 64-67 (size 3, align 1)
            padding: 67-72 (size 5, align 0)
            """;

    private static List<String> slots(String text, String name) {
        return ReadText.slots(ReadText.one(GO, text, name));
    }

    @Test
    void rows_are_fields_and_paths_are_embedded_structs_whose_tail_is_not_printed() {
        StructLayout stream = ReadText.one(GO, STREAM, "Stream");

        assertThat(stream.byteSize()).isEqualTo(72);
        assertThat(stream.byteAlignment()).isEqualTo(8);
        assertThat(ReadText.slots(stream))
                .containsExactly(
                        "bool open 0+1",
                        "hole 1+7",
                        "int64 pos.line 8+8",
                        "uint16 pos.column 16+2",
                        "padding 18+6",
                        "string[2] names 24+32",
                        "map[string]interface{} last 56+8",
                        "uint8[3] _ 64+3",
                        "padding 67+5");
    }

    @Test
    void structs_follow_each_other() {
        String text = STREAM + "$ structlayout net Conn\nConn.fd int32: 0-4 (size 4, align 4)\n" + STREAM;

        assertThat(ReadText.all(GO, text).layouts())
                .extracting(StructLayout::name, StructLayout::byteSize)
                .containsExactly(tuple("Stream", 72L), tuple("Conn", 4L), tuple("Stream", 72L));
    }

    @Test
    void json_says_the_same() {
        String json = """
                $ structlayout -json io Stream
                [{"name":"Stream.open","type":"bool","start":0,"end":1,"size":1,"align":1,"is_padding":false},
                 {"name":"","type":"","start":1,"end":8,"size":7,"align":0,"is_padding":true},
                 {"name":"Stream.send","type":"chan\\u003c- int","start":8,"end":16,"size":8,"align":8,"is_padding":false}]
                [{"name":"Flag.x","type":"uint8","start":0,"end":1,"size":1,"align":1,"is_padding":false}]
                """;

        assertThat(slots(json, "Stream")).containsExactly("bool open 0+1", "hole 1+7", "chan<- int send 8+8");
        assertThat(slots(json, "Flag")).containsExactly("uint8 x 0+1");
        assertThat(ReadText.one(GO, json, "Flag").provenance().describe()).isEqualTo("text:5, printed by structlayout");
    }

    @Test
    void bytes_without_a_row_are_not_called_free() {
        String text = STREAM.replace("Stream.last map[string]interface{}: 56-64 (size 8, align 8)\n", "");

        assertThat(slots(text, "Stream")).contains("not shown 56+8").doesNotContain("hole 56+8");
    }

    @Test
    void rows_that_contradict_themselves_are_refused_with_their_line() {
        assertThatThrownBy(() -> GO.read("text", STREAM.replace("8-16 (size 8", "8-17 (size 8")))
                .isInstanceOf(InputException.class)
                .hasMessage("text: line 3: expected a field from its first byte to the one behind its last, found 8 to"
                        + " 17 of size 8");
        assertThatThrownBy(() -> GO.read("text", "Stream.a int: 0-8 (size 8, align 3)\n"))
                .isInstanceOf(InputException.class)
                .hasMessage("text: line 1: an alignment of 3 is no power of two");
        assertThatThrownBy(() -> GO.read("text", "[{\"name\":\"A.b\",\"is_padding\":false}]"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("`type` is missing");
    }

    @Test
    void a_drawing_is_refused_with_what_to_give() {
        String text = """
                    +--------+
                  0 |        | <- Stream.open bool (size 1, align 1)
                    +--------+
                """;

        assertThatThrownBy(() -> GO.read("text", text))
                .isInstanceOf(InputException.class)
                .hasMessage("text: a drawing of structlayout-pretty; give what structlayout or structlayout -json"
                        + " prints");
        assertThat(GO.read("text", "struct a { int b; }; // size 4, align 4")).isEmpty();
    }
}

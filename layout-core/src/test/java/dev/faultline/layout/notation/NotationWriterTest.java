package dev.faultline.layout.notation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.StructLayout;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The places of comments about holes. */
class NotationWriterTest {

    @ParameterizedTest
    @ValueSource(strings = {"""
            struct after {
                    u8                         whole:8;              /*     0: 0  1 */
                    u8                         one:1;                /*     1: 0  1 */
                    u8                         more:4;               /*     1: 1  1 */

                    /* XXX 3 bits hole, try to pack */

                    u16                        next;                 /*     2     2 */
            """, """
            struct before {
                    u8                         one:2;                /*     0: 0  1 */

                    /* XXX 3 bits hole, try to pack */

                    u8                         more:3;               /*     0: 5  1 */
                    u8                         next;                 /*     1     1 */
            """})
    void a_hole_of_bits_stands_where_its_bits_are(String members) throws IOException {
        int size = members.contains("after") ? 4 : 2;
        String text = members + "\n        /* size: " + size + ", cachelines: 1, members: 4 */\n};\n";
        StringBuilder written = new StringBuilder();

        NotationWriter.write(NotationReader.read("test", text).get(0), NotationStyle.plain(64), written);

        assertThat(written.toString()).startsWith(members);
    }

    @Test
    void dimensions_of_an_array_of_function_pointers_stand_by_its_name() throws IOException {
        StructLayout layout = NotationReader.read("test", "struct ops { int (*run[2][3])(void); int (*rows)[4]; };")
                .get(0);
        StringBuilder written = new StringBuilder();

        NotationWriter.write(layout, NotationStyle.plain(64), written);

        assertThat(written).contains("(*run[2][3])(void);").contains("(*rows)[4];");
        assertThat(NotationReader.read("written", written.toString()).get(0).members())
                .isEqualTo(layout.members());
    }

    @Test
    void padding_of_a_class_is_one_comment_and_its_bytes_are_a_hole_when_read_again() throws IOException {
        StructLayout layout = ofJava(NotationReader.read("test", """
                class padded {
                        long                       p1;                   /*     0     8 */
                        long                       p2;                   /*     8     8 */
                        long                       at;                   /*    16     8 */

                        /* size: 24, cachelines: 1, members: 3 */
                };
                """).get(0)).withPadding(Set.of("p1", "p2"));
        StringBuilder written = new StringBuilder();

        NotationWriter.write(layout, new NotationStyle(64, path -> false, path -> List.of(), true), written);

        assertThat(written).contains("/* 16 bytes of padding, p1 to p2: byte 0 to 15 */");
        StructLayout again = NotationReader.read("written", written.toString()).get(0);
        assertThat(again.byteSize()).isEqualTo(24);
        assertThat(again.resolve("at").orElseThrow().bytes().start()).isEqualTo(16);
    }

    private static StructLayout ofJava(StructLayout layout) {
        return StructLayout.of(
                layout.name(),
                AggregateKind.CLASS,
                layout.byteSize(),
                layout.byteAlignment(),
                layout.members(),
                layout.provenance());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void only_who_can_move_fields_is_told_to_pack(boolean isOfJava) throws IOException {
        StructLayout read = NotationReader.read("test", """
                class mixed {
                        int                        a;                    /*     0     4 */
                        long                       b;                    /*     8     8 */

                        /* size: 16, cachelines: 1, members: 2 */
                };
                """).get(0);
        StructLayout layout = isOfJava ? ofJava(read) : read;
        StringBuilder written = new StringBuilder();

        NotationWriter.write(layout, NotationStyle.plain(64), written);

        assertThat(written).contains(isOfJava ? "/* XXX 4 bytes hole */" : "/* XXX 4 bytes hole, try to pack */");
        assertThat(NotationReader.read("written", written.toString()).get(0).slots())
                .isEqualTo(layout.slots());
    }

    @Test
    void what_keeps_bytes_free_is_named_and_no_hole() throws IOException {
        StructLayout layout = NotationReader.read("test", """
                class apart {
                        long                       a;                    /*     0     8 */
                        long                       b;                    /*   136     8 */

                        /* size: 272, cachelines: 5, members: 2 */
                };
                """)
                .get(0)
                .withReserved(List.of(ByteRange.ofSize(8, 128), ByteRange.ofSize(144, 128)), "@Contended");
        StringBuilder written = new StringBuilder();

        NotationWriter.write(layout, NotationStyle.plain(64), written);

        assertThat(written.toString().split("128 bytes of @Contended padding", -1))
                .hasSize(3);
        assertThat(written).doesNotContain("hole").doesNotContain("pack");
        assertThat(layout.unusedBytes()).isZero();
        assertThat(layout.paddingBytes()).isEqualTo(256);
    }
}

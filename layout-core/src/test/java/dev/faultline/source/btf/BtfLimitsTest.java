package dev.faultline.source.btf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.testing.Bounded;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile BTF: names that are not UTF-8, and types that are nested or shared endlessly. */
class BtfLimitsTest {

    private static BtfSource source(BtfBuilder b) {
        return BtfSource.of("t.btf", ByteBuffer.wrap(b.build()), Optional.empty());
    }

    private static void name(BtfBuilder b, byte[] name) {
        int number = b.number("int", 4);
        b.type(b.string(name), BtfKind.STRUCT, 1, false, 4, b.string("x"), number, 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "\u00ff",
                "a\u00c3",
                "\u00ed\u00a0\u0080",
                "\u00c0\u0080x",
                "a\r\nb",
                "\u0085",
                "\u001b[31m",
                "struct x",
                "union  x",
                " x ",
                "struct ",
                "x@1",
                "\u00e2\u0080\u00ae"
            })
    void every_struct_is_found_by_the_name_it_is_listed_under(String latin) {
        BtfBuilder b = new BtfBuilder();
        name(b, latin.getBytes(StandardCharsets.ISO_8859_1));
        name(b, (latin + "y").getBytes(StandardCharsets.ISO_8859_1));
        BtfSource source = source(b);
        assertThat(source.entries()).hasSize(2);
        for (LayoutSource.Entry entry : source.entries()) {
            assertThat(source.find(entry.name())).as("%s", entry.name()).isInstanceOf(Lookup.Found.class);
            assertThat(source.find(entry.spelling())).as("%s", entry.spelling()).isInstanceOf(Lookup.Found.class);
        }
    }

    @Test
    void a_name_that_is_cut_in_the_list_is_found_as_cut() {
        BtfBuilder b = new BtfBuilder();
        name(b, "n".repeat(10_000).getBytes(StandardCharsets.ISO_8859_1));
        BtfSource source = source(b);
        assertThat(source.find(source.entries().get(0).name())).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void structs_whose_names_decode_to_the_same_are_all_found() {
        BtfBuilder b = new BtfBuilder();
        name(b, new byte[] {'x', (byte) 0xff});
        name(b, new byte[] {'x', (byte) 0xfe});
        name(b, "x\ufffd".getBytes(StandardCharsets.UTF_8));
        assertThat(((Lookup.Found) source(b).find("x\ufffd")).subjects()).hasSize(3);
    }

    @Test
    void a_name_with_control_characters_is_found_by_what_a_list_shows_of_it() {
        BtfBuilder b = new BtfBuilder();
        name(b, "\u001b[31mred".getBytes(StandardCharsets.UTF_8));
        name(b, "plain".getBytes(StandardCharsets.UTF_8));
        assertThat(((Lookup.Found) source(b).findAsShown("\\u001b[31mred")).subjects())
                .hasSize(1);
        assertThat(((Lookup.Found) source(b).findAsShown("\u001b[31mred")).subjects())
                .hasSize(1);
        assertThat(((Lookup.Found) source(b).findAsShown("plain")).subjects()).hasSize(1);
        assertThat(source(b).findAsShown("\\u001b[31mblue")).isInstanceOf(Lookup.Missing.class);
    }

    @Test
    void the_reason_of_a_missing_struct_is_one_line_without_control_characters() {
        BtfBuilder b = new BtfBuilder();
        name(b, "ab\r\ncd\u0085e\u001b".getBytes(StandardCharsets.UTF_8));
        String reason = ((Lookup.Missing) source(b).find("ab\r\ncd\u0085e")).reason();
        assertThat(reason)
                .isEqualTo(
                        "t.btf has no struct or union ab\\u000d\\u000acd\\u0085e (did you mean ab\\u000d\\u000acd\\u0085e\\u001b?)");
    }

    @Test
    void one_name_outside_of_the_strings_does_not_hide_the_other_structs() {
        BtfBuilder b = new BtfBuilder();
        b.type(1 << 20, BtfKind.STRUCT, 0, false, 0);
        name(b, new byte[] {'a'});
        BtfSource source = source(b);
        assertThat(source.entries()).hasSize(1);
        assertThat(source.all()).hasSize(1);
        assertThat(source.find("a")).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void structs_that_share_one_long_name_are_refused_when_there_are_too_many() {
        BtfBuilder b = new BtfBuilder();
        int name = b.string("n".repeat(5_000));
        for (int i = 0; i < 20_000; i++) {
            b.type(name, BtfKind.STRUCT, 0, false, 0);
        }
        BtfSource source = source(b);
        assertThat(Bounded.refusal(source::entries))
                .isEqualTo("t.btf: more than 67108864 characters in the names of structs");
    }

    @Test
    void long_names_in_structs_nested_deep_are_refused() {
        BtfBuilder b = new BtfBuilder();
        int name = b.string("n".repeat(5_000));
        int number = b.number("char", 1);
        int[] members = new int[3 * 1000];
        for (int i = 0; i < 1000; i++) {
            members[3 * i] = name;
            members[3 * i + 1] = number;
            members[3 * i + 2] = 8 * i;
        }
        int inner = b.struct("s0", 1000, false, members);
        for (int i = 1; i < 60; i++) {
            inner = b.struct("s" + i, 1000, false, name, inner, 0);
        }
        BtfSource source = source(b);
        assertThat(Bounded.refusal(() -> source.find("s59"))).contains("characters in the paths of its fields");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void structs_nested_to_multiply_are_refused_whatever_their_size(int count) {
        BtfBuilder b = new BtfBuilder();
        int inner = b.struct("s0", count == 0 ? 0 : 1, false);
        for (int i = 1; i < 60; i++) {
            int element = b.array(inner, count, inner);
            inner = b.struct("s" + i, 0, false, b.string("x"), element, 0, b.string("y"), element, 0);
        }
        BtfSource source = source(b);
        assertThat(Bounded.read(source::all)).hasSize(count == 0 ? 20 : 1);
        assertThat(Bounded.refusal(() -> source.find("s30")))
                .contains(count == 0 ? "more than 1048576 members" : "outside the size of 0 bytes");
    }

    @Test
    void a_chain_of_structs_laid_out_one_by_one_is_bounded_in_depth() {
        BtfBuilder b = new BtfBuilder();
        int inner = b.number("int", 4);
        for (int i = 0; i < 20_000; i++) {
            inner = b.struct("s" + i, 4, false, b.string("x"), inner, 0);
        }
        assertThat(Bounded.read(source(b)::all)).hasSize(65);
    }

    @Test
    void a_chain_of_arrays_laid_out_one_by_one_is_bounded_in_depth() {
        BtfBuilder b = new BtfBuilder();
        int inner = b.number("int", 4);
        int index = inner;
        for (int i = 0; i < 20_000; i++) {
            inner = b.array(inner, 1, index);
            b.struct("s" + i, 4, false, b.string("x"), inner, 0);
        }
        assertThat(Bounded.read(source(b)::all)).hasSize(64);
    }

    @Test
    void one_large_struct_embedded_by_many_is_refused() {
        BtfBuilder b = new BtfBuilder();
        int number = b.number("char", 1);
        int[] members = new int[3 * 60_000];
        int name = b.string("c");
        for (int i = 0; i < 60_000; i++) {
            members[3 * i] = name;
            members[3 * i + 1] = number;
            members[3 * i + 2] = 8 * i;
        }
        int large = b.struct("large", 60_000, false, members);
        for (int i = 0; i < 1_000; i++) {
            b.struct("m" + i, 60_000, false, name, large, 0);
        }
        BtfSource source = source(b);
        assertThat(org.junit.jupiter.api.Assertions.assertThrows(
                        dev.faultline.input.InputException.class, () -> Bounded.read(20, source::all)))
                .hasMessageContaining("more than 2097152 fields in total");
    }

    /** Structs of one name around an anonymous one of many members; its last has a type or, for 0, none. */
    private static BtfSource embedding(int structs, int members, int lastType) {
        BtfBuilder b = new BtfBuilder();
        int number = b.number("int", 4);
        int name = b.string("a");
        int[] words = new int[3 * members];
        for (int i = 0; i < members; i++) {
            words[3 * i] = b.string("m" + i);
            words[3 * i + 1] = i + 1 < members ? number : lastType;
            words[3 * i + 2] = 32 * i;
        }
        int large = b.struct("", 4 * members, false, words);
        for (int i = 0; i < structs; i++) {
            b.struct("s", 4 * members, false, name, large, 0);
        }
        return source(b);
    }

    @Test
    void a_broken_anonymous_struct_embedded_by_many_is_tried_once() {
        BtfSource source = embedding(60_000, 65_535, 0);
        assertThat(Bounded.read(source::all)).isEmpty();
    }

    @Test
    void structs_of_one_name_are_found_up_to_a_number_and_a_size() {
        assertThat(Bounded.refusal(() -> embedding(1_001, 1, 1).find("s")))
                .isEqualTo("t.btf: 1001 structs and unions are called s; the limit is 1000");
        assertThat(Bounded.read(() -> embedding(1_000, 1, 1).find("s"))).isInstanceOf(Lookup.Found.class);
        BtfSource large = embedding(500, 65_000, 1);
        assertThat(org.junit.jupiter.api.Assertions.assertThrows(
                        dev.faultline.input.InputException.class, () -> Bounded.read(20, () -> large.find("struct s"))))
                .hasMessageContaining("more than 2097152 fields in the 500 structs and unions called s");
    }

    @Test
    void structs_without_bytes_that_multiply_are_refused_as_a_whole() {
        BtfBuilder b = new BtfBuilder();
        int inner = b.struct("", 0, false);
        int name = b.string("a");
        int other = b.string("b");
        for (int i = 0; i < 18; i++) {
            inner = b.struct("", 0, false, name, inner, 0, other, inner, 0);
        }
        for (int i = 0; i < 1_000; i++) {
            b.struct("s" + i, 0, false, name, inner, 0);
        }
        BtfSource source = source(b);
        assertThat(Bounded.refusal(source::all)).contains("more than 4194304 members in total");
        assertThat(Bounded.refusal(() -> source.find("s999"))).contains("more than 4194304 members in total");
    }
}

package dev.faultline.layout.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.faultline.input.InputException;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.testing.Bounded;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile sources: with any text around or in the struct, a diff is made or refused in time. */
@Tag("slow")
class SourcePatchLimitsTest {

    private static final int MANY = 200_000;
    private static final StructLayout BEFORE =
            NotationReader.read("t", "struct a { int x; int y; };").get(0);

    private static StructLayout turned(StructLayout layout) {
        List<Member> members = new ArrayList<>();
        long offset = 0;
        List<Member> backwards = new ArrayList<>(layout.members());
        Collections.reverse(backwards);
        for (Member member : backwards) {
            members.add(Member.of(member.name(), member.type(), offset));
            offset += member.type().byteSize();
        }
        return StructLayout.of(
                layout.name(), layout.kind(), layout.byteSize(), layout.byteAlignment(), members, layout.provenance());
    }

    /** {@return the diff, or the error message} */
    private static String patch(String text) {
        try {
            return Bounded.read(() -> SourcePatch.of("f.h", text, BEFORE, turned(BEFORE)))
                    .text();
        } catch (InputException refused) {
            assertThat(refused.getMessage()).startsWith("f.h: ").hasLineCount(1);
            return refused.getMessage();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "struct ",
                "struct __packed ",
                "struct __attribute__((",
                "struct __attribute__((x)) ",
                "typedef struct ",
                "typedef struct {",
                "typedef struct {} x ",
                "typedef struct {} __attribute__((x)) ",
                "__attribute__((x)) ",
                "} __attribute__((x)) ",
                "(",
                "{",
                "[",
                "}",
                " ",
                "\t",
                "\n",
                "#define x\n",
                "#define x \\\n",
                "#define /* x */ ",
                "/* x */",
                "// x\n",
                "'",
                "\"\\",
                "x",
                "*",
                ","
            })
    void anything_two_hundred_thousand_times_before_the_struct_ends(String part) {
        String many = part.repeat(MANY);
        String struct = "struct a {\n\tint x;\n\tint y;\n};\n";
        assertThat(patch(many + "\n" + struct)).isNotEmpty();
        assertThat(patch(many + " x; }\n" + struct)).isNotEmpty();
        assertThat(patch(struct + many)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(*",
                "(* ",
                "( ",
                "const ",
                "[",
                "[1]",
                ":",
                "__aligned ",
                "__aligned(",
                "__attribute__((x)) ",
                "__attribute__((",
                "{",
                "struct {",
                "*",
                "* ",
                "x ",
                "x,",
                "aligned(",
                "aligned ",
                "#define x\n",
                "#if x\n",
                "#if x\n#endif\n",
                "/* x */",
                "/* x */\n",
                " ",
                "\n",
                ";",
                "int z;",
                "int z;\n"
            })
    void anything_a_hundred_thousand_times_in_the_struct_ends(String part) {
        String many = part.repeat(MANY / 2);
        assertThat(patch("struct a {\n\tint x;\n\tint " + many + " y;\n};\n")).isNotEmpty();
        assertThat(patch("struct a {\n\tint x;\n" + many + "\n\tint y;\n};\n")).isNotEmpty();
        assertThat(patch("struct a {\n\tint x;\n\tint y" + many + ";\n};\n")).isNotEmpty();
        assertThat(patch("struct a {\n\tint x;\n\tint (*" + many + " y);\n};\n"))
                .isNotEmpty();
    }

    @Test
    void directives_below_very_many_blank_lines_end() {
        String many = "\n".repeat(MANY) + "#define A\n".repeat(MANY / 4);
        assertThat(patch("struct a {\n" + many + "\tint x;\n\tint y;\n};\n")).isNotEmpty();
        assertThat(patch("struct a {\n\tint x;\n" + many + "\tint y;\n};\n")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"10000000, 10000000", "18446744073709551616, 576460752303423487"})
    void an_alignment_is_not_cut_to_six_digits(String asked, String read) {
        String text = "struct a {\n\tint x;\n\tint y __attribute__((aligned(" + asked + ")));\n};\n";
        assertThat(patch(text)).doesNotContain("alignment 100000,");
        SourceText source = new SourceText(text);
        SourceText.StructRange declared = source.declarations("a").get(0);
        assertThat(SourceBody.of("f.h", source, declared, BEFORE).pieces.get(1).aligned("y", 64))
                .isEqualTo(Long.parseLong(read));
    }

    @Test
    void declarations_are_found_by_tag_and_by_typedef() {
        SourceText source = new SourceText("""
                struct __packed a { int x; };
                struct __attribute__((packed)) __attribute__((aligned(8))) b { int x; };
                typedef struct { int x; } c;
                typedef struct d { int x; } __attribute__((packed)) e;
                struct f { int x; } g;
                typedef union { struct h { int x; } y; } i;
                struct j;
                typedef struct { int x; } *k, l;
                """);
        assertThat(source.names()).containsExactlyInAnyOrder("a", "b", "c", "d", "e", "f", "h", "i");
        for (String name : source.names()) {
            assertThat(source.declarations(name)).as(name).hasSize(1);
        }
        assertThat(source.text.substring(source.declarations("c").get(0).start()))
                .startsWith("typedef struct {");
        assertThat(source.text.substring(source.declarations("d").get(0).start()))
                .startsWith("struct d {");
        assertThat(source.line(source.declarations("e").get(0).start())).isEqualTo(4);
    }

    @Test
    void a_struct_of_very_many_members_is_turned_in_time() {
        String members = IntStream.range(0, 20_000)
                .mapToObj(i -> "\tint member_" + i + ";\n")
                .collect(Collectors.joining());
        String text = "struct a {\n" + members + "};\n";
        StructLayout before = NotationReader.read("t", text).get(0);
        EmittedDeclaration diff = Bounded.read(20, () -> SourcePatch.of("f.h", text, before, turned(before)));
        assertThat(diff.text().lines().filter(line -> line.startsWith("+\tint")).count())
                .isGreaterThan(19_000);
    }

    @Test
    void a_type_of_very_many_words_is_declared_or_refused() {
        for (String part : List.of("const ", "volatile ", "_Atomic(", "(*", "[1]", "* ", "x ")) {
            FieldType type = new FieldType.Scalar("int " + part.repeat(MANY), 4, 4);
            StructLayout layout =
                    StructLayout.of("a", BEFORE.kind(), 4, 4, List.of(Member.of("x", type, 0)), BEFORE.provenance());
            assertThatNoException()
                    .isThrownBy(() -> Bounded.read(() -> CDeclaration.of(layout, java.util.Optional.empty())));
        }
    }
}

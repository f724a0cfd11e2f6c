package dev.faultline.layout.notation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.layout.FieldType;
import dev.faultline.layout.StructLayout;
import dev.faultline.testing.Bounded;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile notation is read or refused in time and with an ordinary stack, and no number is truncated. */
@Tag("slow")
class NotationLimitsTest {

    private static List<StructLayout> read(String text) {
        return Bounded.read(() -> NotationReader.read("text", text));
    }

    private static String refusal(String text) {
        return Bounded.refusal(() -> NotationReader.read("text", text));
    }

    // ---- every loop ends

    @Test
    void an_attribute_before_the_tag_of_a_member_is_read() {
        String inner = "struct b { int y; };\n";
        StructLayout a = read(inner + "struct a { struct __attribute__((packed)) b x; };")
                .get(1);
        assertThat(a.members().get(0).type().spelling()).isEqualTo("struct b");
        assertThat(refusal("struct a { struct __attribute__((packed)) b x; };"))
                .startsWith("text: line 1, column 45: unknown type `struct b`");
    }

    @Test
    void an_attribute_before_the_tag_of_a_declaration_is_read() {
        assertThat(read("struct __attribute__((packed)) b { char c; int y; };")
                        .get(0)
                        .byteSize())
                .isEqualTo(5);
        assertThat(read("struct a { struct __packed b { char c; int y; } x; };")
                        .get(0)
                        .byteSize())
                .isEqualTo(5);
        assertThat(read("A struct __attribute__ in prose. struct a { int x; };"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "struct a { struct __attribute__((packed)) ",
                "struct a { struct __attribute__((packed)) b",
                "struct a { struct __attribute__((packed)) b : c, d",
                "struct a { struct b : public c ",
                "struct a { class",
                "struct a { struct",
                "struct a { struct {",
                "struct a { union { int x; } ",
                "struct a { union { int x; }",
                "struct a { int x",
                "struct a { int x[",
                "struct a { int x[3",
                "struct a { int x :",
                "struct a { int x,",
                "struct a { int (",
                "struct a { int (*",
                "struct a { int (*x",
                "struct a { int (*x)",
                "struct a { int (*x)(",
                "struct a { int (*x[",
                "struct a { v<",
                "struct a { v<a, b",
                "struct a { _Atomic(",
                "struct a { _Atomic(int",
                "struct a { _Alignas(",
                "struct a { int x __attribute__",
                "struct a { int x __attribute__((",
                "struct a { enum",
                "struct a { enum {",
                "struct a { enum e { X, ",
                "struct a { int f(",
                "struct a { int f() {",
                "struct a { public:",
                "struct a { /* x",
                "struct a { int < ancestor",
                "struct a :",
                "struct a : b {",
                "struct __attribute__(",
                "typedef struct",
                "typedef struct {",
                "typedef struct { int x; }",
                "typedef int",
                "struct"
            })
    void a_text_that_ends_anywhere_is_refused(String text) {
        assertThat(refusal(text)).startsWith("text: ");
        assertThat(refusal(text + " /* c */ /* 0 4 */\n")).startsWith("text: ");
    }

    // ---- bounded in depth

    @ParameterizedTest
    @CsvSource({
        "'struct a { int x%s; };', [1], column 210: an array of more than 64 dimensions",
        "'struct a { int (*x%s)(void); };', [1], an array of more than 64 dimensions",
        "'struct a { int (*x)%s; };', [1], an array of more than 64 dimensions",
        "'struct a { %s x; };', 'const ', more than 64 words before a member",
        "'struct a { %s x; };', 'volatile ', more than 64 words before a member",
        "'struct a { int %s x; };', '* const ', a type longer than 16384 characters",
        "'struct a { int %s x; };', '*', a type longer than 16384 characters",
        "'struct a { int (%sx)(void); };', '*', a type longer than 16384 characters",
        "'struct a { int (*x)(%s); };', 'int, ', a type longer than 16384 characters",
        "'struct a { int (*x)%s; };', '(', 'expected `)`'",
        "'struct a { v%s x; };', '<int>', a type longer than 16384 characters",
        "'struct a { v%s x; };', '<', a type longer than 16384 characters",
        "'struct a { %s', 'struct { ', nested deeper than 64 levels",
        "'struct a { %s', 'union b { ', nested deeper than 64 levels",
        "'struct a { int x; } %s', '__attribute__((', an attribute without its closing parenthesis",
        "'struct a { int x; } __attribute__(%s', '(', an attribute without its closing parenthesis",
        "'struct a { enum %s', '{', found the end of the text",
        "'struct a { int x; %s', '/* 1 */', found the end of the text",
        "'struct a { int x; /* 0 4 */ %s', 'int y; /* 4 4 */ ', found the end of the text",
        "'struct a { int %s', 'x,', ''",
        "'struct a { int %s; };', 'x', a name longer than 4096 characters",
        "'struct %s { int x; };', '_', a name longer than 4096 characters",
        "'struct a { int x : %s', '9', expected a number up to 1048576",
        "'struct a { int x[%s]; };', '1u', expected a number up to 4294967295",
        "'struct a { int x[1%sx]; };', 'u', expected a number up to 4294967295",
        "'struct a { %s', 'public: ', found the end of the text",
    })
    void a_hundred_thousand_of_anything_end(String frame, String part, String expected) {
        assertThat(refusal(String.format(frame, part.repeat(100_000)))).contains(expected);
    }

    @Test
    void a_hundred_thousand_of_what_is_harmless_are_read() {
        String text = "struct a { int x; /* 0 4 */ " + "/* c */ ".repeat(100_000) + "/* size: 4 */ };";
        assertThat(read(text).get(0).byteSize()).isEqualTo(4);
        assertThat(read("struct a { int x; };" + ";".repeat(1_000_000))).hasSize(1);
        assertThat(read("struct a { int x; };" + "(".repeat(1_000_000))).hasSize(1);
    }

    @Test
    void structs_that_embed_each_other_in_a_long_chain_are_refused() {
        String chain = IntStream.range(0, 1000)
                .mapToObj(i -> "struct s" + i + " { struct s" + (i + 1) + " x; };")
                .collect(Collectors.joining("\n"));
        assertThat(refusal(chain + "struct s1000 { int x; };")).contains("deeper than");
        String backwards = IntStream.range(0, 1000)
                .mapToObj(i -> "struct s" + (i + 1) + " { struct s" + i + " x; };")
                .collect(Collectors.joining("\n"));
        assertThat(refusal("struct s0 { int x; };" + backwards)).contains("nested deeper than 64 levels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"struct s%d x, y", "struct s%d x[1], y[1]", "struct s%d x; struct { struct s%1$d y; }"})
    void structs_nested_to_multiply_are_refused(String members) {
        for (String leaf : List.of("int x;", "", "int x[0];")) {
            for (String kind : List.of("struct", "union")) {
                StringBuilder text = new StringBuilder("struct s0 { " + leaf + " };");
                for (int i = 1; i < 60; i++) {
                    String body = String.format(members, i - 1);
                    text.append(String.format("%s s%d { %s; };", "struct", i, body.replace("struct {", kind + " {")));
                }
                assertThat(refusal(text.toString())).containsAnyOf("more than", "at most");
            }
        }
    }

    @Test
    void one_large_struct_embedded_by_many_is_refused() {
        String large = IntStream.range(0, 60_000)
                .mapToObj(i -> "char c" + i + ";")
                .collect(Collectors.joining("", "struct large {", "};\n"));
        String many = IntStream.range(0, 1_000)
                .mapToObj(i -> "struct m" + i + " { struct large x; };")
                .collect(Collectors.joining("\n"));
        String refused = org.junit.jupiter.api.Assertions.assertThrows(
                        dev.faultline.input.InputException.class,
                        () -> Bounded.read(20, () -> NotationReader.read("text", large + many)))
                .getMessage();
        assertThat(refused).contains("line 35, column 1: more than 2097152 fields in one text");
    }

    // ---- linear

    @Test
    void thirty_thousand_structs_are_read() {
        String different = IntStream.range(0, 30_000)
                .mapToObj(i -> "struct s" + i + " { int x; };")
                .collect(Collectors.joining("\n"));
        assertThat(Bounded.read(20, () -> NotationReader.read("text", different)))
                .hasSize(30_000);
    }

    @Test
    void a_tag_declared_many_times_is_looked_up_by_size() {
        int many = 10_000;
        String declared = IntStream.rangeClosed(1, many)
                .mapToObj(i -> "struct s { char x[" + i + "]; /* 0 " + i + " */ /* size: " + i + " */ };\n")
                .collect(Collectors.joining());
        String embedding = IntStream.rangeClosed(1, many)
                .mapToObj(i -> "struct t" + i + " { struct s x; /* 0 " + i + " */ };\n")
                .collect(Collectors.joining());
        List<StructLayout> layouts = Bounded.read(20, () -> NotationReader.read("text", declared + embedding));
        assertThat(layouts.get(2 * many - 1).slots()).hasSize(1);
        assertThat(layouts.get(2 * many - 1).byteSize()).isEqualTo(many);
    }

    @Test
    void of_declarations_of_one_size_the_first_is_taken() {
        String text = "struct s { int a; };\nstruct s { int b; /* 0 4 */ /* size: 4 */ };\n"
                + "struct t { struct s x; /* 0 4 */ };";
        assertThat(read(text).get(2).paths()).contains("x.a");
        String other = "struct s { long a; };\nstruct s { int b; /* 0 4 */ /* size: 4 */ };\n"
                + "struct s { int c; };\nstruct t { struct s x; /* 0 4 */ };";
        assertThat(read(other).get(3).paths()).contains("x.b");
    }

    // ---- no number is cut

    @ParameterizedTest
    @CsvSource({
        "/* 0 4 */ /* size: 18446744073709551615 */, size, 18446744073709551615, 30",
        "/* 0 4 */ /* size: 18446744073709551620; cachelines: 1 */, size, 18446744073709551620, 30",
        "/* 0 4 */ /* size: 1000000000000000000 */, size, 1000000000000000000, 30",
        "/* 0 4 */ /* size: 999999999999999999 */, size, 999999999999999999, 30",
        "/* 0 4 */ /* size: 4294967297 */, size, 4294967297, 30",
        "/* 0 4 */ /* size: 0xffffffffffffffffff */, size, 0xffffffffffffffffff, 30",
        "/* 0 4 */ /* size: -4 */, size, -4, 30",
        "/* 0 18446744073709551620 */, size, 18446744073709551620, 20",
        "/* 18446744073709551616 4 */, offset, 18446744073709551616, 20",
        "/* 0x10000000000000000 4 */, offset, 0x10000000000000000, 20",
        "/* -8 4 */, offset, -8, 20",
        "/* 0 -4 */, size, -4, 20",
        "/* 0: 4294967296 4 */, bit, 4294967296, 20",
        "/* 0: -1 4 */, bit, -1, 20",
    })
    void a_stated_number_that_no_struct_has_is_refused(String comments, String what, String number, int column) {
        assertThat(refusal("struct r { int a;  " + comments + "\n};"))
                .startsWith("text: line 1, column " + column + ": expected a " + what + " from 0 to ")
                .endsWith("found " + number);
    }

    @ParameterizedTest
    @CsvSource({
        "x : 99999999999, 'expected a number up to 1048576, found `99999999999`'",
        "x : 18446744073709551617, 'expected a number up to 1048576, found `18446744073709551617`'",
        "x[18446744073709551617], 'expected a number up to 4294967295, found `18446744073709551617`'",
        "x[4294967296], 'expected a number up to 4294967295, found `4294967296`'",
        "x[-1], 'expected a number up to 4294967295, found -1'",
        "x[4294967295], the limit is 4294967296 bytes",
        "x[65536][65536][65536][65536], the limit is 4294967296 bytes",
        "x __attribute__((aligned(1073741824))), a power of two up to 268435456",
        "x __attribute__((aligned(18446744073709551616))), '`18446744073709551616` has an unknown effect'",
        "x __attribute__((aligned(8 * 3))), 'a power of two up to 268435456, found 24'",
        "x __attribute__((aligned(3))), a power of two",
    })
    void a_declared_number_that_does_not_fit_is_refused(String member, String expected) {
        assertThat(refusal("struct r { int " + member + "; };"))
                .startsWith("text: line 1, column ")
                .contains(expected);
    }

    @Test
    void dimensions_that_do_not_fit_the_stated_size_are_refused() {
        String member = "int x[4294967295][4294967295][4294967295]; /* 0 4 */";
        assertThat(refusal("struct r { " + member + " };"))
                .contains("line 1, column 16: x: more than 4294967296 elements in an array");
        assertThat(read("struct r { int x[4294967295][4294967295][0]; /* 0 0 */ };")
                        .get(0)
                        .byteSize())
                .isZero();
    }

    @Test
    void numbers_are_read_as_c_and_pahole_write_them() {
        StructLayout r =
                read("struct r { char a[0x10]; char b[010]; char c[0b11ul]; };").get(0);
        assertThat(r.members()).extracting(member -> member.type().byteSize()).containsExactly(16L, 8L, 3L);
        StructLayout hex = read("struct r { int a; /* 0x0 0x4 */ int b; /* 0X1C 4 */ /* size: 0x20 */ };")
                .get(0);
        assertThat(hex.byteSize()).isEqualTo(32);
        assertThat(hex.members().get(1).byteOffset()).isEqualTo(28);
        assertThat(read("struct r { char c; int a __attribute__((aligned(4), nonnull(3))); };")
                        .get(0)
                        .byteSize())
                .isEqualTo(8);
    }

    @Test
    void the_largest_struct_is_read() {
        StructLayout r = read("struct r { int a; /* 0 4 */ int z; /* 4294967292 4 */ /* size: 4294967296 */ };")
                .get(0);
        assertThat(r.byteSize()).isEqualTo(StructLayout.MOST_BYTES);
        assertThat(read("struct r { char a" + "[1]".repeat(FieldType.Array.MOST_DIMENSIONS) + "; };")
                        .get(0)
                        .byteSize())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "char x[0];"})
    void typedefs_that_multiply_members_without_bytes_are_refused(String leaf) {
        StringBuilder text = new StringBuilder("typedef struct { " + leaf + " } T0;\n");
        for (int i = 1; i < 19; i++) {
            text.append(String.format("typedef struct { T%d a; T%1$d b; } T%d;\n", i - 1, i));
        }
        for (int i = 0; i < 400; i++) {
            text.append(String.format("struct r%d { T18 z; int y; };\n", i));
        }
        assertThat(refusal(text.toString())).contains("more than 2097152 fields in one text");
    }

    @Test
    void a_typedef_used_many_times_is_laid_out_once() {
        String members =
                IntStream.range(0, 5_000).mapToObj(i -> "char x" + i + "[0];").collect(Collectors.joining());
        String uses = IntStream.range(0, 400).mapToObj(i -> "t u" + i + ";").collect(Collectors.joining());
        assertThat(refusal("typedef struct {" + members + "} t; struct r {" + uses + "int y; };"))
                .contains("more than 1048576 members");
        assertThat(read("typedef struct { char c; int i; } t; typedef t u[3]; struct r { u a; t b; };")
                        .get(1)
                        .byteSize())
                .isEqualTo(32);
    }

    // ---- what changes offsets is read or refused

    @ParameterizedTest
    @CsvSource({
        "'struct r { char a; int b __attribute__((aligned(sizeof(long)))); };', 16",
        "'struct r { char a; _Alignas(long) int b; };', 16",
        "'struct r { char a; _Alignas(unsigned long long int) int b; };', 16",
        "'struct r { char a; int b __aligned(32); };', 64",
        "'#pragma pack(push, 1)\n#pragma pack(pop)\nstruct r { char a; long b; };', 16",
        "'struct r { int a; } ____cacheline_aligned;', 64",
        "'struct r { char a; int b __attribute__((aligned(sizeof(long) * 2))); };', 32",
        "'#pragma pack(1)\nstruct r { char a; int b; };', 5",
        "'typedef int t __attribute__((aligned(64)));\nstruct r { t a; };', 64",
        "'#pragma pack(1)\n#pragma pack()\nstruct r { char a; long b; };', 16",
        "'struct r { int a; /* 0 4 */ /* size: 64 */ } ____cacheline_aligned;', 64",
        "'#pragma pack(1)\nstruct r { int a; /* 0 4 */ /* size: 4 */ };', 4",
    })
    void an_alignment_with_a_plain_rule_is_read(String text, long byteSize) {
        assertThat(read(text.replace("\\n", "\n")).get(0).byteSize()).isEqualTo(byteSize);
    }

    @ParameterizedTest
    @CsvSource({
        "'struct r { int a; int b __attribute__((aligned(CACHE_LINE_SIZE))); };', 48, `CACHE_LINE_SIZE`",
        "'struct r { int a; int b __attribute__((aligned(sizeof(struct x)))); };', 55, `struct`",
        "'struct r { int b:5; /* 4:200 4 */ };', 16, b starts at bit 200 of 4 bytes",
        "'struct r { int a; _Alignas(thing) int b; };', 28, `thing`",
        "'struct r { int a; } __randomize_layout;', 21, `__randomize_layout`",
        "'struct r { int a; } PLATFORM_PACKED;', 21, `PLATFORM_PACKED`",
        "'struct r { int a; int b PLATFORM_ALIGNED; };', 25, `PLATFORM_ALIGNED`",
        "'struct r { int a; int b PLATFORM_ALIGN(32); };', 25, `PLATFORM_ALIGN`",
        "'struct r { int a:3; int b; } __attribute__((ms_struct));', 45, `ms_struct`",
        "'struct r { char a[TASK_COMM_LEN]; };', 19, expected a number up to 4294967295",
        "'struct r { int a;\n#ifdef CONFIG_SMP\nint b;\n#endif\n};', 1, `#ifdef` decides what is declared here",
    })
    void an_alignment_without_one_is_refused(String text, int column, String found) {
        assertThat(refusal(text.replace("\\n", "\n")))
                .matches("(?s)text: line [12], column " + column + ": " + Pattern.quote(found) + ".*");
    }
}

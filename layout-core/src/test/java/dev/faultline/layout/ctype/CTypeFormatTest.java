package dev.faultline.layout.ctype;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CTypeFormatTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int (*)(struct sk_buff *) | int (*x)(struct sk_buff *)",
                "char *const * | char *const *x",
                "void *const | void *const x",
                "char **restrict | char **restrict x",
                "int (*[2])(long) | int (*x[2])(long)",
                "void (*(*)(int))(char) | void (*(*x)(int))(char)",
                "int (*)[4][2] | int (*x)[4][2]",
                "void (*const[2])(struct dev *) | void (*const x[2])(struct dev *)",
                "u8[48] | u8 x[48]",
                "char *[2] | char *x[2]",
                "long unsigned int | long unsigned int x",
                "const volatile int * | const volatile int *x",
                "int (*)(void) | int (*x)(void)",
                "int (*)() | int (*x)()",
                "int (*)(const char *, ...) | int (*x)(const char *, ...)",
                "struct list_head **(*)(int (*)(void)) | struct list_head **(*x)(int (*)(void))"
            })
    void a_type_is_declared_as_c_has_it(String spelling, String declaration) {
        CType type = ParsedType.of(spelling).orElseThrow().type();

        assertThat(type.spelling()).isEqualTo(spelling);
        assertThat(type.declare("x")).isEqualTo(declaration);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "char * const * | char *const *",
                "char * * | char **",
                "int(*)(struct a*p,int  n) | int (*)(struct a *, int)",
                "char const * | const char *",
                "int (* const [3]) (long) | int (*const[3])(long)",
                "struct a * (*)(void) | struct a *(*)(void)",
                "std::atomic<int> | std::atomic<int>",
                "struct { | struct {"
            })
    void other_forms_of_a_spelling_become_the_one_form(String other, String one) {
        assertThat(CTypeFormat.canonical(other)).isEqualTo(one);
        assertThat(CTypeFormat.canonical(one)).isEqualTo(one);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "std::atomic<int> | std::atomic<int> x[2]",
                "void (*)(std::string &) | void (*x[2])(std::string &)",
                "int (A::*)(int) | int (A::*x[2])(int)",
                "std::function<void (*)(int)> | std::function<void (*)(int)> x[2]",
                "A & | A &x[2]",
                "fn(*const u8) -> bool | fn(*const u8) -> bool x[2]",
                "unsafe fn(*mut u8) | unsafe fn(*mut u8) x[2]",
                "func(*[]int, *[4]int) bool | func(*[]int, *[4]int) bool x[2]"
            })
    void types_of_other_languages_are_declared_too(String spelling, String declaration) {
        assertThat(CTypeFormat.declare(spelling, "x[2]")).isEqualTo(declaration);
    }

    @Test
    void pointers_are_known_by_their_spelling() {
        assertThat(List.of("char *", "char *const", "void *restrict", "int (*)(void)", "int (*const)(void)"))
                .allMatch(CTypeFormat::isPointer);
        assertThat(List.of("int", "std::vector<int*>", "u8[4]", "const char")).noneMatch(CTypeFormat::isPointer);
    }

    @Test
    void the_tags_and_typedefs_in_a_type_are_told_once_each() {
        ParsedType type =
                ParsedType.of("struct a *(*)(u32, struct a *, enum e, u32 n)").orElseThrow();

        assertThat(type.tags()).containsExactly("struct a", "enum e");
        assertThat(type.typedefs()).containsExactly("u32");
        assertThat(type.isDerived()).isTrue();
        assertThat(ParsedType.of("const long unsigned int").orElseThrow().isBasic())
                .isTrue();
    }

    @Test
    void what_is_spelled_reads_back_the_same() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            CType type = type(random, 4);
            String spelling = type.spelling();
            assertThat(ParsedType.of(spelling).map(parsed -> parsed.type().spelling()))
                    .as(spelling)
                    .contains(spelling);
            assertThat(CTypeFormat.declare(spelling, "")).isEqualTo(spelling);
            assertThat(CTypeFormat.declare(spelling, "name[3]")).isEqualTo(type.declare("name[3]"));
        }
    }

    private static CType type(Random random, int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return CType.named(List.of("int", "long unsigned int", "struct a", "enum e", "u32")
                    .get(random.nextInt(5)));
        }
        CType inner = type(random, depth - 1);
        return switch (random.nextInt(4)) {
            case 0 -> inner instanceof CType.Function ? inner : inner.array(random.nextInt(9));
            case 1 -> function(random, inner, depth - 1);
            case 2 -> inner.qualified("const").pointer();
            default -> inner.pointer();
        };
    }

    /** A function that returns no array and no function, which C does not have, and takes none. */
    private static CType function(Random random, CType result, int depth) {
        List<CType> parameters = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            parameters.add(type(random, depth).pointer());
        }
        boolean allowed = result instanceof CType.Named || result instanceof CType.Pointer;
        return (allowed ? result : result.pointer()).function(parameters).pointer();
    }
}

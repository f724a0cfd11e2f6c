package dev.faultline.layout.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.layout.BitField;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C declarations laid out by the ABI model and by gcc. */
@Tag("slow")
class AgainstGccTest {

    private static final long SEED = 20_261_121L;
    private static final int RANDOM_STRUCTS = 600;

    private static final String AWKWARD = """
            typedef unsigned int word_t;
            struct plain { char a; long b; short c; double d; char e; };
            struct nested { char a; struct plain in; char z; };
            struct packed { char a; long b; short c; } __attribute__((packed));
            struct holds_packed { char a; struct packed p; int b; };
            struct aligned_type { int a; } __attribute__((aligned(64)));
            struct aligned_member { char a; int b __attribute__((aligned(32))); char c; };
            struct holds_aligned { char a; struct aligned_type in[2]; char z; };
            struct packed_member { char a; long b __attribute__((packed)); int c; };
            struct packed_aligned { char a; long b; } __attribute__((packed, aligned(4)));
            struct bits { int a : 3; unsigned b : 7; int c : 22; int d : 1; };
            struct bits_mixed { char a; int b : 4; char c; long d : 40; short e : 9; short f : 9; };
            struct bits_zero { int a : 3; int : 0; int b : 2; char c; long : 0; char d; };
            struct bits_unnamed { char a; int : 5; int b : 3; long : 33; char c; };
            struct bits_packed { char a; int b : 13; long c : 45; int d : 7; } __attribute__((packed));
            struct bits_bool { _Bool a : 1; _Bool b : 1; unsigned char c : 3; unsigned long long d : 60; };
            struct anonymous { int a; union { long b; struct { short c; short d : 5; }; char e[12]; }; char f; };
            union arms { char a; long b[3]; struct { int x; char y; } c; int d : 9; };
            struct holds_union { char a; union arms u; char z; };
            struct flexible { int n; char data[]; };
            struct zero { int n; long data[0]; char z; };
            struct matrix { char a; int m[2][3]; char z[3][5]; };
            struct pointers { char a; void *p; int (*f)(void); char *const *q; int (*g[2])(long, char); };
            struct atomics { char a; _Atomic int b; _Atomic(long) c; volatile short d; const char e; };
            struct wide { char a; __int128 b; long double c; float d; };
            struct words { unsigned long int a; long unsigned b; unsigned c; short int d; signed char e; long long f; };
            struct enums { enum color { RED, BLUE } a; char b; enum color c; };
            struct typedefs { char a; word_t b; word_t c[3]; };
            struct several { char a, b; int *p, q; short r : 3, s : 4; };
            struct empty_inside { int a; struct { } e; int b; };
            """;

    @TempDir
    Path directory;

    @Test
    void every_awkward_declaration_is_laid_out_as_gcc_does() throws IOException, InterruptedException {
        compare(AWKWARD, "the awkward structs");
    }

    @Test
    void random_declarations_are_laid_out_as_gcc_does() throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < RANDOM_STRUCTS; i++) {
            text.append(new Maker(new Random(SEED + i), i).declaration());
        }
        compare(text.toString(), "seed " + SEED);
    }

    private void compare(String declarations, String label) throws IOException, InterruptedException {
        assumeTrue(gccIsThere(), "gcc is not installed");
        List<StructLayout> layouts = NotationReader.read("test.c", declarations);
        List<String> ours = new ArrayList<>();
        StringBuilder program = new StringBuilder("#include <stddef.h>\n#include <stdio.h>\n#include <string.h>\n"
                + declarations + BITS + "int main(void) {\n");
        for (StructLayout layout : layouts) {
            String c = layout.spelling();
            ours.add(layout.name() + " " + layout.byteSize() + " " + layout.byteAlignment());
            program.append(
                    "printf(\"%s %zu %zu\\n\", \"" + layout.name() + "\", sizeof(" + c + "), _Alignof(" + c + "));\n");
            for (Slot.Field field : layout.fields()) {
                ours.add(describe(layout, field));
                program.append(statement(layout, field));
            }
        }
        String gccs = run(program.append("return 0; }\n").toString());
        List<String> theirs = gccs.lines().toList();
        for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
            assertThat(ours.get(i))
                    .as("%s: line %d of the comparison; ours first", label, i)
                    .isEqualTo(theirs.get(i));
        }
        assertThat(ours).hasSameSizeAs(theirs).hasSizeGreaterThan(60);
    }

    private static final String BITS = """

            static void bits(const char *name, const void *at, size_t size) {
                const unsigned char *bytes = at;
                long first = -1, last = -1;
                for (size_t i = 0; i < size * 8; i++)
                    if (bytes[i / 8] >> (i % 8) & 1) { if (first < 0) first = i; last = i; }
                printf("%s %ld..%ld\\n", name, first, last);
            }
            """;

    private static String describe(StructLayout layout, Slot.Field field) {
        String name = layout.name() + "." + field.path();
        if (field.bits().isPresent()) {
            BitField bits = field.bits().get();
            long first = field.byteOffset() * 8 + bits.bitOffset();
            return name + " " + first + ".." + (first + bits.bitSize() - 1);
        }
        return name + " " + field.byteOffset() + " " + field.byteSize();
    }

    private static String statement(StructLayout layout, Slot.Field field) {
        String name = layout.name() + "." + field.path();
        String c = layout.spelling();
        if (field.bits().isPresent()) {
            return "{ " + c + " v; memset(&v, 0, sizeof v); v." + field.path() + " = -1; bits(\"" + name
                    + "\", &v, sizeof v); }\n";
        }
        return "printf(\"%s %zu %zu\\n\", \"" + name + "\", offsetof(" + c + ", " + field.path() + "), sizeof(((" + c
                + " *)0)->" + field.path() + "));\n";
    }

    private String run(String program) throws IOException, InterruptedException {
        Path source = directory.resolve("layout.c");
        Files.writeString(source, program);
        Path binary = directory.resolve("layout");
        Path log = directory.resolve("log");
        int compiled = new ProcessBuilder("gcc", "-std=gnu11", "-w", "-o", binary.toString(), source.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        assertThat(compiled).as(Files.readString(log)).isZero();
        Process process = new ProcessBuilder(binary.toString()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }

    private static boolean gccIsThere() {
        for (String path : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(path, "gcc"))) {
                return true;
            }
        }
        return false;
    }

    /** Makes random declarations; every name is used once. */
    private static final class Maker {
        private static final String[] NUMBERS = {
            "char", "short", "int", "long", "unsigned char", "unsigned long long", "double", "float", "void *", "_Bool"
        };
        private static final String[] UNITS = {
            "char", "short", "int", "long", "unsigned int", "unsigned long long", "_Bool"
        };
        private static final int[] UNIT_BITS = {8, 16, 32, 64, 32, 64, 1};

        private final Random random;
        private final int number;
        private int names;

        Maker(Random random, int number) {
            this.random = random;
            this.number = number;
        }

        String declaration() {
            String keyword = random.nextInt(6) == 0 ? "union" : "struct";
            return keyword + " r" + number + " {\n" + members(2) + "}" + attribute(true) + ";\n";
        }

        private String members(int depth) {
            StringBuilder text = new StringBuilder();
            for (int i = 1 + random.nextInt(6); i > 0; i--) {
                text.append("  ").append(member(depth)).append('\n');
            }
            return text.append("  int m").append(names++).append(";\n").toString();
        }

        private String member(int depth) {
            int kind = random.nextInt(10);
            if (kind < 4) {
                int unit = random.nextInt(UNITS.length);
                int width = random.nextInt(UNIT_BITS[unit] + 1);
                boolean unnamed = width == 0 || random.nextInt(6) == 0;
                return UNITS[unit] + (unnamed ? " :" : " m" + names++ + " : ") + width + ";";
            }
            if (kind < 6 && depth > 0) {
                String name = random.nextBoolean() ? "" : " m" + names++;
                return (random.nextInt(3) == 0 ? "union" : "struct") + " {\n" + members(depth - 1) + "}"
                        + attribute(true) + name + ";";
            }
            String array = random.nextInt(4) == 0 ? "[" + (1 + random.nextInt(4)) + "]" : "";
            return NUMBERS[random.nextInt(NUMBERS.length)] + " m" + names++ + array + attribute(false) + ";";
        }

        private String attribute(boolean type) {
            return switch (random.nextInt(type ? 5 : 9)) {
                case 0 -> " __attribute__((packed))";
                case 1 -> " __attribute__((aligned(" + (1 << random.nextInt(7)) + ")))";
                default -> "";
            };
        }
    }
}

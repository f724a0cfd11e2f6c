package dev.faultline.layout.abi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.layout.BitField;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Asks an installed C compiler where it places the fields of layouts, and states the same of the layouts. */
final class CompiledLayouts {

    private static final String MAIN = """
            struct faultline_number { const char *name; unsigned long a, b; };
            struct faultline_bits { const char *name; const void *at; unsigned long size; };
            static const struct faultline_number numbers[] = { %s { 0, 0, 0 } };
            %s
            static const struct faultline_bits bits[] = { %s { 0, 0, 0 } };
            int main(void) {
                for (const struct faultline_number *n = numbers; n->name; n++)
                    __builtin_printf("%%s %%lu %%lu\\n", n->name, n->a, n->b);
                for (const struct faultline_bits *b = bits; b->name; b++) {
                    const unsigned char *bytes = b->at;
                    long first = -1, last = -1;
                    for (unsigned long i = 0; i < b->size * 8; i++)
                        if (bytes[i / 8] >> (i %% 8) & 1) { if (first < 0) first = i; last = i; }
                    __builtin_printf("%%s %%ld..%%ld\\n", b->name, first, last);
                }
                return 0;
            }
            """;

    private final List<StructLayout> layouts;

    CompiledLayouts(List<StructLayout> layouts) {
        this.layouts = layouts;
    }

    static boolean isThere(String compiler) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(one -> Files.isExecutable(Path.of(one, compiler)));
    }

    /** {@return size and alignment of each struct, offset and size of each field, first and last bit of bit-fields} */
    List<String> ours() {
        List<String> numbers = new ArrayList<>();
        List<String> bits = new ArrayList<>();
        for (StructLayout layout : layouts) {
            numbers.add(layout.name() + " " + layout.byteSize() + " " + layout.byteAlignment());
            for (Slot.Field field : layout.fields()) {
                String name = layout.name() + "." + field.path();
                if (field.bits().isPresent()) {
                    BitField of = field.bits().get();
                    long first = field.byteOffset() * 8 + of.bitOffset();
                    bits.add(name + " " + first + ".." + (first + of.bitSize() - 1));
                } else {
                    numbers.add(name + " " + field.byteOffset() + " " + field.byteSize());
                }
            }
        }
        numbers.addAll(bits);
        return numbers;
    }

    /** {@return how C names a type: by its tag, or by the typedef of a type without one} */
    private static String spelling(StructLayout layout, String declarations) {
        Pattern tag = Pattern.compile("\\b(struct|union)\\b[^;{}]*\\b" + layout.name() + "\\b");
        return tag.matcher(declarations).find() ? layout.spelling() : layout.name();
    }

    /** {@return the same of a compiler, for declarations that it can compile} */
    List<String> of(String compiler, String declarations, Path directory) throws IOException, InterruptedException {
        StringBuilder numbers = new StringBuilder();
        StringBuilder values = new StringBuilder();
        StringBuilder bits = new StringBuilder();
        int count = 0;
        for (StructLayout layout : layouts) {
            String c = spelling(layout, declarations);
            numbers.append("{ \"" + layout.name() + "\", sizeof(" + c + "), _Alignof(" + c + ") },\n");
            for (Slot.Field field : layout.fields()) {
                String path = field.path();
                String name = layout.name() + "." + path;
                if (field.bits().isPresent()) {
                    String value = "faultline_value" + count++;
                    values.append("static const " + c + " " + value + " = { ." + path + " = -1 };\n");
                    bits.append("{ \"" + name + "\", &" + value + ", sizeof " + value + " },\n");
                } else {
                    numbers.append("{ \"" + name + "\", __builtin_offsetof(" + c + ", " + path + "), sizeof(((" + c
                            + " *)0)->" + path + ") },\n");
                }
            }
        }
        return run(compiler, declarations + String.format(MAIN, numbers, values, bits), directory);
    }

    private static List<String> run(String compiler, String program, Path directory)
            throws IOException, InterruptedException {
        Path source = directory.resolve("layout.c");
        Files.writeString(source, program);
        Path binary = directory.resolve("layout");
        Path log = directory.resolve("log");
        int compiled = new ProcessBuilder(
                        compiler, "-std=gnu2x", "-w", "-O0", "-o", binary.toString(), source.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        String said = Files.readString(log);
        assertThat(compiled)
                .as(said.substring(0, Math.min(4000, said.length())))
                .isZero();
        Process process = new ProcessBuilder(binary.toString()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output.lines().toList();
    }
}

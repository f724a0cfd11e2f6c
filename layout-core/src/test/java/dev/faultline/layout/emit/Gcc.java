package dev.faultline.layout.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.layout.BitField;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs the installed gcc to find where it places the members of a declaration. */
final class Gcc {

    private static final String FIRST_AND_LAST_BIT = """
            #include <stdio.h>
            #include <string.h>
            static void faultline_bits(const char *name, const void *at, size_t size) {
                const unsigned char *bytes = at;
                long first = -1, last = -1;
                for (size_t i = 0; i < size * 8; i++)
                    if (bytes[i / 8] >> (i % 8) & 1) { if (first < 0) first = i; last = i; }
                printf("%s %ld..%ld\\n", name, first, last);
            }
            """;

    private final Path directory;

    Gcc(Path directory) {
        this.directory = directory;
        assumeTrue(isThere(), "gcc is not installed");
    }

    private static boolean isThere() {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(one -> Files.isExecutable(Path.of(one, "gcc")));
    }

    /**
     * {@return gcc's errors for C files, empty when there are none; with warnings that some projects treat as errors}
     */
    String complaints(List<Path> files) throws IOException, InterruptedException {
        List<String> words =
                new ArrayList<>(List.of("gcc", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-Wno-packed-not-aligned"));
        // a const pointer to a function is spelt by BTF as one to a function that returns const
        words.addAll(List.of("-Wno-ignored-qualifiers", "-Wno-duplicate-decl-specifier"));
        words.addAll(List.of("-Wno-attributes", "-fsyntax-only"));
        files.forEach(file -> words.add(file.toString()));
        return run(words);
    }

    /** {@return gcc's errors for one text} */
    String complaints(String text) throws IOException, InterruptedException {
        Path file = directory.resolve("declaration.c");
        Files.writeString(file, text);
        return complaints(List.of(file));
    }

    /** Compiles declarations, whose assertions must hold, and compares the bits of bit-fields in a running program. */
    void agreesWith(String declarations, List<StructLayout> layouts, String label)
            throws IOException, InterruptedException {
        StringBuilder program = new StringBuilder(declarations + FIRST_AND_LAST_BIT + "int main(void) {\n");
        List<String> expected = new ArrayList<>();
        for (StructLayout layout : layouts) {
            for (Slot.Field field : layout.fields()) {
                if (field.bits().isPresent()) {
                    BitField bits = field.bits().get();
                    long first = field.byteOffset() * 8 + bits.bitOffset();
                    String name = layout.name() + "." + field.path();
                    expected.add(name + " " + first + ".." + (first + bits.bitSize() - 1));
                    program.append("{ static ")
                            .append(layout.spelling())
                            .append(" v; v.")
                            .append(field.path());
                    program.append(" = -1; faultline_bits(\"").append(name).append("\", &v, sizeof v); }\n");
                }
            }
        }
        Path source = directory.resolve("program.c");
        Path binary = directory.resolve("program");
        Files.writeString(source, program.append("return 0; }\n").toString());
        assertThat(run(List.of("gcc", "-std=gnu11", "-w", "-O0", "-o", binary.toString(), source.toString())))
                .as(label)
                .isEmpty();
        Process process = new ProcessBuilder(binary.toString()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(output.lines().toList()).as(label).isEqualTo(expected);
    }

    String run(List<String> words) throws IOException, InterruptedException {
        Path log = directory.resolve("log");
        int status = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        String said = Files.readString(log);
        return status == 0 ? "" : said.substring(0, Math.min(said.length(), 4000));
    }
}

package dev.faultline.source.dwarf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.testing.NativeCompiler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that compares real files, on a small one: it finds that all is equal, and what is not. */
@Tag("slow")
@Tag("native")
class DwarfValidationTest {

    private static final Path PROGRAM = Path.of("../.ci/DwarfValidation.java");

    @TempDir
    Path directory;

    @Test
    void types_are_equal_and_a_wrong_size_is_a_difference() throws Exception {
        assumeTrue(NativeCompiler.has("gcc", "gdb"), "gcc or gdb is not installed");
        Path source = Files.writeString(directory.resolve("small.c"), """
                struct inner { char c; long l; };
                struct outer { int a : 3, b : 9; struct inner all[2]; union { int x; short y; }; struct inner last; };
                struct outer outer;
                """);
        Path object = directory.resolve("small.o");
        run("gcc", "-g", "-c", "-o", object.toString(), source.toString());
        Path sizes = Files.writeString(directory.resolve("sizes.txt"), """
                print-type-size type: `inner`: 24 bytes, alignment: 8 bytes
                print-type-size     field `.l`: 24 bytes
                """);

        assertThat(validate(object.toString()))
                .contains("small.o: 2 names, 2 types, 0 left out, 0 not read")
                .contains("gdb: 2 types equal (13 members; ")
                .contains("0 different")
                .endsWith("ended with 0");
        assertThat(validate("--sizes", sizes.toString(), object.toString()))
                .contains("rustc: 0 types equal")
                .contains("different: inner: size 16, rustc 24")
                .endsWith("ended with 1");
        assertThat(validate("--against", "nothing", object.toString())).endsWith("ended with 2");
    }

    private String validate(String... arguments) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new java.util.ArrayList<>(
                List.of(java, "-cp", System.getProperty("java.class.path"), PROGRAM.toString()));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    private String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return printed + "ended with " + process.waitFor();
    }
}

package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said to a person who names a source file, or misspells the name of a file. */
class SourceCodeTest {

    @TempDir
    Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static String refusal(String... words) {
        Cli.Run run = Cli.run(words);
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.out()).isEmpty();
        return run.err();
    }

    @Test
    void classes_of_java_are_not_read_as_those_of_cxx() throws IOException {
        String named = file("Ring.java", "class Ring { volatile long head; volatile long tail; }\n");
        assertThat(refusal("inspect", named))
                .isEqualTo("faultline: " + named + ": Java source code, which tells no layout: compile it, `javac -g -d"
                        + " classes " + named + "`, and name classes\n");
        assertThat(refusal("inspect", named + "#Ring")).contains("javac -g -d classes " + named);
        Cli.Run piped = Cli.withInput("package a;\n\npublic final class Ring {\n    long head;\n}\n", "inspect", "-");
        assertThat(piped.status()).isEqualTo(3);
        assertThat(piped.err()).contains("standard input: Java source code", "javac");
    }

    @Test
    void text_that_only_looks_like_java_is_read_on() throws IOException {
        String written =
                file("ring.txt", "class com.acme.Ring {\n\tlong head; /* 0 8 */\n\tlong tail; /* 8 8 */\n};\n");
        assertThat(Cli.run("inspect", written).status()).isZero();
        String cxx = file("ring.cc", "class ring {\npublic:\n  long head;\n  long tail;\n};\n");
        assertThat(Cli.run("inspect", cxx).out()).startsWith("ring: no findings");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.cpp | class a : public b { long x; }; | line 1, column | compile it, `g++ -g -c %s -o a.o`, and name a.o",
                "a.c | int main(void) { return 0; } | no struct | compile it, `gcc -g -c %s -o a.o`, and name a.o",
                "a.rs | pub struct A { x: u64 } | Rust source code | `cargo build`",
                "a.kt | class A(var x: Long) | Kotlin source code | name the jar or the directory of its classes",
            })
    void what_a_text_lacks_is_told_with_the_command_that_compiles_it(
            String name, String text, String problem, String wayOut) throws IOException {
        String file = file(name, text);
        assertThat(refusal("inspect", file))
                .contains(": " + problem, wayOut.formatted(file))
                .hasLineCount(1);
    }

    @Test
    void a_misspelt_file_is_told_with_the_one_that_may_be_meant() throws IOException {
        String jar = file("shop.jar", "");
        assertThat(refusal("inspect", jar.replace(".jar", ".jr")))
                .isEqualTo("faultline: " + jar.replace(".jar", ".jr") + ": no such file (did you mean " + jar + "?)\n");
        assertThat(refusal("inspect", jar + "#com.acme.Ring".replace("shop", "shp")))
                .doesNotContain("no such file");
        assertThat(refusal("inspect", jar.replace("shop", "shp") + "#com.acme.Ring"))
                .contains("no such file (did you mean " + jar + "?)");
        assertThat(refusal("inspect", "pom.xm"))
                .isEqualTo("faultline: pom.xm: no such file (did you mean pom.xml?), and no struct of the built-in"
                        + " catalogue\n");
        assertThat(refusal("inspect", "rtabel")).contains("(did you mean rtable?)", "--from names another source");
        Cli.Run listed = Cli.run("list", "pom.xm");
        assertThat(listed.status()).isEqualTo(2);
        assertThat(listed.err()).contains("pom.xm is not a source (did you mean pom.xml?)");
    }
}

package dev.faultline.report.sarif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.source.SourceLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as compilers record them become paths of the repository, or say that they are none. */
class DeclaredFilesTest {

    @TempDir
    private Path temporary;

    private Path root;

    @BeforeEach
    void repository() throws IOException {
        root = Files.createDirectories(temporary.resolve("linux"));
        for (String name : new String[] {
            "include/net/dst.h",
            "include/net/a b#%.h",
            "dst.h",
            "main.c",
            "core/src/main/java/com/acme/Ring.java",
            "one/src/com/acme/Twice.java",
            "two/src/com/acme/Twice.java",
            ".hidden/src/com/acme/Hidden.java"
        }) {
            file(root.resolve(name), name);
        }
    }

    private static void file(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String uri(String recorded) {
        return uri(new SourceLocation(recorded, 1));
    }

    private String uri(SourceLocation location) {
        ArtifactUris uris = new ArtifactUris(root);
        return uris.below(location).orElseGet(() -> "not found: " + uris.asRecorded(location));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                // absolute paths of another machine: the most specific file wins, not the shortest
                "/build/linux-6.1/include/net/dst.h, include/net/dst.h",
                "/build/linux-6.1/./include/../include//net/dst.h, include/net/dst.h",
                "C:\\src\\linux\\include\\net\\dst.h, include/net/dst.h",
                "c:/src/linux/include\\net\\dst.h, include/net/dst.h",
                "/build/linux/main.c, main.c",
                "/build/include/net/a b#%.h, include/net/a%20b%23%25.h",
                // relative paths
                "include/net/dst.h, include/net/dst.h",
                "./include/net/dst.h, include/net/dst.h",
                "../include/net/dst.h, include/net/dst.h",
                "linux-6.1/include/net/dst.h, include/net/dst.h",
                "include\\net\\dst.h, include/net/dst.h",
                "main.c, main.c",
                // the path of a package
                "com/acme/Ring.java, core/src/main/java/com/acme/Ring.java",
                // a name alone fits too much, two files are one too many, hidden ones are not the repository's
                "/usr/include/somewhere/dst.h, not found: usr/include/somewhere/dst.h",
                "/build/linux-6.1/main.c, not found: build/linux-6.1/main.c",
                "com/acme/Twice.java, not found: com/acme/Twice.java",
                "com/acme/Hidden.java, not found: com/acme/Hidden.java",
                // what is not there
                "/build/linux-6.1/net/gone.c, not found: build/linux-6.1/net/gone.c",
                "../../net/gone.c, not found: net/gone.c",
                "D:\\a b\\gone.c, not found: D%3A/a%20b/gone.c",
                "java/util/HashMap.java, not found: java/util/HashMap.java",
                "<built-in>, not found: %3Cbuilt-in%3E",
                "/, not found: faultline/source",
                "., not found: faultline/source",
            })
    void a_recorded_file_is_one_of_the_repository_or_named_as_it_is(String recorded, String uri) {
        assertThat(uri(recorded)).isEqualTo(uri);
    }

    @ParameterizedTest
    @CsvSource({
        "/build/linux-6.1, ./include/net/dst.h, include/net/dst.h",
        "/build/linux-6.1/include/net, dst.h, include/net/dst.h",
        "/build/linux-6.1/obj/x, ../../include/net/dst.h, include/net/dst.h",
        "C:\\build\\include, net\\dst.h, include/net/dst.h",
        "/gone, include/net/dst.h, include/net/dst.h",
        "/build/linux-6.1/include/net, /opt/dst.h, not found: opt/dst.h",
        "/build/linux-6.1/net, gone.h, not found: gone.h"
    })
    void a_relative_file_counts_from_where_the_compiler_ran(String directory, String recorded, String uri) {
        assertThat(uri(new SourceLocation(recorded, 1, directory))).isEqualTo(uri);
    }

    @Test
    void names_that_no_file_can_have_are_encoded() {
        assertThat(uri("a\0b/c\n\u001b\u202e.h")).isEqualTo("not found: a%00b/c%0A%1B%E2%80%AE.h");
        assertThat(uri("x/".repeat(100_000) + "dst.h")).startsWith("not found: x/x/");
    }

    @Test
    void a_file_that_is_on_this_machine_is_that_of_the_repository_only_when_it_is_a_copy() throws IOException {
        Path copy = temporary.resolve("build/include/net/dst.h");
        file(copy, "include/net/dst.h");
        Path other = temporary.resolve("usr/include/net/dst.h");
        file(other, "of the system");

        assertThat(uri(copy.toString())).isEqualTo("include/net/dst.h");
        assertThat(uri(other.toString())).startsWith("not found: file:///").endsWith("/usr/include/net/dst.h");
        assertThat(uri(root.resolve("include/../dst.h").toString())).isEqualTo("dst.h");
    }
}

package dev.faultline.source.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which names are class paths, and which files they stand for. */
class SourceNameTest {

    private static final String COLON = File.pathSeparator;

    @TempDir
    Path scratch;

    private static SourceName name(String text) {
        return new SourceName(text);
    }

    @Test
    void a_name_with_separators_is_a_class_path_when_a_part_of_it_looks_like_one() throws IOException {
        Files.createDirectory(scratch.resolve("classes"));
        String classes = scratch.resolve("classes").toString();

        assertThat(name("a.jar" + COLON + "b.jar").entries()).containsExactly("a.jar", "b.jar");
        assertThat(name("x" + COLON + classes).isClassPath()).isTrue();
        assertThat(name("lib/*").isClassPath()).isTrue();
        assertThat(name("app.jar!/BOOT-INF/lib/x.jar").isClassPath()).isTrue();
        for (String other : List.of("app.jar", "std::vector", "a" + COLON + "b", "kernel", "rtable@6.3", "a.jar#b:c")) {
            assertThat(name(other).isClassPath()).as(other).isFalse();
            assertThat(name(other).entries()).containsExactly(other);
        }
        assertThat(name(classes + COLON + COLON + "Ring").isClassPath())
                .as("a name of C++, though there is such a directory")
                .isFalse();
        assertThat(name("a.jar" + COLON).entries()).as("an entry is empty").containsExactly("a.jar", "");
    }

    @Test
    void what_exists_is_that_file() throws IOException {
        for (String odd : List.of("a.jar" + COLON + "b.jar", "x!", "*")) {
            Path file = Files.createFile(scratch.resolve(odd));
            assertThat(name(file.toString()).isClassPath()).as(odd).isFalse();
            assertThat(name(file.toString()).files()).containsExactly(file.toString());
        }
    }

    @Test
    void the_files_are_those_that_are_read() {
        assertThat(name("lib/*" + COLON + "a.jar!/b.jar" + COLON + "c.jar").files())
                .containsExactly("lib", "a.jar", "c.jar");
    }

    @Test
    void each_entry_is_resolved_from_another_directory() {
        assertThat(SourceName.in("lib/*" + COLON + "a.jar!/b.jar", file -> "dir/" + file)
                        .text())
                .isEqualTo("dir/lib/*" + COLON + "dir/a.jar!/b.jar");
        assertThat(SourceName.in("old.o", file -> "dir/" + file).text()).isEqualTo("dir/old.o");
    }

    @Test
    void a_long_class_path_is_cut_where_it_is_shown() {
        String path = String.join(COLON, Collections.nCopies(60, "lib/some.jar"));

        assertThat(name(path).shown()).isEqualTo("lib/some.jar" + COLON + "... (class path of 60 entries)");
        assertThat(name("a.jar" + COLON + "b.jar").shown()).isEqualTo("a.jar" + COLON + "b.jar");
    }
}

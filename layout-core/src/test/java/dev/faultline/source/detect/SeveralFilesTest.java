package dev.faultline.source.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.debugfile.DebugRoots;
import dev.faultline.testing.Bounded;
import dev.faultline.testing.NativeCompiler;
import dev.faultline.testing.NativeTypes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Types are read of binaries whose debug information is in several files, and of the members of archives. */
@Tag("slow")
@Tag("native")
class SeveralFilesTest {

    @TempDir
    Path temporary;

    private Path directory;
    private NativeCompiler compiler;
    private SourceDetector detector;

    @BeforeEach
    void tools() throws Exception {
        assumeTrue(NativeCompiler.has("gcc", "objcopy", "ar", "strip"), "gcc and binutils are not installed");
        directory = temporary.toRealPath();
        compiler = new NativeCompiler(NativeTypes.of(false, ""), directory);
        DebugRoots roots = new DebugRoots(List.of(directory.resolve("debug")), List.of());
        detector = new SourceDetector(directory.resolve("btf"), List.of(), Optional.empty(), Optional.empty(), roots);
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    private void compile(String name, String code, String output, String... options) throws Exception {
        Path source = Files.writeString(directory.resolve(name), code);
        List<String> command =
                new ArrayList<>(List.of("gcc", "-g", "-w", "-Wl,--build-id", "-o", path(output), source.toString()));
        command.addAll(List.of(options));
        compiler.run(command);
    }

    private List<String> structs(String name) {
        LayoutSource source = Bounded.read(20, () -> detector.open(path(name)));
        return source.entries().stream()
                .map(entry -> entry.name() + " " + entry.byteSize())
                .filter(entry -> !entry.startsWith("."))
                .sorted()
                .toList();
    }

    @Test
    void a_stripped_program_has_the_types_of_its_debug_file() throws Exception {
        compile("app.c", "struct ring { long head; char tail; } ring; int main(void) { return 0; }", "app");
        compiler.run(List.of("objcopy", "--only-keep-debug", path("app"), path("app.debug")));
        compiler.run(List.of("strip", path("app")));
        compiler.run(List.of("objcopy", "--add-gnu-debuglink=" + path("app.debug"), path("app")));
        assertThat(structs("app")).containsExactly("ring 16");
        Files.writeString(directory.resolve("app.debug"), "changed");
        assertThat(Bounded.refusal(() -> detector.open(path("app"))))
                .contains("whose debug information is in a file of its own", path("app.debug") + " (is no ELF file");
    }

    @Test
    void split_units_are_read_where_they_were_compiled_and_beside_the_program() throws Exception {
        compile(
                "app.c",
                "struct ring { long head; char tail; } ring; int main(void) { return 0; }",
                "app",
                "-gsplit-dwarf");
        assertThat(structs("app")).containsExactly("ring 16");
        Path other = Files.createDirectory(directory.resolve("other"));
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.move(file, other.resolve(file.getFileName()));
            }
        }
        assertThat(structs("other/app")).containsExactly("ring 16");
    }

    @Test
    void split_units_of_an_archive_are_found_beside_it_and_named_when_they_are_not_there() throws Exception {
        compile("a.c", "struct one { long a; } one;", "a.o", "-c", "-gsplit-dwarf");
        compile("b.c", "struct two { char a; } two;", "b.o", "-c", "-gsplit-dwarf");
        Path other = Files.createDirectory(directory.resolve("other"));
        compiler.run(List.of("ar", "qc", path("other/lib.a"), path("a.o"), path("b.o")));
        Files.move(directory.resolve("a.dwo"), other.resolve("a.dwo"));
        Files.move(directory.resolve("b.dwo"), other.resolve("b.dwo"));
        assertThat(structs("other/lib.a")).containsExactly("one 8", "two 1");
        assertThat(structs("other/lib.a(b.o)")).containsExactly("two 1");
        Files.delete(other.resolve("b.dwo"));
        assertThat(structs("other/lib.a")).containsExactly("one 8");
        assertThat(detector.open(path("other/lib.a")).inventory().unread())
                .singleElement()
                .asString()
                .startsWith(path("other/lib.a(b.o)")
                        + ": the types of 1 of 1 units are in split files that are not there: ")
                .contains("b.dwo");
    }

    @Test
    void an_archive_has_the_types_of_all_members_and_a_member_has_its_own() throws Exception {
        compile("a.c", "struct one { long a; } one; struct both { int a; } x;", "a.o", "-c");
        compile("b.c", "struct two { char a; } two; struct both { long a[2]; } y;", "b.o", "-c");
        Files.writeString(directory.resolve("notes"), "no binary");
        compiler.run(List.of("ar", "qc", path("lib.a"), path("a.o"), path("notes"), path("b.o")));
        compiler.run(List.of("ar", "qcT", path("thin.a"), path("a.o"), path("b.o")));
        for (String archive : List.of("lib.a", "thin.a")) {
            assertThat(structs(archive)).containsExactly("both 16", "both 4", "one 8", "two 1");
        }
        assertThat(sizes("both@b.o")).containsExactly("b.o 16");
        assertThat(sizes("both@b.c")).containsExactly("b.o 16");
        assertThat(sizes("both")).containsExactly("a.o 4", "b.o 16");
        assertThat(structs("lib.a(a.o)")).containsExactly("both 4", "one 8");
        assertThat(structs("lib.a(b.o)")).containsExactly("both 16", "two 1");
        assertThat(Bounded.refusal(() -> detector.open(path("lib.a(c.o)"))))
                .startsWith(path("lib.a(c.o)") + ": the library has no such member");
        compiler.run(List.of("ar", "qc", path("notes.a"), path("notes")));
        assertThat(Bounded.refusal(() -> detector.open(path("notes.a"))))
                .contains("none with debug information (notes)");
    }

    private List<String> sizes(String struct) {
        Lookup found = detector.open(path("lib.a")).find(struct);
        assertThat(found).isInstanceOf(Lookup.Found.class);
        return ((Lookup.Found) found)
                .subjects().stream()
                        .map(one -> one.version() + " " + one.layout().byteSize())
                        .toList();
    }

    @Test
    void a_broken_member_is_named_and_the_others_are_read() throws Exception {
        compile("a.c", "struct one { long a; } one;", "a.o", "-c");
        byte[] broken = Files.readAllBytes(directory.resolve("a.o"));
        broken[40] = -1; // the table of sections lies outside
        broken[44] = 1;
        Files.write(directory.resolve("broken.o"), broken);
        compiler.run(List.of("ar", "qcS", path("lib.a"), path("broken.o"), path("a.o")));
        assertThat(structs("lib.a")).containsExactly("one 8");
        assertThat(detector.open(path("lib.a")).inventory().unread())
                .anyMatch(line -> line.contains("lib.a(broken.o)"));
    }
}

package dev.faultline.source.debugfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.source.elf.BuildId;
import dev.faultline.source.elf.ElfFile;
import dev.faultline.testing.NativeCompiler;
import dev.faultline.testing.NativeTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debug information that objcopy, dwz and compilers have put into other files is found. */
@Tag("slow")
@Tag("native")
class DebugFilesAgainstToolsTest {

    @TempDir
    Path temporary;

    private Path directory;
    private NativeCompiler compiler;
    private DebugFiles files;

    private Path program(String name, String... options) throws Exception {
        directory = temporary.toRealPath();
        compiler = new NativeCompiler(NativeTypes.of(false, ""), directory);
        files = new DebugFiles(new DebugRoots(List.of(directory.resolve("debug")), List.of()));
        NativeTypes types = NativeTypes.c(new Random(5), 60);
        StringBuilder text = new StringBuilder(types.declarations());
        for (int i = 0; i < types.types().size(); i++) {
            text.append(types.types().get(i).spelling())
                    .append(" variable")
                    .append(i)
                    .append(";\n");
        }
        Path source = Files.writeString(directory.resolve(name + ".c"), text.append("int main(void) { return 0; }\n"));
        Path program = directory.resolve(name);
        List<String> command = new ArrayList<>(
                List.of("gcc", "-g", "-w", "-Wl,--build-id", "-o", program.toString(), source.toString()));
        command.addAll(List.of(options));
        compiler.run(command);
        return program;
    }

    private static DebugFile search(Path file, BiFunction<ElfFile, Optional<Path>, DebugFile> search) {
        try (ElfFile elf = ElfFile.open("app", file)) {
            return search.apply(elf, Optional.of(file));
        }
    }

    @Test
    void objcopy() throws Exception {
        assumeTrue(NativeCompiler.has("gcc", "objcopy", "strip"), "gcc, objcopy and strip are not installed");
        Path program = program("app");
        Path debug = directory.resolve("app.debug");
        compiler.run(List.of("objcopy", "--only-keep-debug", program.toString(), debug.toString()));
        compiler.run(List.of("strip", program.toString()));
        assertThat(search(program, files::separate).path()).isEmpty();
        compiler.run(List.of("objcopy", "--add-gnu-debuglink=" + debug, program.toString()));
        assertThat(search(program, files::separate).path()).contains(debug);
        Path installed =
                directory.resolve("debug/.build-id").resolve(id(program).path(".debug"));
        Files.createDirectories(installed.getParent());
        Files.move(debug, installed);
        assertThat(search(program, files::separate).path()).contains(installed);
        Files.write(directory.resolve("app.debug"), new byte[1]);
        Files.delete(installed);
        assertThat(search(program, files::separate).path()).isEmpty();
    }

    @Test
    void dwz() throws Exception {
        assumeTrue(NativeCompiler.has("gcc", "dwz"), "gcc and dwz are not installed");
        Path first = program("first");
        Path second = program("second");
        Path shared = directory.resolve("shared.debug");
        compiler.run(List.of("dwz", "-m", shared.toString(), "-r", first.toString(), second.toString()));
        assertThat(search(first, files::alternate).path()).contains(shared);
        Path moved = directory.resolve("debug/.dwz/shared.debug");
        Files.createDirectories(moved.getParent());
        Files.move(shared, moved);
        assertThat(search(second, files::alternate).path()).contains(moved);
    }

    @Test
    void split_units_and_their_package() throws Exception {
        assumeTrue(NativeCompiler.has("gcc", "dwp"), "gcc and dwp are not installed");
        Path program = program("split", "-gsplit-dwarf", "-gdwarf-4");
        List<Path> units;
        try (Stream<Path> listed = Files.list(directory)) {
            units = listed.filter(file -> file.toString().endsWith(".dwo")).toList();
        }
        assertThat(units).hasSize(1);
        String name = units.get(0).getFileName().toString();
        assertThat(files.split(name, directory.toString(), Optional.of(program)).path())
                .contains(units.get(0));
        compiler.run(List.of("dwp", "-e", program.toString(), "-o", program + ".dwp"));
        assertThat(search(program, files::splitPackage).path()).contains(Path.of(program + ".dwp"));
    }

    private static BuildId id(Path program) throws IOException {
        try (ElfFile elf = ElfFile.open("app", program)) {
            return BuildId.of(elf).orElseThrow();
        }
    }
}

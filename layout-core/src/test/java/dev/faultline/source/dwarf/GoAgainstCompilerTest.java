package dev.faultline.source.dwarf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.layout.StructLayout;
import dev.faultline.testing.NativeCompiler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All types of a Go program are read, and those that it measures are as it does. */
@Tag("slow")
@Tag("native")
class GoAgainstCompilerTest {

    private static final List<String> FILES = List.of("go.mod", "shapes.go", "ring/ring.go");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"-compressdwarf=true", "-compressdwarf=false"})
    void every_type_of_a_program_is_read_and_as_it_measures_it(String linked) throws Exception {
        assumeTrue(NativeCompiler.has("go"), "go is not installed");
        for (String file : FILES) {
            Path copy = directory.resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(ReadDwarf.kept("go/" + file), copy);
        }
        run(List.of("go", "build", "-ldflags=" + linked, "-o", "shapes", "."));
        String printed = run(List.of("./shapes"));

        Map<String, List<StructLayout>> all = ReadDwarf.all(directory.resolve("shapes"));
        assertThat(GoFacts.differences(printed, all)).isEmpty();
        assertThat(all).hasSizeGreaterThan(300).containsKeys("runtime.g", "runtime.hmap", "main.Shape");
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Path log = directory.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command));
        builder.environment().put("GOFLAGS", "-mod=mod");
        Process process = builder.directory(directory.toFile())
                .redirectError(log.toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(String.join(" ", command) + ", see " + Files.readString(log))
                .isZero();
        return output;
    }
}

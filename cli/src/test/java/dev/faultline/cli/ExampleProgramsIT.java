package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The programs of {@code docs/examples} that measure the off-heap structures compile against a release and run. */
class ExampleProgramsIT {

    private static final Path EXAMPLES = Path.of("").toAbsolutePath().resolveSibling("docs/examples");

    @TempDir
    private static Path classes;

    private static String classPath;

    @BeforeAll
    static void compile() {
        Path lib = Path.of(System.getProperty("faultline.dist"), "lib");
        List<String> jars = new ArrayList<>(List.of(classes.toString()));
        for (Path directory : List.of(lib, lib.resolve("bench"))) {
            for (File file : directory.toFile().listFiles((any, name) -> name.endsWith(".jar"))) {
                jars.add(file.getPath());
            }
        }
        classPath = String.join(File.pathSeparator, jars);
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-proc:none",
                                "-cp",
                                classPath,
                                "-d",
                                classes.toString(),
                                EXAMPLES.resolve("SeedLosses.java").toString(),
                                EXAMPLES.resolve("SeedTimes.java").toString()))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "SeedTimes, pair, posted, ns",
        "SeedTimes, pair, unchecked, ns",
        "SeedTimes, instant, array_qmempool, ns",
        "SeedLosses, pairs, '', ''"
    })
    void each_does_what_the_page_says(String program, String what, String which, String told) throws Exception {
        Path output = classes.resolve("output.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(), "-cp", classPath, program, what));
        if (!which.isEmpty()) {
            command.add(which);
        }
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        String text = text(output);
        assertThat(process.exitValue()).as(text).isZero();
        assertThat(text).contains(told).doesNotContain("Exception");
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file);
    }
}

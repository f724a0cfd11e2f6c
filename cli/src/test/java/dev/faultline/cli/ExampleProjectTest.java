package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example project under {@code docs/examples/layout-test} does what it says: copied, compiled against this build,
 * and run in a VM of its own by JUnit, as Maven would. What Maven would take from elsewhere, its pom's versions, are
 * those of this build.
 */
@Tag("slow")
class ExampleProjectTest {

    private static final Path EXAMPLE = Path.of("docs/examples/layout-test").toAbsolutePath();
    private static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    @TempDir
    Path copy;

    @Test
    void its_tests_pass() throws Exception {
        copy();
        assertThat(run()).endsWith("3 tests, 0 failed\n");
    }

    @Test
    void its_tests_fail_with_the_lines_when_the_padding_is_removed() throws Exception {
        copy();
        Path ring = copy.resolve("src/main/java/com/example/ring/Ring.java");
        Files.writeString(ring, Files.readString(ring).replaceAll("\\n *long pad1.*;", ""));
        Path queue = copy.resolve("src/main/c/queue.h");
        Files.writeString(queue, Files.readString(queue).replace("tail  __attribute__((aligned(64)))", "tail"));
        assertThat(run())
                .contains("class com.example.ring.Ring breaks a promise: alone: head\n")
                .containsPattern("volatile long +head; .*\\n +/\\* ! alone: head \\*/\\n")
                .contains("struct queue breaks a promise: alone: head\n")
                .endsWith("3 tests, 3 failed\n");
    }

    @Test
    void its_contract_is_kept() {
        Cli.Run run = Cli.run("check", "docs/examples/layout-test");
        assertThat(run.status()).as(run.out() + run.err()).isZero();
    }

    @Test
    void its_pom_asks_for_what_this_build_is() throws IOException {
        String pom = Files.readString(EXAMPLE.resolve("pom.xml"));
        String build = Files.readString(Path.of("pom.xml"));
        assertThat(version(pom, "<artifactId>faultline-core</artifactId>"))
                .isEqualTo(version(build, "<artifactId>faultline-parent"));
        assertThat(version(pom, "<artifactId>junit-jupiter</artifactId>")).isEqualTo(property(build, "junit.version"));
        assertVersions(pom, build, "maven-resources-plugin", "maven-compiler-plugin", "maven-surefire-plugin");
        assertThat(property(pom, "maven.compiler.release")).isEqualTo(property(build, "maven.compiler.release"));
    }

    /** The module without a parent that holds what the libraries bring repeats versions too. */
    @Test
    void the_module_library_test_asks_for_what_this_build_is() throws IOException {
        String pom = Files.readString(Path.of("library-test/pom.xml"));
        String build = Files.readString(Path.of("pom.xml"));
        for (String library : List.of("faultline-core", "faultline-offheap")) {
            assertThat(version(pom, "<artifactId>" + library + "</artifactId>"))
                    .isEqualTo(version(build, "<artifactId>faultline-parent"));
        }
        assertVersions(pom, build, "maven-dependency-plugin", "maven-enforcer-plugin", "spotless-maven-plugin");
    }

    private static void assertVersions(String pom, String build, String... plugins) {
        for (String plugin : plugins) {
            assertThat(version(pom, "<artifactId>" + plugin + "</artifactId>"))
                    .isEqualTo(property(build, plugin + ".version"));
        }
    }

    @Test
    void its_two_commands_install_the_library_it_needs_and_run_its_tests() throws IOException {
        List<String> commands = Files.readString(EXAMPLE.resolve("README.md"))
                .lines()
                .filter(line -> line.startsWith("$ "))
                .map(line -> line.substring(2))
                .toList();
        assertThat(commands)
                .containsExactly(
                        "./mvnw -q -DskipTests -pl layout-core -am install",
                        "./mvnw -f docs/examples/layout-test test");
        assertThat(Path.of("mvnw")).isExecutable();
        assertThat(Path.of("layout-core/pom.xml")).content().contains("<artifactId>faultline-core</artifactId>");
    }

    private static String version(String pom, String after) {
        return first(pom, Pattern.quote(after) + ".*?<version>(.*?)</version>");
    }

    private static String property(String pom, String name) {
        return first(pom, "<" + Pattern.quote(name) + ">(.*?)<");
    }

    private static String first(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }

    private void copy() throws IOException {
        for (Path file : files(EXAMPLE)) {
            Path target = copy.resolve(EXAMPLE.relativize(file).toString());
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !directory.relativize(file).startsWith("target"))
                    .sorted()
                    .toList();
        }
    }

    /** Compiles main and test classes into directories of their own, and runs the tests where Maven would run them. */
    private String run() throws IOException, InterruptedException {
        Path classes = compile("main", "");
        Path tests = compile("test", classes + File.pathSeparator);
        String classPath = tests + File.pathSeparator + classes + File.pathSeparator + CLASS_PATH;
        Path output = copy.resolve("output.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                JUnitRun.class.getName(),
                tests.toString()));
        Process process = new ProcessBuilder(command)
                .directory(copy.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output);
    }

    private Path compile(String kind, String before) throws IOException {
        Path classes = Files.createDirectories(copy.resolve("target/" + kind));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<Path> sources = files(copy.resolve("src/" + kind + "/java"));
            boolean compiled = compiler.getTask(
                            complaints,
                            manager,
                            null,
                            List.of(
                                    "--release",
                                    "17",
                                    "-Xlint:all,-classfile,-options,-path",
                                    "-Werror",
                                    "-proc:none",
                                    "-cp",
                                    before + CLASS_PATH,
                                    "-d",
                                    classes.toString()),
                            null,
                            manager.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(compiled).as(complaints.toString()).isTrue();
        }
        return classes;
    }
}

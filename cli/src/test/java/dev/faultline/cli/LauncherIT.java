package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the real script of the distribution that this build has made, unpacked where a user might. */
class LauncherIT {

    private static final String TINY_BENCH =
            "bench queue --forks 1 --scenario pair --only [ja]*[ya] --format json"; // JCTools' array queue and Agrona's

    private static final Path ARCHIVE = Path.of(System.getProperty("faultline.archive"));

    @TempDir
    Path temporary;

    private Path dist;

    @BeforeEach
    void unpack() throws Exception {
        unpack("a place with blanks");
    }

    private void unpack(String name) throws Exception {
        Path place = Files.createDirectory(temporary.resolve(name));
        run(Map.of(), temporary, "tar", "-xzf", ARCHIVE.toString(), "-C", place.toString());
        try (Stream<Path> directories = Files.list(place)) {
            dist = directories.findFirst().orElseThrow();
        }
    }

    /** Leaves no place for an archive, which saves the time of making it. */
    private void withoutArchive() throws IOException {
        Files.writeString(dist.resolve("cache"), "in the way");
        Files.writeString(temporary.resolve("user-cache"), "in the way");
    }

    record Run(int status, String out, String err) {}

    private Run run(Map<String, String> environment, Path directory, String... words)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(temporary, "out", "");
        Path err = Files.createTempFile(temporary, "err", "");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("JAVA_") || name.startsWith("JDK_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment()
                .put("XDG_CACHE_HOME", temporary.resolve("user-cache").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private Run faultline(String... words) throws IOException, InterruptedException {
        return run(Map.of(), temporary, command(dist.resolve("bin/faultline"), words));
    }

    private static String[] command(Path script, String... words) {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(words));
        return command.toArray(String[]::new);
    }

    private List<Path> archives() throws IOException {
        Path cache = dist.resolve("cache");
        if (!Files.isDirectory(cache)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(cache)) {
            return files.toList();
        }
    }

    @Test
    void the_first_run_says_nothing_of_the_archive_it_makes_and_the_second_uses_it() throws Exception {
        unpack("place"); // JDK 17 does not find classes in the archive again when there is a blank in their path
        Run first = faultline("inspect", "rtable@6.3", "--fail-on", "info");
        assertThat(first.err()).isEmpty();
        assertThat(first.status()).isEqualTo(1);
        assertThat(archives()).hasSize(1).allSatisfy(file -> assertThat(file).isNotEmptyFile());
        var made = Files.getLastModifiedTime(archives().get(0));

        assertThat(faultline("inspect", "rtable@6.3", "--fail-on", "info")).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(archives().get(0))).isEqualTo(made);

        Run loaded = run(
                Map.of("FAULTLINE_OPTS", "-Xlog:class+load=info:stdout"),
                temporary,
                command(dist.resolve("bin/faultline"), "--version"));
        assertThat(loaded.out()).containsPattern("dev\\.faultline\\.cli\\.Main source: shared objects file");
    }

    @Test
    void an_archive_of_other_jars_is_made_again() throws Exception {
        faultline("--version");
        Path archive = archives().get(0);
        Files.write(archive, new byte[] {1, 2, 3});
        Files.setLastModifiedTime(archive, FileTime.fromMillis(0));
        Path jar = dist.resolve("lib/faultline.jar");
        Files.write(jar, Files.readAllBytes(jar)); // as an upgrade in place does
        Run run = faultline("--version");
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(Files.size(archive)).isGreaterThan(100_000);
    }

    @Test
    void a_damaged_archive_is_not_noticed() throws Exception {
        faultline("--version");
        Files.write(archives().get(0), new byte[] {1, 2, 3});
        Run run = faultline("--version");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("faultline ");
        assertThat(run.status()).isZero();
    }

    @Test
    void runs_at_the_same_time_do_not_break_each_other() throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<Object> results = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 3; i++) {
            Thread thread = new Thread(() -> {
                try {
                    results.add(faultline("inspect", "rtable@6.3"));
                } catch (Exception failed) {
                    results.add(failed);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(results).hasSize(3).containsOnly(results.get(0));
        assertThat(((Run) results.get(0)).status()).isZero();
        assertThat(archives()).hasSize(1);
    }

    @Test
    void links_to_the_script_work_from_any_directory() throws Exception {
        withoutArchive();
        Path bin = Files.createDirectory(temporary.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("absolute"), dist.resolve("bin/faultline"));
        Files.createSymbolicLink(bin.resolve("relative"), Path.of("absolute"));
        Run run = run(Map.of(), bin, "sh", "-c", "PATH=.:$PATH relative --version");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("faultline ");
    }

    static Stream<Path> homes() throws IOException {
        Path installed = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(installed)) {
            return Stream.of(Path.of(System.getProperty("java.home")));
        }
        try (Stream<Path> homes = Files.list(installed)) {
            return homes
                    .filter(home -> Files.exists(home.resolve("release")) && Files.exists(home.resolve("bin/java")))
                    .map(LauncherIT::real)
                    .distinct()
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static Path real(Path home) {
        try {
            return home.toRealPath();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @ParameterizedTest
    @MethodSource("homes")
    void no_installed_java_has_anything_to_say(Path home) throws Exception {
        Map<String, String> environment = Map.of("JAVA_HOME", home.toString());
        String script = dist.resolve("bin/faultline").toString();
        for (int i = 0; i < 2; i++) {
            Run version = run(environment, temporary, script, "--version");
            assertThat(version.err()).isEmpty();
            assertThat(version.out()).startsWith("faultline ").hasLineCount(1);
            Run verified =
                    run(environment, temporary, script, "inspect", "--from", "jvm", "java.util.ArrayList", "--verify");
            assertThat(verified.err())
                    .startsWith("faultline: verified java.util.ArrayList")
                    .hasLineCount(1);
            assertThat(verified.status()).isZero();
        }
        Run calibrated = run(environment, temporary, script, "calibrate", "--rounds", "1", "--seconds", "0.1");
        assertThat(calibrated.err()).startsWith("faultline: ").hasLineCount(1);
        assertThat(calibrated.status()).isIn(0, 3); // nobody knows what else runs on the machine that tests
    }

    @Test
    void a_java_that_is_too_old_is_passed_over() throws Exception {
        withoutArchive();
        Path old = Files.createDirectories(temporary.resolve("jdk8/bin")).getParent();
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"1.8.0_402\"\n");
        Path java = Files.writeString(old.resolve("bin/java"), "#!/bin/sh\nexit 99\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Run run = run(
                Map.of("JAVA_HOME", old.toString(), "PATH", System.getProperty("java.home") + "/bin:/usr/bin:/bin"),
                temporary,
                command(dist.resolve("bin/faultline"), "--version"));
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("faultline ");
    }

    @Test
    void options_of_the_environment_are_not_announced() throws Exception {
        withoutArchive();
        Run run = run(
                Map.of("JAVA_TOOL_OPTIONS", "-Dx=y", "JDK_JAVA_OPTIONS", "-Dx=y"),
                temporary,
                command(dist.resolve("bin/faultline"), "--version"));
        assertThat(run.err()).isEmpty();
    }

    @Test
    void without_a_writable_place_there_is_no_archive_and_no_complaint() throws Exception {
        withoutArchive();
        Run run = faultline("--version");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("faultline ");
        assertThat(run.status()).isZero();
    }

    @Test
    void a_reader_that_goes_away_ends_the_run_quietly() throws Exception {
        withoutArchive();
        Run run = run(
                Map.of(), temporary, "sh", "-c", "'" + dist.resolve("bin/faultline") + "' list --from jvm | head -n 2");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).hasLineCount(2);
    }

    @Test
    void a_full_disk_is_said_in_one_line() throws Exception {
        withoutArchive();
        assumeTrue(Files.exists(Path.of("/dev/full")), "this system has no /dev/full");
        Run run = run(
                Map.of(), temporary, "sh", "-c", "'" + dist.resolve("bin/faultline") + "' inspect rtable > /dev/full");
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).hasLineCount(1).contains("No space left on device");
    }

    @ParameterizedTest
    @MethodSource("homes")
    void a_benchmark_runs_in_forks_and_only_its_report_goes_to_standard_output(Path home) throws Exception {
        Run run = run(
                Map.of("JAVA_HOME", home.toString()),
                temporary,
                command(dist.resolve("bin/faultline"), TINY_BENCH.split(" ")));
        assertThat(run.status()).as(run.err()).isIn(0, 3); // nobody knows what else runs on the machine that tests
        if (Runtime.getRuntime().availableProcessors() < 2) {
            assertThat(run.err()).hasLineCount(1);
            return;
        }
        assertThat(run.out())
                .startsWith("{\"schema\":\"faultline/1\",\"benchmark\":{\"suite\":\"queue\"")
                .endsWith("}\n")
                .hasLineCount(1);
        if (run.status() == 0) {
            assertThat(run.err()).isEmpty();
            assertThat(run.out())
                    .contains("\"conclusive\":true", "\"name\":\"jctools-array\"", "\"name\":\"agrona\"")
                    .containsPattern("\"forks\":\\[\\[[0-9.]+");
        } else {
            assertThat(run.err()).startsWith("faultline: inconclusive: pair: ").doesNotContain("fork failed");
        }
    }

    @Test
    void without_the_benchmarks_libraries_the_command_says_what_is_missing_and_the_others_work() throws Exception {
        withoutArchive();
        Path jctools;
        try (Stream<Path> jars = Files.list(dist.resolve("lib/bench"))) {
            jctools = jars.filter(jar -> jar.getFileName().toString().startsWith("jctools"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.delete(jctools);
        Run one = faultline(TINY_BENCH.split(" "));
        assertThat(one.status()).isEqualTo(3);
        assertThat(one.err())
                .isEqualTo(
                        "faultline: bench: needs JCTools on the class path; the distribution has them in lib/bench\n");

        run(Map.of(), temporary, "rm", "-r", dist.resolve("lib/bench").toString());
        Run all = faultline(TINY_BENCH.split(" "));
        assertThat(all.status()).isEqualTo(3);
        assertThat(all.out()).isEmpty();
        assertThat(all.err())
                .contains("needs JMH, JCTools, Agrona on the class path")
                .hasLineCount(1);
        assertThat(faultline("bench", "--list").status()).isZero();
        assertThat(faultline("inspect", "rtable@6.3").status()).isZero();
    }

    @Test
    void no_command_but_bench_finds_the_benchmarks_libraries() throws Exception {
        Path jar = dist.resolve("lib/faultline.jar");
        try (var opened = new java.util.jar.JarFile(jar.toFile())) {
            assertThat(opened.getManifest().getMainAttributes().getValue("Class-Path"))
                    .contains("chronicle-bytes")
                    .doesNotContain("jmh", "jctools", "agrona", "pool2", "netty", "jopt", "math3");
        }
        try (Stream<Path> jars = Files.list(dist.resolve("lib/bench"))) {
            assertThat(jars.map(one -> one.getFileName().toString().replaceFirst("-[0-9.]+(Final)?\\.jar$", "")))
                    .containsExactlyInAnyOrder(
                            "jmh-core", "commons-math3", "jctools-core", "agrona", "commons-pool2", "netty-common");
        }
    }

    @Test
    void the_distribution_holds_what_it_needs_and_no_more() throws Exception {
        try (Stream<Path> jars = Files.list(dist.resolve("lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString()))
                    .contains("faultline.jar")
                    .noneMatch(name -> name.matches("(picocli|jna|jffi|jnr|junit|jmh|jctools|agrona|commons|netty).*"));
        }
        assertThat(dist.resolve("LICENSE")).isNotEmptyFile();
        assertThat(dist.resolve("README.md")).isNotEmptyFile();
        assertThat(Files.isExecutable(dist.resolve("bin/faultline"))).isTrue();
    }
}

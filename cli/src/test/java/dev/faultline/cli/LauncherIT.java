package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        // whatever the umask is: an archive needs a place that no other user can write
        Path place = temporary.resolve(name);
        run(Map.of("PLACE", place.toString(), "ARCHIVE", ARCHIVE.toString()), temporary, "sh", "-c", """
                umask 022 && mkdir "$PLACE" && tar -xzf "$ARCHIVE" -C "$PLACE"
                """);
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

    private static final int OTHER_USER = 65534;
    private static final String LOADING = "--help"; // --version alone takes no archive on JDK 25
    private static final String LOADED_FROM_ARCHIVE = "dev\\.faultline\\.cli\\.Main source: shared objects file";

    /** Whether a run takes the program's classes from an archive. */
    private boolean loadsArchive(Map<String, String> environment) throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(environment);
        all.put("FAULTLINE_OPTS", "-Xlog:class+load=info:stdout");
        Run run = run(all, temporary, command(dist.resolve("bin/faultline"), LOADING));
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        return Pattern.compile(LOADED_FROM_ARCHIVE).matcher(run.out()).find();
    }

    private boolean isRoot() throws IOException {
        return (Integer) Files.getAttribute(temporary, "unix:uid") == 0;
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
    }

    private static void setMode(Path file, int mode) throws IOException {
        Files.setAttribute(file, "unix:mode", mode);
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
                command(dist.resolve("bin/faultline"), LOADING));
        assertThat(loaded.out()).containsPattern("dev\\.faultline\\.cli\\.Main source: shared objects file");
    }

    @Test
    void on_a_terminal_the_first_run_says_why_it_takes_long_and_the_program_is_told_the_width() throws Exception {
        assumeTrue(
                Files.exists(Path.of("/usr/bin/script")) && Files.exists(Path.of("/proc/self")), "no Linux script(1)");
        Path home = Files.createDirectories(temporary.resolve("jdk"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"21.0.1\"\n");
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"terminals=$FAULTLINE_TERMINAL columns=$FAULTLINE_COLUMNS\"\n");
        setMode(java, 0755);
        String words = "stty cols 101; exec '" + dist.resolve("bin/faultline") + "' --version";
        String[] onTerminal = {"script", "-qec", words, "/dev/null"};

        Run first = run(Map.of("JAVA_HOME", home.toString()), temporary, onTerminal);
        assertThat(first.out().lines())
                .containsExactly(
                        "faultline: first run with this Java: preparing faster starts, some seconds...",
                        "terminals=out err columns=101");

        Run second = run(Map.of("JAVA_HOME", home.toString()), temporary, onTerminal);
        assertThat(second.out().lines()).containsExactly("terminals=out err columns=101");

        Run elsewhere = run(Map.of("JAVA_HOME", home.toString()), temporary, command(dist.resolve("bin/faultline")));
        assertThat(elsewhere.out()).isEqualTo("terminals= columns=\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "inspect --from -",
                "list --from - --format json",
                "import net-cachelines -",
                "diff - rtable@6.3",
                "suggest --from - a",
                "simulate --from - a",
                "report - -o r.html",
                "check --from - a"
            })
    void closed_standard_input_is_said_to_be_closed(String words) throws Exception {
        withoutArchive();
        String closed = "faultline: standard input: cannot be read: it is closed; give a file, or a pipe such as"
                + " `pahole -C foo a.o |`\n";
        String script = dist.resolve("bin/faultline").toString();
        Run run = run(Map.of(), temporary, "sh", "-c", "exec \"$0\" " + words + " <&-", script);
        assertThat(run.err()).contains(closed).doesNotContain("empty").doesNotContain("internal error");
        assertThat(run.status()).isEqualTo(3);

        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String jar = dist.resolve("lib/faultline.jar").toString();
        Run bare = run(Map.of(), temporary, "sh", "-c", "exec \"$0\" -jar \"$1\" " + words + " <&-", java, jar);
        assertThat(bare.err()).contains(closed);
        assertThat(bare.status()).isEqualTo(3);
    }

    @Test
    void an_archive_of_other_jars_is_made_again() throws Exception {
        faultline("--version");
        Path archive = archives().get(0);
        setMode(archive, 0644);
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
        setMode(archives().get(0), 0644);
        Files.write(archives().get(0), new byte[] {1, 2, 3});
        Run run = faultline("--version");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("faultline ");
        assertThat(run.status()).isZero();
    }

    /**
     * No other archive can be made, since none of these places is writable. A run that does not use this archive uses
     * none.
     */
    @Test
    void an_archive_that_others_may_write_or_own_is_not_used() throws Exception {
        unpack("place");
        faultline("--version");
        Path archive = archives().get(0);
        Path cache = dist.resolve("cache");
        Path above = dist.getParent();
        Files.writeString(temporary.resolve("user-cache"), "in the way");
        Files.copy(archive, temporary.resolve("copy"));
        assertThat(loadsArchive(Map.of())).isTrue();

        record Place(Path path, int safe, List<Integer> unsafe) {}
        for (Place place : List.of(
                new Place(cache, 0755, List.of(0775, 0757, 0777, 01777)),
                new Place(dist, 0755, List.of(0775, 0777)),
                new Place(above, 0755, List.of(0775, 0777)))) {
            for (int mode : place.unsafe()) {
                setMode(place.path(), mode);
                assertThat(loadsArchive(Map.of()))
                        .as("%o of %s", mode, place.path())
                        .isFalse();
            }
            setMode(place.path(), place.safe());
            assertThat(loadsArchive(Map.of())).isTrue();
        }
        setMode(above, 01777); // others make files there, but do not move ours
        assertThat(loadsArchive(Map.of())).isTrue();
        setMode(above, 0755);
        if (isRoot()) {
            for (Path place : List.of(cache, dist, above)) {
                Files.setAttribute(place, "unix:uid", OTHER_USER);
                assertThat(loadsArchive(Map.of())).as("another's %s", place).isFalse();
                Files.setAttribute(place, "unix:uid", 0);
            }
            assertThat(loadsArchive(Map.of())).isTrue();
        }
    }

    @Test
    void an_archive_that_is_not_used_is_made_again_where_no_other_user_can_have_made_it() throws Exception {
        unpack("place");
        faultline("--version");
        Path archive = archives().get(0);
        byte[] good = Files.readAllBytes(archive);
        setMode(archive, 0666);
        Files.write(archive, new byte[] {1, 2, 3});
        faultline("--version");
        assertThat(Files.size(archive)).isGreaterThan(100_000);
        assertThat(mode(archive).substring(3)).doesNotContain("w");

        Path elsewhere = Files.write(temporary.resolve("elsewhere"), good);
        Files.delete(archive);
        Files.createSymbolicLink(archive, elsewhere);
        faultline("--version");
        assertThat(archive)
                .isRegularFile()
                .satisfies(file -> assertThat(Files.isSymbolicLink(file)).isFalse());
        assertThat(elsewhere).hasBinaryContent(good);
        if (isRoot()) {
            Files.setAttribute(archive, "unix:uid", OTHER_USER);
            faultline("--version");
            assertThat(Files.getAttribute(archive, "unix:uid")).isEqualTo(0);
        }
    }

    @Test
    void the_users_cache_is_used_and_made_only_where_no_other_user_can_replace_it() throws Exception {
        unpack("place");
        Files.writeString(dist.resolve("cache"), "in the way");
        Path shared = Files.createDirectory(temporary.resolve("shared"));
        Path cache = shared.resolve("faultline");
        Map<String, String> environment = Map.of("XDG_CACHE_HOME", shared.toString());

        setMode(shared, 0777);
        assertThat(loadsArchive(environment)).isFalse();
        assertThat(shared).isEmptyDirectory();

        setMode(shared, 0755);
        assertThat(loadsArchive(environment)).isTrue();
        assertThat(mode(cache)).isEqualTo("rwx------");

        Path real = temporary.resolve("real");
        Files.move(cache, real);
        Files.createSymbolicLink(cache, real);
        assertThat(loadsArchive(environment)).as("by one's own link").isTrue();
        Files.delete(cache);
        Files.createSymbolicLink(cache, Path.of("../beyond/real"));
        Path beyond = Files.createDirectory(temporary.resolve("beyond"));
        setMode(beyond, 0755);
        Files.move(real, beyond.resolve("real"));
        assertThat(loadsArchive(environment)).isTrue();
        setMode(beyond, 0777);
        assertThat(loadsArchive(environment))
                .as("a link into a directory of all")
                .isFalse();
        setMode(beyond, 0755);
        if (isRoot()) {
            Files.setAttribute(cache, "unix:uid", OTHER_USER, LinkOption.NOFOLLOW_LINKS);
            assertThat(loadsArchive(environment)).as("by another's link").isFalse();
            Files.setAttribute(cache, "unix:uid", 0, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(shared, "unix:uid", OTHER_USER);
            assertThat(loadsArchive(environment)).as("in another's directory").isFalse();
        }
    }

    @Test
    void a_relative_cache_and_a_home_there_is_not_are_not_used() throws Exception {
        Files.writeString(dist.resolve("cache"), "in the way");
        Path here = Files.createDirectory(temporary.resolve("here"));
        Path home = Files.createDirectory(temporary.resolve("home of\na user"));
        setMode(home, 0755);
        String script = dist.resolve("bin/faultline").toString();
        for (Map<String, String> environment : List.of(
                Map.of("XDG_CACHE_HOME", "cache", "HOME", "home"),
                Map.of("XDG_CACHE_HOME", "", "HOME", ""),
                Map.of("XDG_CACHE_HOME", "cache:/x", "HOME", "-"),
                Map.of("XDG_CACHE_HOME", "cache", "HOME", home.toString()))) {
            Run run = run(environment, here, script, "--version");
            assertThat(run.err()).isEmpty();
            assertThat(run.status()).isZero();
            assertThat(here).isEmptyDirectory();
        }
        try (Stream<Path> files = Files.list(home.resolve(".cache/faultline"))) {
            assertThat(files).hasSize(1);
        }
    }

    /** The VM parts the path of its jar at a colon, and would run what the working directory has under the rest. */
    @ParameterizedTest
    @ValueSource(strings = {"--version", "inspect rtable@6.3", "bench --list"})
    void a_distribution_with_a_colon_in_its_path_is_refused_before_java_starts(String words) throws Exception {
        unpack("a:b");
        Run run = faultline(words.split(" "));
        assertThat(run.err())
                .isEqualTo("faultline: cannot run from a directory with a colon in its path: "
                        + dist.resolve("bin").toRealPath() + "\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.status()).isEqualTo(3);
        assertThat(archives()).isEmpty();
    }

    @Test
    void a_colon_in_the_path_of_a_cache_or_a_java_home_opens_no_other_file() throws Exception {
        unpack("place");
        Path home = Files.createSymbolicLink(temporary.resolve("java:home"), Path.of(System.getProperty("java.home")));
        Map<String, String> environment = Map.of("JAVA_HOME", home.toString());
        assertThat(loadsArchive(environment)).isTrue();
        assertThat(archives())
                .hasSize(1)
                .allSatisfy(file -> assertThat(file.toString()).doesNotContain(":"));

        Files.delete(archives().get(0));
        Files.delete(dist.resolve("cache"));
        Files.writeString(dist.resolve("cache"), "in the way");
        Path cache = Files.createDirectory(temporary.resolve("user:cache"));
        setMode(cache, 0755);
        assertThat(loadsArchive(Map.of("XDG_CACHE_HOME", cache.toString()))).isFalse();
        assertThat(cache).isEmptyDirectory();
    }

    @Test
    void an_archive_of_a_long_path_is_made_once() throws Exception {
        unpack("place");
        Files.writeString(dist.resolve("cache"), "in the way");
        Path cache = Files.createDirectory(temporary.resolve("short"));
        setMode(cache, 0755);
        Path deep = Files.createDirectories(temporary.resolve("ä".repeat(120)).resolve("b".repeat(120)));
        Path home = Files.createSymbolicLink(deep.resolve("jdk"), Path.of(System.getProperty("java.home")));
        Map<String, String> environment = Map.of("JAVA_HOME", home.toString(), "XDG_CACHE_HOME", cache.toString());
        assertThat(loadsArchive(environment)).isTrue();
        assertThat(cache.resolve("faultline"))
                .isDirectoryContaining(file -> file.getFileName().toString().startsWith("cksum-"));
    }

    @Test
    void a_version_of_java_with_slashes_stays_in_the_cache() throws Exception {
        unpack("place");
        Path home = Files.createDirectory(temporary.resolve("jdk"));
        Files.createSymbolicLink(home.resolve("bin"), Path.of(System.getProperty("java.home"), "bin"));
        Files.writeString(home.resolve("release"), "JAVA_RUNTIME_VERSION=\"17/../../x:y\"\n");
        Map<String, String> environment = Map.of("JAVA_HOME", home.toString());
        assertThat(loadsArchive(environment)).isTrue();
        assertThat(archives())
                .hasSize(1)
                .allSatisfy(file -> assertThat(file.toString()).doesNotContain(":"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "022", "077"})
    void an_archive_is_never_writable_by_others(String umask) throws Exception {
        String script = "umask " + umask + "; exec '" + dist.resolve("bin/faultline") + "' --version";
        run(Map.of(), temporary, "sh", "-c", script);
        assertThat(archives()).hasSize(1);
        assertThat(mode(dist.resolve("cache"))).isEqualTo(umask.equals("077") ? "rwx------" : "rwxr-xr-x");
        assertThat(mode(archives().get(0)).substring(3)).doesNotContain("w");
        Run other = run(Map.of(), temporary, "sh", "-c", script);
        assertThat(other.status()).isZero();
    }

    @Test
    void the_umask_of_the_program_is_the_users() throws Exception {
        String script = "umask 007; '" + dist.resolve("bin/faultline") + "' inspect rtable -o report.txt";
        for (int i = 0; i < 2; i++) { // once with the archive to be made
            assertThat(run(Map.of(), temporary, "sh", "-c", script).err()).isEmpty();
            Path report = temporary.resolve("report.txt");
            assertThat(mode(report)).isEqualTo("rw-rw----");
            Files.delete(report);
        }
    }

    private Process start(String... words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(dist.resolve("bin/faultline"), words));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment()
                .put("XDG_CACHE_HOME", temporary.resolve("user-cache").toString());
        return builder.start();
    }

    private static void await(Path directory, String prefix) throws Exception {
        for (int i = 0; ; i++) {
            assertThat(i).isLessThan(1200);
            if (Files.isDirectory(directory)) {
                try (Stream<Path> files = Files.list(directory)) {
                    if (files.anyMatch(one -> one.getFileName().toString().startsWith(prefix))) {
                        return;
                    }
                }
            }
            Thread.sleep(50);
        }
    }

    @Test
    void a_launcher_that_is_ended_leaves_neither_archive_nor_report_half_made() throws Exception {
        Path place = Files.createDirectory(temporary.resolve("reports"));
        String report = place.resolve("report.txt").toString();
        Process first = start("inspect", "--from", "-", "-o", report);
        await(dist.resolve("cache"), "draft.");
        first.toHandle().destroy(); // which leaves its standard input open
        assertThat(first.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(first.exitValue()).isEqualTo(143);
        assertThat(archives()).isEmpty();

        Process second = start("inspect", "--from", "-", "-o", report);
        await(place, ".faultline-");
        second.toHandle().destroy();
        assertThat(second.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(second.exitValue()).isEqualTo(143);
        assertThat(second.toHandle().isAlive()).isFalse();
        assertThat(place).isEmptyDirectory();
        assertThat(archives()).hasSize(1);
    }

    @Test
    void options_of_the_vm_are_not_patterns_of_files_and_files_here_are_no_options() throws Exception {
        withoutArchive();
        Path here = Files.createDirectory(temporary.resolve("here"));
        for (String name : List.of("-", "-Dexpanded", "--version", "@argfile", "java")) {
            Files.writeString(here.resolve(name), "-Dread=yes\n");
        }
        Run run = run(
                Map.of("FAULTLINE_OPTS", "-XshowSettings:properties -D*", "CDPATH", temporary.toString()),
                here,
                command(dist.resolve("bin/faultline"), "generate-completion", "@argfile"));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("java.home = ", "got '@argfile'").doesNotContain("expanded", "read = yes");
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
        assertThat(calibrated.status()).isIn(0, 3); // other processes may use the CPUs
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
        assertThat(run.status()).as(run.err()).isIn(0, 3); // other processes may use the CPUs
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

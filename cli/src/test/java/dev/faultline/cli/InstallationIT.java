package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive and the package of Debian, put into an empty directory, run and have their documentation. */
class InstallationIT {

    private static final Path ARCHIVE = Path.of(System.getProperty("faultline.archive"));

    /** A link in Markdown to a file: {@code [text](file)}, {@code [text]: file}. */
    private static final Pattern LINK =
            Pattern.compile("\\]\\(([^)\\s]+)\\)|^\\[[^\\]]+\\]:\\s+(\\S+)", Pattern.MULTILINE);

    /** Shared by the tests that only read it, since the first run of each copy takes seconds. */
    @TempDir
    static Path shared;

    private static Path home;

    @TempDir
    Path root;

    private String run(List<String> command) throws IOException, InterruptedException {
        Path output = root.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(new File("/dev/null"));
        builder.environment().put("XDG_CACHE_HOME", root.resolve("cache").toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("MANWIDTH", "80");
        int status = builder.start().waitFor();
        String text = Files.readString(output);
        assertThat(status).as("%s: %s", command, text).isZero();
        return text;
    }

    private static boolean isMissing(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .noneMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private Path unpacked() throws IOException, InterruptedException {
        if (home == null) {
            run(List.of("tar", "-xzf", ARCHIVE.toString(), "-C", shared.toString()));
            home = shared.resolve(ARCHIVE.getFileName().toString().replace(".tar.gz", ""));
        }
        return home;
    }

    private static List<Path> files(Path directory, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void the_archive_runs_where_it_is_unpacked() throws IOException, InterruptedException {
        unpacked();
        assertThat(run(List.of(home.resolve("bin/faultline").toString(), "inspect", "rtable@6.3")))
                .startsWith("rtable@6.3: ");
        // the example of the tour, from the documentation that comes with it
        assertThat(run(List.of(
                        home.resolve("bin/faultline").toString(),
                        "inspect",
                        "--from",
                        home.resolve("docs/examples/ring.txt").toString(),
                        "--profile",
                        home.resolve("docs/examples/ring.yaml").toString())))
                .startsWith("ring: 3 errors");
        assertThat(home.resolve("docs/schema/faultline-1.schema.json")).isNotEmptyFile();
    }

    @Test
    void no_link_of_the_documentation_in_the_archive_is_dead() throws IOException, InterruptedException {
        unpacked();
        List<String> dead = new ArrayList<>();
        for (Path page : files(home, ".md")) {
            String text = Files.readString(page).replaceAll("(?ms)^```.*?^```|^ {4}.*?$", "");
            Matcher link = LINK.matcher(text);
            while (link.find()) {
                String target = (link.group(1) != null ? link.group(1) : link.group(2)).replaceFirst("#.*", "");
                if (!target.isEmpty() && !target.matches("[a-z]+:.*") && !Files.exists(page.resolveSibling(target))) {
                    dead.add(home.relativize(page) + ": " + target);
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void the_package_installs_into_an_empty_root_runs_and_leaves_nothing() throws IOException, InterruptedException {
        assumeTrue(!isMissing("dpkg"), "this machine has no dpkg");
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can unpack what belongs to root");
        Path installed = Files.createDirectories(root.resolve("installed"));
        Path state =
                Files.createDirectories(installed.resolve("var/lib/dpkg/info")).getParent();
        Files.createDirectories(state.resolve("updates"));
        Files.createFile(state.resolve("status"));
        Files.createFile(state.resolve("available"));
        List<String> dpkg = List.of(
                "dpkg",
                "--root=" + installed,
                "--log=" + root.resolve("dpkg.log"),
                "--force-depends", // no Java is in there
                "--force-not-root",
                "--force-script-chrootless");

        run(with(dpkg, "-i", files(ARCHIVE.getParent(), "_all.deb").get(0).toString()));
        assertThat(run(List.of(installed.resolve("usr/bin/faultline").toString(), "--version")))
                .startsWith("faultline ");
        assertThat(run(List.of(installed.resolve("usr/bin/faultline").toString(), "list", "--match", "rtable*")))
                .contains("rtable");
        assertThat(installed.resolve("usr/share/bash-completion/completions/faultline"))
                .isNotEmptyFile();
        assertThat(installed.resolve("usr/share/doc/faultline/docs/sources.md")).isNotEmptyFile();
        if (!isMissing("man")) {
            assertThat(run(List.of(
                            "man", "-M", installed.resolve("usr/share/man").toString(), "faultline-inspect")))
                    .contains("FAULTLINE-INSPECT(1)", "--fail-on=SEVERITY");
        }

        run(with(dpkg, "-r", "faultline"));
        try (Stream<Path> left = Files.walk(installed)) {
            assertThat(left.filter(Files::isRegularFile).filter(file -> !file.startsWith(state)))
                    .isEmpty();
        }
    }

    private static List<String> with(List<String> words, String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return all;
    }

    @Test
    void every_command_has_a_manual_page_that_renders_without_a_warning() throws IOException, InterruptedException {
        assumeTrue(!isMissing("man"), "this machine has no man");
        unpacked();
        List<Path> pages = files(home.resolve("man"), ".1");
        assertThat(pages).hasSizeGreaterThan(14);
        for (Path page : pages) {
            String name = page.getFileName().toString().replace(".1", "");
            String text = run(List.of("man", "--warnings", "-l", page.toString()));
            assertThat(text).doesNotContain("warning:").contains("SYNOPSIS", "OPTIONS", "EXAMPLES");
            assertThat(text.lines()).allMatch(line -> line.length() <= 100);
            assertThat(text.lines().findFirst().orElseThrow()).startsWith(name.toUpperCase(Locale.ROOT));
        }
        String list = run(List.of(home.resolve("bin/faultline").toString(), "--help"));
        Matcher command = Pattern.compile("^  ([a-z-]+)  ", Pattern.MULTILINE).matcher(list);
        while (command.find()) {
            if (!command.group(1).equals("help") && !command.group(1).equals("faultline")) {
                assertThat(pages).contains(home.resolve("man/man1/faultline-" + command.group(1) + ".1"));
            }
        }
    }

    @Test
    void the_completion_file_completes_commands() throws IOException, InterruptedException {
        unpacked();
        assertThat(run(List.of(
                        "bash",
                        "-c",
                        "source " + home.resolve("completion/faultline.bash")
                                + "; COMP_WORDS=(faultline ins); COMP_CWORD=1; _complete_faultline;"
                                + " echo \"${COMPREPLY[@]}\"")))
                .contains("inspect");
    }
}

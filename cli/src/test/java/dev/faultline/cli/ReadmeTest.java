package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.testing.NativeCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the console blocks of the README and of the pages for readers, and compares what they print with what stands
 * there. A line {@code ...} stands for any lines; {@code echo $?} shows the status of the command before. What needs
 * the kernel's BTF is run where there is one.
 */
class ReadmeTest {

    private static final Path README = Path.of("README.md");
    private static final List<Path> PAGES =
            List.of(README, Path.of("docs/README.md"), Path.of("docs/tour.md"), Path.of("docs/reading-output.md"));
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```console\\n(.*?)^```$");
    private static final Pattern COMMAND =
            Pattern.compile("(?:cli/)?faultline(?<words>(?:'[^']*'|[^<'])*)(?:< (?<input>\\S+))?");
    private static final String COMPILER = "g++";

    /** A command of a page and the lines under it. */
    record Step(Path page, String command, List<String> printed) {
        @Override
        public String toString() {
            return page + ": " + command;
        }
    }

    private static List<Step> steps(Path page) throws IOException {
        List<Step> steps = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(page));
        while (block.find()) {
            for (String line : block.group(1).lines().toList()) {
                if (line.startsWith("$ ")) {
                    steps.add(new Step(page, line.substring(2), new ArrayList<>()));
                } else {
                    steps.get(steps.size() - 1).printed().add(line);
                }
            }
        }
        return steps;
    }

    static List<Step> commands() throws IOException {
        List<Step> commands = new ArrayList<>();
        for (Path page : PAGES) {
            steps(page).stream()
                    .filter(step -> !step.command().matches("(echo|mvn|javac|g\\+\\+) .*"))
                    .forEach(commands::add);
        }
        return commands;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_command_prints_what_stands_under_it(Step step) throws IOException, InterruptedException {
        assumeTrue(
                !step.command().contains("kernel") || Files.exists(Path.of("/sys/kernel/btf/vmlinux")),
                "this machine has no kernel BTF");
        compileFor(step);
        Cli.Run run = run(step);
        String expected = step.printed().stream()
                .map(line -> line.equals("...") ? "(?:.*\\n)*?" : Pattern.quote(line) + "\\n")
                .collect(Collectors.joining());
        String printed =
                (run.out() + run.err()).lines().map(line -> line + "\n").collect(Collectors.joining());
        if (!printed.matches(expected)) { // shows the difference; a bare pattern would not
            regenerate(step, printed);
            assertThat(printed).isEqualTo(String.join("\n", step.printed()) + "\n");
        }
        assertThat(run.status()).as(run.err()).isEqualTo(followingEcho(step).orElse(0));
    }

    /** Makes the object file or the classes that a command names, as its page does. */
    private static void compileFor(Step step) throws IOException, InterruptedException {
        for (Step before : steps(step.page())) {
            String made = before.command().replaceFirst("^.* -[od] (\\S+).*", "$1");
            if (before.command().startsWith("javac ") && step.command().contains(made)) {
                String[] words = before.command().substring("javac ".length()).split(" ");
                assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, words))
                        .isZero();
            }
            if (before.command().startsWith(COMPILER) && step.command().contains(made)) {
                assumeTrue(NativeCompiler.has(COMPILER), COMPILER + " is not installed");
                Files.createDirectories(Path.of(made).getParent());
                Process compiler = new ProcessBuilder(before.command().split(" "))
                        .inheritIO()
                        .start();
                assertThat(compiler.waitFor()).isZero();
            }
        }
    }

    /** With {@code -Dreadme.update} the page gets what was printed, but what is elided; the test fails all the same. */
    private static void regenerate(Step step, String printed) throws IOException {
        if (System.getProperty("readme.update") != null && !step.printed().contains("...")) {
            Path page = step.page();
            String shown = "$ " + step.command() + "\n"
                    + step.printed().stream().map(line -> line + "\n").collect(Collectors.joining());
            Files.writeString(page, Files.readString(page).replace(shown, "$ " + step.command() + "\n" + printed));
        }
    }

    private static Cli.Run run(Step step) throws IOException {
        Matcher command = COMMAND.matcher(step.command());
        assertThat(command.matches()).as("a command this test can run: " + step).isTrue();
        String[] words = Arrays.stream(command.group("words").strip().split(" +"))
                .map(word -> word.replace("'", ""))
                .toArray(String[]::new);
        String input = command.group("input") == null ? "" : Files.readString(Path.of(command.group("input")));
        return Cli.withInput(input, words);
    }

    private static Optional<Integer> followingEcho(Step step) throws IOException {
        List<Step> all = steps(step.page());
        int next = all.indexOf(step) + 1;
        return next < all.size() && all.get(next).command().equals("echo $?")
                ? Optional.of(Integer.valueOf(all.get(next).printed().get(0)))
                : Optional.empty();
    }

    @Test
    void the_first_commands_work_in_a_new_clone_and_the_tests_are_run_by_the_only_one_of_maven() throws IOException {
        List<String> commands = steps(README).stream().map(Step::command).toList();

        assertThat(commands.get(0)).startsWith("javac -d target/stats docs/examples/");
        assertThat(commands.get(1)).startsWith("cli/faultline inspect target/stats ");
        assertThat(commands)
                .filteredOn(command -> command.startsWith("cli/faultline inspect rtable@6.3 "))
                .hasSize(1);
        assertThat(commands).filteredOn(command -> command.startsWith("mvn ")).containsExactly("mvn verify");
        assertThat(Files.readAllLines(README).indexOf("$ mvn verify")).isLessThan(100);
    }

    @Test
    void examples_of_the_readme_name_their_machine_so_that_each_reader_sees_the_same() throws IOException {
        assertThat(steps(README))
                .map(Step::command)
                .filteredOn(command -> command.contains("faultline "))
                .allMatch(command -> command.contains(" --machine x86-64"))
                .filteredOn(command -> command.contains("target/stats"))
                .allMatch(command -> command.contains(" --vm 17"));
    }

    @Test
    void the_class_shown_is_the_example() throws IOException {
        String shown = Files.readString(README).replaceFirst("(?s).*?```java\\n(.*?)```.*", "$1");

        assertThat(Path.of("docs/examples/Stats.java")).hasContent(shown);
    }

    @Test
    void the_gain_of_the_readme_is_that_of_the_class_shown_as_measured() throws IOException {
        Matcher told = Pattern.compile(
                        "Measured gain: (\\S+) times\\*\\*\\s+\\((\\S+) ns to (\\S+) ns an operation, interval "
                                + "(\\S+ to \\S+)\\)")
                .matcher(Files.readString(README));
        Matcher row = Pattern.compile("\\| first \\| (\\S+) \\(.*?\\| (\\S+) \\(.*?\\| (\\S+) \\((.*?)\\) \\|")
                .matcher(Files.readString(Path.of("docs/performance.md"))
                        .replaceFirst("(?s).*### The two counters of the README", ""));

        assertThat(told.find()).isTrue();
        assertThat(row.find()).isTrue();
        assertThat(told.group(1)).isEqualTo(row.group(3));
        assertThat(told.group(2)).isEqualTo(row.group(1));
        assertThat(told.group(3)).isEqualTo(row.group(2));
        assertThat(told.group(4)).isEqualTo(row.group(4));
    }
}

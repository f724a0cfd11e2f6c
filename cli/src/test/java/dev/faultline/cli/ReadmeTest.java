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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the README's console blocks and compares what they print with what stands there. A line {@code ...} stands for
 * any lines; {@code echo $?} shows the status of the command before. What needs the kernel's BTF is run where there
 * is one.
 */
class ReadmeTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```console\\n(.*?)^```$");
    private static final Pattern COMMAND =
            Pattern.compile("(?:cli/)?faultline(?<words>(?:'[^']*'|[^<'])*)(?:< (?<input>\\S+))?");
    private static final String COMPILER = "g++";

    /** A command and the lines under it. */
    record Step(String command, List<String> printed) {
        @Override
        public String toString() {
            return command;
        }
    }

    static List<Step> steps() throws IOException {
        List<Step> steps = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(Path.of("README.md")));
        while (block.find()) {
            for (String line : block.group(1).lines().toList()) {
                if (line.startsWith("$ ")) {
                    steps.add(new Step(line.substring(2), new ArrayList<>()));
                } else {
                    steps.get(steps.size() - 1).printed().add(line);
                }
            }
        }
        return steps;
    }

    static List<Step> commands() throws IOException {
        return steps().stream()
                .filter(step -> !step.command().startsWith("echo ")
                        && !step.command().startsWith("mvn ")
                        && !step.command().startsWith(COMPILER))
                .toList();
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

    /** Makes the object file that a command names as the page does. */
    private static void compileFor(Step step) throws IOException, InterruptedException {
        for (Step before : steps()) {
            String object = before.command().replaceFirst("^.* -o ", "");
            if (before.command().startsWith(COMPILER) && step.command().contains(object)) {
                assumeTrue(NativeCompiler.has(COMPILER), COMPILER + " is not installed");
                Files.createDirectories(Path.of(object).getParent());
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
            Path page = Path.of("README.md");
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

    private static java.util.Optional<Integer> followingEcho(Step step) throws IOException {
        List<Step> all = steps();
        int next = all.indexOf(step) + 1;
        return next < all.size() && all.get(next).command().equals("echo $?")
                ? java.util.Optional.of(Integer.valueOf(all.get(next).printed().get(0)))
                : java.util.Optional.empty();
    }

    @Test
    void the_first_command_does_the_main_job_and_the_second_runs_the_tests() throws IOException {
        assertThat(steps().get(0).command()).isEqualTo("cli/faultline inspect rtable@6.3");
        assertThat(steps().get(1).command()).isEqualTo("mvn verify");
    }

    @Test
    void files_it_links_to_are_there() throws IOException {
        Matcher link = Pattern.compile("\\]\\((?!http)([^)#]+)").matcher(Files.readString(Path.of("README.md")));
        while (link.find()) {
            assertThat(Path.of(link.group(1))).exists();
        }
    }
}

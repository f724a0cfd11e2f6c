package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The text of the main commands is as wide as asked for, and begins with the verdict. Wider are only lines of a
 * declaration, which are as pahole prints them, commands to copy, words that have no blank to wrap at, and the rows of
 * {@code list}, which are one line each for grep and awk.
 */
class TextWidthsTest {

    private static final int[] WIDTHS = {60, 80, 120, 200};

    static Stream<Arguments> commands() {
        String jar = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> path.contains("jctools-core"))
                .findFirst()
                .orElseThrow();
        return Stream.of(
                Arguments.of("rtable@6.3: 2 errors,", List.of("inspect", "rtable@6.3")),
                Arguments.of("dst_entry@6.3: 1 error, 1 warning,", List.of("inspect", "dst_entry@6.3")),
                Arguments.of("", List.of("inspect", jar, "--vm", "17")),
                Arguments.of("", List.of("suggest", "rtable@6.3", "--cpus", "2")),
                Arguments.of(
                        "", List.of("simulate", "rtable@6.3", "rtable@6.4", "--accesses", "2e4", "--cpus", "1,2,8")),
                Arguments.of("rtable@6.3 -> rtable@6.4  BETTER", List.of("diff", "rtable@6.3", "rtable@6.4")),
                Arguments.of("3 contracts: 20 promises kept", List.of("check", "docs/examples")),
                Arguments.of("", List.of("list")));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void no_line_is_wider_than_asked_for_and_the_first_is_the_verdict(String verdict, List<String> words) {
        for (int width : WIDTHS) {
            List<String> all = new ArrayList<>(words);
            all.addAll(List.of("--machine", "x86-64", "--width", String.valueOf(width)));
            Cli.Run run = Cli.run(all.toArray(String[]::new));

            assertThat(run.status()).as(run.err()).isZero();
            List<String> lines = run.out().lines().toList();
            assertThat(lines.get(0)).as("the first line").startsWith(verdict).containsPattern("[0-9]|BETTER|bytes");
            assertThat(lines)
                    .filteredOn(line -> line.length() > width)
                    .as(words.get(0) + " on " + width + " columns")
                    .allMatch(line -> isDeclaration(line)
                            || line.startsWith("  faultline ")
                            || line.strip().indexOf(' ') < 0
                            || words.get(0).equals("list"));
        }
    }

    /** A row of a declaration ends in where it is; a comment below it names rules, or tells of a hole. */
    private static boolean isDeclaration(String line) {
        return line.startsWith("        ") && line.endsWith("*/");
    }
}

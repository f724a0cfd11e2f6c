package dev.faultline.offheap.jcstress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.offheap.interleave.StressTime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Runs all jcstress tests of the module, each in VMs of its own, for 0.2 s each; with the profile {@code stress} for
 * jcstress' default, 5 s. {@code -Dfaultline.jcstress=REGEX} runs some of them.
 */
@Tag("slow")
@Tag("stress")
class JcstressTest {

    private static final Path DIRECTORY = Path.of("target", "jcstress");
    private static final Pattern RESULTS = Pattern.compile("\\(Results: (\\d+) planned; (\\d+) passed, .*\\)");
    private static final Pattern REPORTED = Pattern.compile("tests: (\\d+) matching test results");

    // a length, a name, and the next length
    private static final Pattern LISTED = Pattern.compile("^JCTEST\\d+S(dev\\.faultline\\.[A-Za-z.]+)");
    private static final Pattern BROKEN = Pattern.compile("\\.Broken[A-Za-z]*");

    private static String filter;
    private static List<String> output;

    @BeforeAll
    static void run_all() throws Exception {
        assumeTrue(Runtime.getRuntime().availableProcessors() >= 2, "two threads at a time need two CPUs");
        filter = System.getProperty("faultline.jcstress", "^dev\\.faultline\\.");
        System.out.println(
                "jcstress has no seed: it is the machine that varies; report in offheap-structs/target/jcstress");
        output = run(filter);
        System.out.println(chosen().size() + " jcstress tests " + lastResults().group());
    }

    @Test
    void no_jcstress_test_sees_what_is_forbidden() throws Exception {
        Matcher results = lastResults();
        assertThat(results.group(2)).as("passed").isEqualTo(results.group(1));
        assertThat(reported())
                .as("tests that ran; those of three actors need three CPUs")
                .isEqualTo(chosen().size());
    }

    /** Tests named Broken show what a fence is for. Whether their failure is seen depends on the machine. */
    @Test
    void what_is_broken_on_purpose_is_seen_to_break() throws Exception {
        List<String> broken =
                chosen().stream().filter(test -> BROKEN.matcher(test).find()).toList();
        String text = String.join("\n", output);
        String interesting = text.substring(text.indexOf("Interesting tests:"), text.indexOf("Failed tests:"));
        for (String test : broken) {
            assumeTrue(interesting.contains(test), test + " has not been seen to break here");
        }
    }

    private static int reported() {
        return output.stream()
                .map(REPORTED::matcher)
                .filter(Matcher::find)
                .mapToInt(reported -> Integer.parseInt(reported.group(1)))
                .sum();
    }

    private static List<String> run(String filter) throws Exception {
        Files.createDirectories(DIRECTORY);
        Path log = DIRECTORY.resolve("output.txt");
        boolean isLong = StressTime.isLong();
        Process process = new ProcessBuilder(command(filter, isLong))
                .directory(DIRECTORY.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(isLong ? 60 : 8, TimeUnit.MINUTES))
                    .as("ends in time")
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        List<String> output = Files.readAllLines(log, StandardCharsets.UTF_8);
        assertThat(process.exitValue())
                .as(() -> String.join("\n", output.subList(Math.max(0, output.size() - 120), output.size())))
                .isZero();
        return output;
    }

    private static List<String> command(String filter, boolean isLong) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.openjdk.jcstress.Main"));
        command.addAll(List.of("-t", filter, "-r", "report", "-jvmArgs", vmArguments()));
        // few states at a time, since each takes off-heap things; see Recycled
        command.addAll(List.of(
                "-strideSize",
                "128",
                "-strideCount",
                "8",
                "-hs",
                "64",
                "-pth",
                "false",
                "-af",
                "NONE",
                "-sc",
                "false"));
        command.addAll(
                isLong ? List.of("-m", "default") : List.of("-m", "quick", "-f", "1", "-iters", "1", "-time", "200"));
        return command;
    }

    private static String vmArguments() {
        String unsafe = Runtime.version().feature() >= 24 ? " --sun-misc-unsafe-memory-access=allow" : "";
        return "-XX:+UseSerialGC" + unsafe;
    }

    private static Matcher lastResults() {
        for (int i = output.size() - 1; i >= 0; i--) {
            Matcher results = RESULTS.matcher(output.get(i));
            if (results.matches()) {
                return results;
            }
        }
        throw new AssertionError("no results in\n" + String.join("\n", output));
    }

    /** {@return the requested tests among those that the annotation processor has listed} */
    private static List<String> chosen() throws IOException {
        try (InputStream list = JcstressTest.class.getResourceAsStream("/META-INF/TestList")) {
            Pattern chosen = Pattern.compile(filter);
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(LISTED::matcher)
                    .filter(Matcher::find)
                    .map(listed -> listed.group(1))
                    .filter(test -> chosen.matcher(test).find())
                    .toList();
        }
    }
}

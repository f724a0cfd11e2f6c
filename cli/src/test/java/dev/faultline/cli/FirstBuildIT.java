package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher of a checkout says while it builds, with something else in the place of Maven. */
@EnabledOnOs(OS.LINUX) // whose `script` and `timeout` take these options
class FirstBuildIT {

    private static final Path LAUNCHER = Path.of(System.getProperty("faultline.checkout"), "cli/faultline");

    @TempDir
    Path directory;

    private Path checkout;

    /** What a run printed, to a terminal or not. */
    private record Outcome(int status, String output) {}

    @BeforeEach
    void aCheckoutWithoutABuild() throws IOException {
        WorkflowShell.assumePrograms("script", "sh");
        checkout = directory.resolve("checkout");
        Files.createDirectories(checkout.resolve("cli"));
        Files.copy(LAUNCHER, checkout.resolve("cli/faultline"));
        Files.createFile(checkout.resolve("cli/pom.xml"));
        Files.createFile(checkout.resolve("pom.xml"));
    }

    private void maven(String script) throws IOException {
        Path mvn = Files.createDirectories(directory.resolve("bin")).resolve("mvn");
        Files.writeString(mvn, "#!/bin/sh\n" + script);
        assertThat(mvn.toFile().setExecutable(true)).isTrue();
    }

    private Outcome run(String... command) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(checkout.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.merge("PATH", directory.resolve("bin").toString(), (old, more) -> more + File.pathSeparator + old);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), Files.readString(output));
    }

    @Test
    void a_terminal_shows_which_module_is_built_and_what_failed() throws IOException, InterruptedException {
        maven("""
                echo '[INFO] Building Faultline 0.1.0-SNAPSHOT                                       [1/8]'
                sleep 2
                echo '[INFO] Building Faultline Core 0.1.0-SNAPSHOT                                  [2/8]'
                sleep 2
                echo '[ERROR] no compiler'
                exit 1
                """);
        Outcome seen = run("script", "-qec", "sh cli/faultline --version", "/dev/null");
        assertThat(seen.status()).isEqualTo(3);
        assertThat(seen.output())
                .contains("faultline: building (first use: ")
                .containsPattern("faultline: \\d s: 1 of 8, Faultline 0.1.0-SNAPSHOT\r?\n")
                .containsPattern("faultline: \\d s: 2 of 8, Faultline Core 0.1.0-SNAPSHOT\r?\n")
                .contains("[ERROR] no compiler", "the build failed")
                .doesNotContain("[INFO]");

        Outcome piped = run("sh", "cli/faultline", "--version");
        assertThat(piped.status()).isEqualTo(3);
        assertThat(piped.output())
                .contains("faultline: building (first use: ", "[ERROR] no compiler")
                .doesNotContain("1 of 8");
        assertThat(checkout.resolve("cli/target/build.lock")).doesNotExist();
    }

    @Test
    void an_interrupted_build_ends_maven_too() throws IOException, InterruptedException {
        maven("echo $$ >'" + directory.resolve("pid") + "'\nexec sleep 50\n");
        Outcome ended = run("timeout", "-s", "INT", "3", "sh", "cli/faultline", "--version");
        assertThat(ended.status()).isEqualTo(124);
        String pid = Files.readString(directory.resolve("pid")).strip();
        assertThat(ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive))
                .isEmpty();
        assertThat(checkout.resolve("cli/target/build.lock")).doesNotExist();
    }
}

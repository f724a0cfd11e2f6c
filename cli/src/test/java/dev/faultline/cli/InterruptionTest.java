package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that ends before its report is whole, in a VM of its own, leaves no file and no part of one. */
@Tag("slow")
class InterruptionTest {

    private static final int SECONDS = 60; // no run takes a tenth of that

    @TempDir
    Path directory;

    private Process process;

    private Process start(ProcessBuilder.Redirect in, List<String> options, String... words) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.faultline.cli.Main"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectInput(in);
        builder.environment().keySet().removeIf(name -> name.contains("JAVA_") && name.endsWith("OPTIONS"));
        process = builder.start();
        return process;
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    private List<String> names(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(one -> one.getFileName().toString()).toList();
        }
    }

    /** Whether a process ignores a signal, as when the process that started the tests did. */
    private static boolean isDeafTo(int signal, Process process) throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        if (!Files.exists(status)) {
            return false;
        }
        String ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> line.substring(line.indexOf('\t') + 1))
                .findFirst()
                .orElse("0");
        return (Long.parseUnsignedLong(ignored, 16) >> (signal - 1) & 1) != 0;
    }

    @ParameterizedTest
    @CsvSource({"INT, 2", "TERM, 15", "HUP, 1"})
    void a_signal_removes_the_draft_and_leaves_the_old_file(String signal, int number) throws Exception {
        Path place = Files.createDirectory(directory.resolve("place"));
        Path report = Files.writeString(place.resolve("report.txt"), "old");
        start(ProcessBuilder.Redirect.PIPE, List.of(), "inspect", "--from", "-", "-o", report.toString());
        try (OutputStream endless = process.getOutputStream()) {
            endless.write("struct a {\n".getBytes());
            endless.flush();
            for (int i = 0; names(place).size() < 2; i++) {
                assertThat(process.isAlive() && i < SECONDS * 20).isTrue();
                Thread.sleep(50);
            }
            boolean deaf = isDeafTo(number, process);
            new ProcessBuilder("kill", "-s", signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (deaf) {
                assertThat(process.waitFor(1, TimeUnit.SECONDS)).isFalse();
                // TERM, which no process ignores; destroy() would close what it wrote
                new ProcessBuilder("kill", "-s", "TERM", Long.toString(process.pid()))
                        .start()
                        .waitFor();
            }
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(128 + (deaf ? 15 : number));
        }
        assertThat(names(place)).containsExactly("report.txt");
        assertThat(report).hasContent("old");
        assertThat(new String(process.getErrorStream().readAllBytes())).isEmpty();
    }

    @Test
    void a_heap_that_is_full_leaves_no_draft() throws Exception {
        Path place = Files.createDirectory(directory.resolve("place"));
        Path input = directory.resolve("input.txt");
        byte[] text = new byte[60 << 20];
        Arrays.fill(text, (byte) 'a');
        Files.write(input, text);
        start(
                ProcessBuilder.Redirect.from(input.toFile()),
                List.of("-Xmx40m"),
                "inspect",
                "--from",
                "-",
                "-o",
                place.resolve("report.txt").toString());
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(new String(process.getErrorStream().readAllBytes())).contains("out of memory");
        assertThat(process.exitValue()).isEqualTo(3);
        assertThat(place).isEmptyDirectory();
    }
}

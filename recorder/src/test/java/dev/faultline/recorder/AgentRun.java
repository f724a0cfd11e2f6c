package dev.faultline.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.file.AccessFile;
import dev.faultline.access.file.AccessFileReader;
import dev.faultline.access.file.AccessRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A program that ran with the agent.
 *
 * @param status its exit status
 * @param out what it printed
 * @param errors what it printed as errors, without warnings of the VM
 * @param file what was recorded
 */
record AgentRun(int status, String out, String errors, AccessFile file) {

    private static final Path AGENT = Path.of(System.getProperty("faultline.agent"));

    /**
     * Runs a program to its end.
     *
     * @param directory where files are written
     * @param vm options of the VM
     * @param classPath the class path
     * @param program its main class, and its arguments, with spaces between them
     * @param classes which classes are recorded
     */
    static AgentRun of(Path directory, List<String> vm, String classPath, String program, String classes)
            throws IOException, InterruptedException {
        Path file = directory.resolve("run.access");
        Files.deleteIfExists(file);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xshare:auto");
        command.addAll(vm);
        command.add("-javaagent:" + AGENT + "=file=" + file + "&classes=" + classes);
        command.addAll(List.of("-cp", classPath));
        command.addAll(List.of(program.split(" ")));
        Process process = new ProcessBuilder(command)
                .redirectError(directory.resolve("err").toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        String errors = Files.readString(directory.resolve("err")).replaceAll("(?m)^WARNING: .*\\R", "");
        assertThat(file).as(errors).isRegularFile();
        return new AgentRun(status, out.strip(), errors, AccessFileReader.read("run.access", Files.readString(file)));
    }

    /**
     * {@return counts by {@code role type field kind}, operations added up} Lines of places where memory is allocated
     * are left out of types, and offsets are told with the width, as in {@code +8:4}.
     */
    Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        for (AccessRow row : file.rows()) {
            AccessRow.Key key = row.key();
            String field = key.field().isEmpty() ? "+" + key.byteOffset() + ":" + row.bytes() : key.field();
            String type = key.type().replaceAll("recorded\\.\\w+\\$", "").replaceAll("(block .*):\\d+$", "$1");
            counts.merge(
                    key.role() + " " + type + " " + field + " " + key.kind().word(), row.count(), Long::sum);
        }
        return counts;
    }
}

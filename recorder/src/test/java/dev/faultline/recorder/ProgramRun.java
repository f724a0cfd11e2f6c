package dev.faultline.recorder;

import dev.faultline.access.file.AccessFile;
import dev.faultline.access.file.AccessFileReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program that was run in a VM of its own, and what the agent wrote about it. */
public final class ProgramRun {

    private static final Path AGENT = Path.of(System.getProperty("faultline.agent"));

    private final int status;
    private final String out;
    private final Path file;

    private ProgramRun(int status, String out, Path file) {
        this.status = status;
        this.out = out;
        this.file = file;
    }

    /** Runs a program without the agent. */
    public static ProgramRun plain(Path directory, Class<?> program, String... arguments) throws Exception {
        return run(directory, null, program, arguments);
    }

    /** Runs a program with the agent. The classes are the glob of what is recorded. */
    public static ProgramRun recorded(Path directory, String classes, Class<?> program, String... arguments)
            throws Exception {
        return run(directory, classes, program, arguments);
    }

    private static ProgramRun run(Path directory, String classes, Class<?> program, String... arguments)
            throws IOException, InterruptedException {
        Process process = start(directory, classes, program, arguments);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new ProgramRun(process.waitFor(), out.replaceAll("(?m)^WARNING: .*\\R", ""), file(directory, program));
    }

    private static Path file(Path directory, Class<?> program) {
        return directory.resolve(program.getSimpleName() + ".access");
    }

    /** Starts a program; without the agent when there are no classes to record. */
    public static Process start(Path directory, String classes, Class<?> program, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xshare:auto");
        if (classes != null) {
            command.add("-javaagent:" + AGENT + "=file=" + file(directory, program) + "&classes=" + classes);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** {@return its exit status} */
    public int status() {
        return status;
    }

    /** {@return what it printed, on standard output and error} */
    public String out() {
        return out;
    }

    /** {@return the first line that the agent wrote, which has the notes} */
    public String header() throws IOException {
        return Files.readAllLines(file).get(0);
    }

    /** {@return what the agent wrote} */
    public AccessFile file() throws IOException {
        return AccessFileReader.read("run.access", Files.readString(file));
    }
}

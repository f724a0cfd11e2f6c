package dev.faultline.maven;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs a command of Faultline in a Java VM of its own, with the options of the launcher, so that a build sees what the
 * command line prints, and so that nothing of Faultline stays in the VM of Maven.
 *
 * @param javaHome the Java installation that runs it, 17 or newer
 * @param classPath the jars of Faultline
 * @param directory the working directory
 * @param scratch a directory for the output; made when it is missing
 */
record ForkedCommand(Path javaHome, List<String> classPath, Path directory, Path scratch) {

    private static final String MAIN = "dev.faultline.cli.Main";

    /** From this version on, the VM warns of Unsafe's methods for memory, which JOL uses. */
    private static final int WARNS_OF_UNSAFE = 24;

    /**
     * What a command printed.
     *
     * @param status its exit status
     * @param out the lines of the report
     * @param err the lines of complaints
     */
    record Outcome(int status, List<String> out, List<String> err) {}

    /**
     * Runs a command to its end.
     *
     * @param words the command and its arguments
     * @throws IOException when the VM cannot be started
     * @throws InterruptedException when the build is stopped; the command is then killed
     */
    Outcome run(List<String> words) throws IOException, InterruptedException {
        Files.createDirectories(scratch);
        Path out = scratch.resolve(words.get(0) + ".out");
        Path err = scratch.resolve(words.get(0) + ".err");
        ProcessBuilder builder = new ProcessBuilder(command(words))
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            int status = process.waitFor();
            return new Outcome(
                    status,
                    Files.readAllLines(out, StandardCharsets.UTF_8),
                    Files.readAllLines(err, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> command(List<String> words) {
        List<String> command = new ArrayList<>(List.of(
                javaHome.resolve("bin").resolve("java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xss2m",
                "-Djol.skipHotspotSAAttach=true",
                "-Djol.skipDynamicAttach=true",
                "-Djol.magicFieldOffset=true"));
        if (Runtime.version().feature() >= WARNS_OF_UNSAFE) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.add("-cp");
        command.add(String.join(File.pathSeparator, classPath));
        command.add(MAIN);
        command.addAll(words);
        return command;
    }
}

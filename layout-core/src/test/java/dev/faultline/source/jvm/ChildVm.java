package dev.faultline.source.jvm;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Starts the JDK of the test with other flags and with the access that {@link VmWitness} needs. */
final class ChildVm {

    private ChildVm() {}

    /**
     * The result of {@link Survey}.
     *
     * @param mode the mode of the VM
     * @param compared number of classes compared
     * @param sized number of classes whose size was compared too
     * @param misses classes that differ, with the differences
     * @param unloaded classes that the VM cannot load, with the reason
     */
    record Found(String mode, int compared, int sized, List<String> misses, List<String> unloaded) {

        static Found of(List<String> lines) {
            String[] totals = only(lines, "COMPARED ").get(0).split(" ");
            return new Found(
                    only(lines, "MODE ").get(0),
                    Integer.parseInt(totals[0]),
                    Integer.parseInt(totals[2]),
                    only(lines, "MISS "),
                    only(lines, "UNLOADED "));
        }

        /** Reads the result from the output, which may contain warnings of the VM. */
        private static List<String> only(List<String> lines, String start) {
            return lines.stream()
                    .filter(line -> line.startsWith(start))
                    .map(line -> line.substring(start.length()))
                    .toList();
        }
    }

    /** {@return the result of {@link Survey} in a VM with those flags} */
    static Found survey(Path scratch, List<String> flags, String... arguments) {
        try {
            Path agent = agent(scratch);
            Path out = Files.createTempFile(scratch, "survey", ".txt");
            Path err = Files.createTempFile(scratch, "survey", ".err");
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of(
                    "-Xshare:auto",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Djava.awt.headless=true",
                    "--add-modules=ALL-SYSTEM",
                    "-javaagent:" + agent,
                    "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--add-opens=java.base/java.io=ALL-UNNAMED"));
            command.addAll(flags);
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), Survey.class.getName()));
            command.addAll(List.of(arguments));
            Process process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("the VM does not end: " + command);
            }
            if (process.exitValue() != 0) {
                throw new AssertionError("status " + process.exitValue() + " from " + command + "\n"
                        + Files.readString(err, StandardCharsets.UTF_8));
            }
            return Found.of(Files.readAllLines(out, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** An agent is named by a jar's manifest; the class itself is on the class path. */
    private static Path agent(Path scratch) throws IOException {
        Path jar = scratch.resolve("agent.jar");
        if (!Files.exists(jar)) {
            Manifest manifest = new Manifest();
            manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
            manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), VmWitness.class.getName());
            try (OutputStream file = Files.newOutputStream(jar);
                    JarOutputStream out = new JarOutputStream(file, manifest)) {
                out.finish();
            }
        }
        return jar;
    }
}

package dev.faultline.cli.record;

import dev.faultline.cli.hooks.HookFile;
import dev.faultline.cli.output.Reasons;
import dev.faultline.cli.run.CliContext;
import dev.faultline.cli.run.ExitStatus;
import dev.faultline.input.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A program that is run with the recorder in it: of Java the agent, of C and C++ the hooks it was linked with. */
final class RecordedProgram {

    private static final String TOOL_OPTIONS = "JAVA_TOOL_OPTIONS";
    /** Where the launcher keeps what it takes out of the environment for the sake of Faultline's own VM. */
    private static final String KEPT = "FAULTLINE_KEPT_";

    private static final List<String> OF_VMS = List.of(TOOL_OPTIONS, "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");
    private static final String OUR_VARIABLES = "FAULTLINE_";
    private static final int BUFFER_BYTES = 1 << 16;
    private static final long SECONDS_TO_END = 10;
    private static final double NANOS_PER_SECOND = 1e9;

    private final List<String> command;
    private final RecordingOutput output;
    private final HookedProcess hooks;
    private final CliContext context;

    /**
     * Describes a program.
     *
     * @param command the program and its arguments
     * @param output the access file to write
     * @param told what is told beside what hooks record
     */
    RecordedProgram(List<String> command, RecordingOutput output, HookFile.Told told) {
        this.command = List.copyOf(command);
        this.output = output;
        this.context = output.context();
        this.hooks = new HookedProcess(output.file(), told, context);
    }

    /**
     * Runs the program.
     *
     * @return its exit status
     * @throws IOException when the file cannot be replaced
     */
    int run() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        clean(builder.environment());
        HookedProcess.Kind kind = HookedProcess.kind(command.get(0), builder.environment());
        if (isJava(command.get(0))) {
            List<String> words = new ArrayList<>(command);
            words.add(1, agentOption());
            builder.command(words);
        } else if (kind != HookedProcess.Kind.HOOKED) {
            addToolOptions(builder.environment(), agentOption());
            context.say("the agent travels in " + TOOL_OPTIONS + "; each Java VM prints a line about that");
        }
        output.prepare();
        hooks.prepare(builder.environment());
        long start = System.nanoTime();
        int status = run(builder);
        hooks.finish((System.nanoTime() - start) / NANOS_PER_SECOND);
        output.tell(
                kind == HookedProcess.Kind.NATIVE
                        ? "; " + command.get(0) + " has no hooks: to record it, " + HookedProcess.FLAGS
                        : "");
        return status;
    }

    private String agentOption() {
        return "-javaagent:" + RecordingOutput.agent() + "=" + output.options(identity());
    }

    private static boolean isJava(String word) {
        String name = word.substring(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1);
        return name.equals("java") || name.equalsIgnoreCase("java.exe");
    }

    private static void addToolOptions(Map<String, String> environment, String agent) {
        if (agent.indexOf('\'') >= 0) {
            throw new InputException(agent, "", "cannot travel in " + TOOL_OPTIONS + ": it has a quote in its path");
        }
        String before = environment.getOrDefault(TOOL_OPTIONS, "");
        environment.put(TOOL_OPTIONS, (before.isEmpty() ? "" : before + " ") + "'" + agent + "'");
    }

    /** Gives the program the environment that Faultline was started in. */
    private static void clean(Map<String, String> environment) {
        for (String name : OF_VMS) {
            String kept = environment.get(KEPT + name);
            if (kept != null && !kept.isEmpty()) {
                environment.put(name, kept);
            }
        }
        environment
                .keySet()
                .removeIf(name -> name.startsWith(KEPT)
                        || name.equals(CliContext.TERMINALS)
                        || name.equals(CliContext.COLUMNS)
                        || name.equals(OUR_VARIABLES + "STDIN"));
    }

    private int run(ProcessBuilder builder) {
        Process process;
        try {
            process = builder.start();
        } catch (IOException refused) {
            throw new InputException(command.get(0), "", "cannot be started: " + Reasons.of(refused));
        }
        // when Faultline is ended, the program ends too, and its last line is written
        Thread end = new Thread(() -> end(process), "end-of-program");
        Runtime.getRuntime().addShutdownHook(end);
        while (true) {
            try {
                int status = process.waitFor();
                Runtime.getRuntime().removeShutdownHook(end);
                return status;
            } catch (InterruptedException again) {
                process.destroy();
            } catch (IllegalStateException ending) {
                return ExitStatus.FAILED; // the VM ends already, by a signal
            }
        }
    }

    private static void end(Process process) {
        process.destroy();
        try {
            process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException atOnce) {
            process.destroyForcibly();
        }
    }

    private SortedMap<String, String> identity() {
        SortedMap<String, String> identity = new TreeMap<>();
        jar().ifPresent(jar -> identity.put("sha256", sha256(jar)));
        identity.put("program", program());
        return identity;
    }

    /** {@return the jar that {@code java -jar} runs} */
    private Optional<Path> jar() {
        int option = command.indexOf("-jar");
        if (option < 0 || option + 1 == command.size()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(command.get(option + 1))).filter(Files::isRegularFile);
        } catch (InvalidPathException unspeakable) {
            return Optional.empty();
        }
    }

    /** {@return the file name of the jar, else of the first word that is no option} */
    private String program() {
        String word = jar().map(Path::toString).orElse(command.get(0));
        return word.substring(word.lastIndexOf('/') + 1);
    }

    private static String sha256(Path jar) {
        try (InputStream in = Files.newInputStream(jar)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException refused) {
            throw new InputException(jar.toString(), "", "cannot be read: " + Reasons.of(refused));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every VM has it
        }
    }
}

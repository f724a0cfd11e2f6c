package dev.faultline.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Runs the steps of a workflow or an action as a runner of GitHub does, with bash, in a directory. */
final class WorkflowShell {

    private final Path directory;
    private final Path repository;
    private final Path temporary;

    /**
     * A step that runs something.
     *
     * @param name its name
     * @param condition when it runs, empty for always
     * @param run its script
     * @param environment its variables
     */
    record Step(String name, String condition, String run, Map<String, String> environment) {}

    /**
     * What a step did.
     *
     * @param status its exit status
     * @param output what it printed
     */
    record Outcome(int status, String output) {}

    /** Makes the directories of a runner in a directory of a test. */
    WorkflowShell(Path directory) throws IOException {
        this.directory = directory;
        repository = Files.createDirectories(directory.resolve("repository"));
        temporary = Files.createDirectories(directory.resolve("runner"));
    }

    /** {@return the directory in which steps run} */
    Path repository() {
        return repository;
    }

    /** {@return the directory for temporary files, {@code RUNNER_TEMP}} */
    Path temporary() {
        return temporary;
    }

    /** Skips the test where a program is missing. */
    static void assumePrograms(String... programs) {
        for (String program : programs) {
            assumeTrue(
                    Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                            .anyMatch(path -> Files.isExecutable(Path.of(path, program))),
                    "this machine has no " + program);
        }
    }

    /** {@return the steps of a list of a workflow or an action that run something, with their variables evaluated} */
    static List<Step> steps(Object list, UnaryOperator<String> evaluated) {
        List<Step> steps = new ArrayList<>();
        for (Object each : (List<?>) list) {
            Map<?, ?> step = (Map<?, ?>) each;
            if (step.containsKey("run")) {
                Map<String, String> environment = new HashMap<>();
                if (step.get("env") instanceof Map<?, ?> values) {
                    values.forEach(
                            (name, value) -> environment.put(name.toString(), evaluated.apply(value.toString())));
                }
                Object condition = step.get("if");
                steps.add(new Step(
                        step.get("name").toString(),
                        condition == null ? "" : condition.toString(),
                        evaluated.apply(step.get("run").toString()),
                        environment));
            }
        }
        return steps;
    }

    /** {@return what a script does, with the programs that earlier steps have added} */
    Outcome bash(String script, Map<String, String> environment) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        ProcessBuilder builder = new ProcessBuilder("bash", "-e", "-o", "pipefail", "-c", script)
                .directory(repository.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("RUNNER_TEMP", temporary.toString());
        builder.environment().put("GITHUB_PATH", temporary.resolve("path").toString());
        builder.environment().put("XDG_CACHE_HOME", directory.resolve("cache").toString());
        Path added = temporary.resolve("path");
        if (Files.exists(added)) {
            String path = String.join(File.pathSeparator, Files.readAllLines(added));
            builder.environment().merge("PATH", path, (old, more) -> more + File.pathSeparator + old);
        }
        int status = builder.start().waitFor();
        return new Outcome(status, Files.readString(output));
    }
}

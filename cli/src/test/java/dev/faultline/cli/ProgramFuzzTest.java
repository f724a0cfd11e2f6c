package dev.faultline.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.faultline.input.InputException;
import dev.faultline.input.VisibleText;
import dev.faultline.testing.Fuzz;
import dev.faultline.testing.FuzzShare;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole runs: any words over any files end in time with a documented status, one-line complaints, output that is what
 * it should
 * be, and nothing left behind.
 */
class ProgramFuzzTest {

    private static final JsonFactory JSON = new JsonFactory();

    @TempDir
    Path directory;

    @Test
    void any_words_over_any_files_end_well() throws IOException {
        Fuzz.of(FuzzShare.PROGRAM, ProgramRun.INPUT, new ProgramRuns(directory))
                .within(60) // of CPU time: a suggestion of which nothing is known tries for half a minute
                .run(this::run);
    }

    private void run(ProgramRun given) throws IOException {
        clear();
        for (Map.Entry<String, byte[]> file : given.files().entrySet()) {
            Files.write(directory.resolve(file.getKey()), file.getValue());
        }
        String[] words = given.words().stream()
                .map(word -> word.replace(ProgramRun.DIRECTORY, directory + "/"))
                .toArray(String[]::new);
        Cli.Run run = Cli.withInput(given.input(), words);
        checkErrors(run, given);
        checkOutput(run, given);
        checkFiles(given);
        if (run.status() > 1) {
            throw new InputException("the program", "", "ended with " + run.status());
        }
    }

    private static void checkErrors(Cli.Run run, ProgramRun given) {
        check(run.status() >= 0 && run.status() <= 3, "status", run);
        check(run.status() < 2 || !run.err().isBlank(), "no complaint", run);
        check(!run.err().contains("internal error"), "internal error", run);
        check(!run.err().contains("out of memory"), "out of memory", run);
        if (!given.words().contains("--debug")) { // which asks for the trace
            check(run.err().lines().noneMatch(line -> line.startsWith("\tat ")), "a stack trace", run);
            check(run.err().lines().allMatch(Fuzz::isOneLine), "an error that is not one printable line", run);
        }
        boolean named = given.namesAll()
                ? given.names().stream().anyMatch(run.err()::contains)
                : run.err().lines().noneMatch(line -> line.startsWith("faultline: :"));
        check(run.status() < 3 || named, "a failure that names nothing", run);
    }

    private void checkOutput(Cli.Run run, ProgramRun given) throws IOException {
        if (run.status() < 2 && given.asksForJson()) {
            try (JsonParser parser = JSON.createParser(run.out())) {
                while (parser.nextToken() != null) {
                    parser.skipChildren();
                }
            }
        }
        // a diff repeats what is in the source it changes
        if (!given.words().contains("--emit")) {
            String text = run.out();
            if (given.words().contains("always")) {
                text = text.replaceAll("\u001b\\[[0-9;]*m", "");
            }
            check(VisibleText.lines(text).equals(text), "a character in the output that a terminal acts on", run);
        }
    }

    /** Drafts of reports, unpacked classes: whatever was not asked for is gone. */
    private void checkFiles(ProgramRun given) throws IOException {
        Set<String> left = names();
        left.removeAll(given.files().keySet());
        left.removeIf(name -> given.words().contains(ProgramRun.DIRECTORY + name)
                || given.words().contains("--update") && name.endsWith(".baseline.yaml"));
        if (!left.isEmpty()) {
            throw new AssertionError("left behind: " + left);
        }
    }

    private static void check(boolean holds, String otherwise, Cli.Run run) {
        if (!holds) {
            throw new AssertionError(otherwise + ": " + run);
        }
    }

    private Set<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private void clear() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}

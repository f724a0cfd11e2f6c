package dev.faultline.cli.record;

import dev.faultline.access.file.AccessFile;
import dev.faultline.access.file.AccessFileReader;
import dev.faultline.cli.output.Reasons;
import dev.faultline.cli.run.CliContext;
import dev.faultline.input.InputException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The access file that an agent is asked to write.
 *
 * @param file its absolute path
 * @param classes patterns of the names of classes to record; empty for all but the JDK's
 * @param context where is said what becomes of it
 */
record RecordingOutput(Path file, List<String> classes, CliContext context) {

    private static final String AGENT = "faultline-recorder.jar";

    RecordingOutput {
        file = file.toAbsolutePath();
        classes = List.copyOf(classes);
    }

    /**
     * Removes a file of before.
     *
     * @throws InputException when the file cannot be written
     */
    void prepare() {
        try {
            Files.deleteIfExists(file);
            Files.createFile(file); // says now, and not after a long run, that it cannot be written
            Files.delete(file);
        } catch (IOException refused) {
            throw new InputException(file.toString(), "", "cannot be written: " + Reasons.of(refused));
        }
    }

    /**
     * Says what was written.
     *
     * @param advice what to say, too, when nothing was
     * @throws IOException when it cannot be read
     */
    void tell(String advice) throws IOException {
        if (!Files.isRegularFile(file)) {
            context.say("nothing was recorded: no Java VM and no program with hooks wrote " + file + advice);
            return;
        }
        AccessFile recorded = AccessFileReader.read(file.getFileName().toString(), Files.readString(file));
        recorded.notes().forEach(context::say);
        context.say(recorded.rows().size() + " rows in " + file);
    }

    /**
     * {@return the options of the agent}
     *
     * @param identity what is recorded, by kind
     */
    String options(Map<String, String> identity) {
        StringBuilder options = new StringBuilder("file=" + encode(file.toString()));
        if (!classes.isEmpty()) {
            options.append("&classes=").append(encode(String.join(",", classes)));
        }
        identity.forEach((kind, value) ->
                options.append("&identity.").append(kind).append('=').append(encode(value)));
        return options.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** {@return the agent: beside the jar of this program, in {@code agent}} */
    static Path agent() {
        String told = System.getProperty("faultline.agent");
        try {
            Path here = Path.of(RecordingOutput.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path agent =
                    told != null ? Path.of(told) : here.resolveSibling("agent").resolve(AGENT);
            if (!Files.isRegularFile(agent)) {
                throw new InputException(agent.toString(), "", "is missing: unpack the distribution again");
            }
            return agent.toAbsolutePath();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

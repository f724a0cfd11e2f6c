package dev.faultline.cli.run;

import dev.faultline.cli.output.Reasons;
import dev.faultline.cli.output.ReportFile;
import dev.faultline.contract.Baseline;
import dev.faultline.contract.BaselineFile;
import dev.faultline.input.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A baseline and its file. A file that cannot be read does not count as empty and is not overwritten.
 *
 * @param name the file
 * @param text its content; empty when there is no such file
 * @param baseline what it accepts; empty when there is no such file
 */
public record StoredBaseline(String name, Optional<String> text, Optional<Baseline> baseline) {

    private static final int MOST_BYTES = 16 << 20;

    /**
     * Reads a baseline.
     *
     * @param name the file; there need not be one
     * @return its content
     * @throws InputException when it is no baseline
     */
    public static StoredBaseline read(String name) {
        Optional<String> text = Files.exists(Path.of(name))
                ? Optional.of(InputText.read(name, "baseline", MOST_BYTES))
                : Optional.empty();
        return new StoredBaseline(name, text, text.map(found -> BaselineFile.read(name, found)));
    }

    /**
     * Writes another baseline to the file, whole or not at all; not at all when that changes nothing.
     *
     * @param other what is accepted from now on
     * @param command the command that writes it, for a comment
     * @param context where to say that it is written
     * @param gone a note on what is accepted no more; may be empty
     * @throws InputException when it cannot be written
     */
    public void replace(Baseline other, String command, CliContext context, String gone) {
        String now = BaselineFile.write(other, command);
        boolean isSame = text.equals(Optional.of(now));
        if (!isSame) {
            try (ReportFile file = context.open(Path.of(name))) {
                file.writer().write(now);
                file.commit();
            } catch (IOException unwritten) {
                throw new InputException(name, "", "cannot be written: " + Reasons.of(unwritten));
            }
        }
        int accepted = other.structs().values().stream().mapToInt(List::size).sum();
        context.say(name + ": " + accepted + (accepted == 1 ? " finding" : " findings") + " accepted"
                + (isSame ? ", as before" : "") + gone);
    }
}

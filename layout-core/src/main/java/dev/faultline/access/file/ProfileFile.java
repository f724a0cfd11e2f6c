package dev.faultline.access.file;

import dev.faultline.access.Profile;
import dev.faultline.access.ProfileReader;
import dev.faultline.input.InputException;
import java.util.function.Consumer;

/** Reads profiles of either form: YAML that a person writes, or an access file. The content tells which. */
public final class ProfileFile {

    private ProfileFile() {}

    /**
     * Reads a profile.
     *
     * @param source the name of the text in messages
     * @param text the text
     * @param notes gets what to know about an access file, a sentence each
     * @return the profile
     * @throws InputException when the text is neither
     */
    public static Profile read(String source, String text, Consumer<String> notes) {
        if (!AccessFileReader.isAccessFile(text)) {
            return ProfileReader.read(source, text);
        }
        AccessFile file = AccessFileReader.read(source, text);
        file.notes().forEach(notes);
        return ObservedProfile.of(file, source);
    }
}

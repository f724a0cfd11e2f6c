package dev.faultline.access.imports;

import dev.faultline.access.Profile;
import java.util.List;
import java.util.Objects;

/**
 * What came of an import.
 *
 * @param profile the profile
 * @param missing one line for each field that is used and could not be found: where it stands and why
 * @param notes what else was left out, a line each
 */
public record Imported(Profile profile, List<String> missing, List<String> notes) {
    /** Copies the lists. */
    public Imported {
        Objects.requireNonNull(profile);
        missing = List.copyOf(missing);
        notes = List.copyOf(notes);
    }
}

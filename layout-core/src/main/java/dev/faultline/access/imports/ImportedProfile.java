package dev.faultline.access.imports;

import dev.faultline.access.Profile;
import java.util.List;
import java.util.Objects;

/**
 * The result of an import.
 *
 * @param profile the profile
 * @param missing fields that were not found in the layout, one line each with place and reason
 * @param notes what else was left out, one line each
 */
public record ImportedProfile(Profile profile, List<String> missing, List<String> notes) {
    public ImportedProfile {
        Objects.requireNonNull(profile);
        missing = List.copyOf(missing);
        notes = List.copyOf(notes);
    }
}

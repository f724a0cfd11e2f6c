package dev.faultline.access;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A profile file: a title and one or more structs.
 *
 * @param title what the file says it is about
 * @param structs one profile a struct, names distinct
 */
public record Profile(String title, List<StructProfile> structs) {
    /** Copies the list. */
    public Profile {
        Objects.requireNonNull(title);
        structs = List.copyOf(structs);
    }

    /** {@return what this says about the struct of that name} */
    public Optional<StructProfile> forStruct(String name) {
        return structs.stream().filter(profile -> profile.struct().equals(name)).findFirst();
    }
}

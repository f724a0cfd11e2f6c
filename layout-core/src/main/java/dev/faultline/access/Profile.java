package dev.faultline.access;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A profile file: a title and one or more structs.
 *
 * @param title the title in the file
 * @param structs one profile for each struct, names distinct
 */
public record Profile(String title, List<StructProfile> structs) {
    public Profile {
        Objects.requireNonNull(title);
        structs = List.copyOf(structs);
    }

    /**
     * {@return the profile of the struct of that name; empty when there is none}
     *
     * @param name the name of the struct, without its keyword
     */
    public Optional<StructProfile> forStruct(String name) {
        return structs.stream().filter(profile -> profile.struct().equals(name)).findFirst();
    }
}

package dev.faultline.access;

import dev.faultline.input.name.QualifiedName;
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
     * {@return the profile of the struct of that name, in any spelling of it; empty when there is none}
     *
     * @param name the name of the struct, without its keyword
     */
    public Optional<StructProfile> forStruct(String name) {
        return structs.stream()
                .filter(profile -> profile.struct().equals(name))
                .findFirst()
                .or(() -> structs.stream()
                        .filter(profile -> QualifiedName.isSame(profile.struct(), name))
                        .findFirst());
    }

    /**
     * {@return the profile of one of several structs of that name, else the one for all of them}
     *
     * @param name the name of the struct, without its keyword
     * @param version its version, which follows the name and {@code @} in the file; empty when it is the only one
     */
    public Optional<StructProfile> forStruct(String name, String version) {
        return version.isEmpty()
                ? forStruct(name)
                : structs.stream()
                        .filter(profile -> profile.struct().equals(name + "@" + version))
                        .findFirst()
                        .or(() -> forStruct(name));
    }
}

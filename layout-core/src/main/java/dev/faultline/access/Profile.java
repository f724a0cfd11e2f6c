package dev.faultline.access;

import dev.faultline.input.InputException;
import dev.faultline.input.name.NameChoice;
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
     * {@return the profile of the struct of that name, in any spelling of it; a short name or a pattern in the file
     * counts when nothing else does; empty when there is none}
     *
     * @param name the name of the struct, without its keyword
     * @throws InputException when several short names or several patterns mean the struct
     */
    public Optional<StructProfile> forStruct(String name) {
        return forStruct(name, "");
    }

    /**
     * {@return the profile of one of several structs of that name, else the one for all of them}
     *
     * @param name the name of the struct, without its keyword
     * @param version its version, which follows the name and {@code @} in the file; empty when it is the only one
     * @throws InputException when several short names or several patterns mean the struct
     */
    public Optional<StructProfile> forStruct(String name, String version) {
        List<String> written = structs.stream().map(StructProfile::struct).toList();
        List<String> meant = NameChoice.best(written, name, version);
        if (meant.size() > 1) {
            throw new InputException(
                    structs.get(0).source(),
                    "",
                    String.join(" and ", meant) + " all mean " + name
                            + "; leave all but one out, or write the whole name");
        }
        return structs.stream().filter(one -> meant.contains(one.struct())).findFirst();
    }
}

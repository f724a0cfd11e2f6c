package dev.faultline.source;

import dev.faultline.api.Internal;
import java.util.Map;
import java.util.Optional;

/** Tells where the fields of a struct are declared. */
@Internal
@FunctionalInterface
public interface FieldLocations {

    /** Locations that are not known. */
    FieldLocations NONE = path -> Optional.empty();

    /**
     * Finds a declaration.
     *
     * @param path the path of a member: of a field, or of an embedded struct
     * @return where it is declared; a member of an embedded struct stands in the declaration of that
     */
    Optional<SourceLocation> of(String path);

    /** {@return these locations, by path} */
    static FieldLocations of(Map<String, SourceLocation> locations) {
        Map<String, SourceLocation> copy = Map.copyOf(locations);
        return copy.isEmpty() ? NONE : path -> Optional.ofNullable(copy.get(path));
    }
}

package dev.faultline.access;

import java.util.List;
import java.util.Objects;

/**
 * Who touches which bytes of one layout: a profile, or what the types tell, resolved.
 *
 * @param certainty how most of this is known
 * @param source the profile's source, or {@code "types of the fields"}
 * @param uses every use, operations in the order of the profile
 * @param phases which roles never run together
 */
public record AccessMap(Certainty certainty, String source, List<FieldUse> uses, List<Phase> phases) {
    /** Refuses nulls. */
    public AccessMap {
        Objects.requireNonNull(certainty);
        Objects.requireNonNull(source);
        uses = List.copyOf(uses);
        phases = List.copyOf(phases);
    }

    /** {@return a map that knows of no use} */
    public static AccessMap none() {
        return new AccessMap(Certainty.INFERRED, "no profile", List.of(), List.of());
    }
}

package dev.faultline.analysis;

import dev.faultline.api.Internal;
import dev.faultline.hazard.Finding;
import dev.faultline.source.Subject;
import java.util.List;
import java.util.Objects;

/**
 * A finding of a source, told once: structs that embed the one it is about, and subclasses, have it too.
 *
 * @param subject the struct it is told of: the one that declares the fields, where that one has the finding
 * @param finding the finding
 * @param alsoIn the other structs that have it, by reference
 * @param relation what the other structs do with the struct that declares the fields
 * @param declaring the name of that struct
 */
@Internal
public record Cause(Subject subject, Finding finding, List<String> alsoIn, Relation relation, String declaring) {

    /** How a struct comes to have the fields of another one. */
    public enum Relation {
        /** It has a member of that type. */
        EMBEDS,
        /** It is a subclass. */
        EXTENDS
    }

    public Cause {
        Objects.requireNonNull(subject);
        Objects.requireNonNull(finding);
        alsoIn = List.copyOf(alsoIn);
        Objects.requireNonNull(relation);
        Objects.requireNonNull(declaring);
    }
}

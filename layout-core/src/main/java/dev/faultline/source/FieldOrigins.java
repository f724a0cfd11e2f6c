package dev.faultline.source;

import dev.faultline.api.Internal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where a struct and its fields are declared, and the rules that the declarations silence.
 *
 * @param classes the class and its superclasses, from the root down; empty where structs do not inherit
 * @param owners for the path of a field the class that declares it
 * @param silenced for the path of a field the ids of the rules that are silent about it; the empty path is the whole
 *     struct, and an empty set is every rule
 * @param location where the struct itself is declared, when that is known
 * @param locations where its fields are declared
 */
@Internal
public record FieldOrigins(
        List<String> classes,
        Map<String, String> owners,
        Map<String, Set<String>> silenced,
        Optional<SourceLocation> location,
        FieldLocations locations) {

    private static final FieldOrigins NONE = new FieldOrigins(List.of(), Map.of(), Map.of());
    /** The most members around a field that are asked: names of hostile files may have thousands of brackets. */
    private static final int MOST_LEVELS = 256;

    public FieldOrigins {
        Objects.requireNonNull(location);
        Objects.requireNonNull(locations);
        classes = List.copyOf(classes);
        owners = Map.copyOf(owners);
        silenced = Map.copyOf(silenced);
    }

    /** Origins whose files and lines are not known. */
    public FieldOrigins(List<String> classes, Map<String, String> owners, Map<String, Set<String>> silenced) {
        this(classes, owners, silenced, Optional.empty(), FieldLocations.NONE);
    }

    /** {@return nothing: the source tells no more than the layout does} */
    public static FieldOrigins none() {
        return NONE;
    }

    /**
     * {@return the origins of a struct without superclasses that silences no rule}
     *
     * @param struct where it is declared
     * @param fields for the path of a member where that is declared: of a member of an embedded struct, in the
     *     declaration of that struct. A path that is left out is where the member around it is.
     */
    public static FieldOrigins declaredAt(SourceLocation struct, Map<String, SourceLocation> fields) {
        return declaredAt(struct, FieldLocations.of(fields));
    }

    /**
     * {@return the same, with locations that are found when they are asked for}
     *
     * @param struct where it is declared
     * @param fields finds where a member is declared
     */
    public static FieldOrigins declaredAt(SourceLocation struct, FieldLocations fields) {
        return NONE.withLocations(Optional.of(struct), fields);
    }

    /** {@return the same origins with other locations} */
    public FieldOrigins withLocations(Optional<SourceLocation> struct, FieldLocations fields) {
        return new FieldOrigins(classes, owners, silenced, struct, fields);
    }

    /**
     * Finds where a field is declared.
     *
     * @param path its path; an element of an array is where the array is
     * @return the declaration of the field, else of the nearest member around it whose declaration is known
     */
    public Optional<SourceLocation> locationOf(String path) {
        String part = path;
        for (int level = 0; level < MOST_LEVELS && !part.isEmpty(); level++, part = around(part)) {
            Optional<SourceLocation> found = locations.of(part);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** {@return the array of an element, or the member around one; empty for a member of the struct itself} */
    private static String around(String path) {
        return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }

    /** {@return the superclass whose fields these all are, those it inherits included; empty where some are not} */
    public Optional<String> superclassOf(List<String> fields) {
        int deepest = -1;
        for (String field : fields) {
            deepest = Math.max(deepest, classes.indexOf(owners.getOrDefault(field, "")));
        }
        return deepest < 0 || deepest == classes.size() - 1 ? Optional.empty() : Optional.of(classes.get(deepest));
    }

    /**
     * Tells whether a finding is silenced.
     *
     * @param rule id of the rule
     * @param fields the fields of the finding, the cause first
     * @return whether the struct, the cause, or every other field silences the rule
     */
    public boolean silence(String rule, List<String> fields) {
        if (silenced.isEmpty()) {
            return false;
        }
        return isSilent(rule, "")
                || !fields.isEmpty() && isSilent(rule, fields.get(0))
                || fields.size() > 1
                        && fields.subList(1, fields.size()).stream().allMatch(field -> isSilent(rule, field));
    }

    private boolean isSilent(String rule, String path) {
        Set<String> rules = silenced.get(path);
        return rules != null && (rules.isEmpty() || rules.contains(rule));
    }
}

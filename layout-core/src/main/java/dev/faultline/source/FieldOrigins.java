package dev.faultline.source;

import dev.faultline.api.Internal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the fields of a class are declared, and the rules that the declarations silence.
 *
 * @param classes the class and its superclasses, from the root down; empty where structs do not inherit
 * @param owners for the path of a field the class that declares it
 * @param silenced for the path of a field the ids of the rules that are silent about it; the empty path is the whole
 *     struct, and an empty set is every rule
 */
@Internal
public record FieldOrigins(List<String> classes, Map<String, String> owners, Map<String, Set<String>> silenced) {

    private static final FieldOrigins NONE = new FieldOrigins(List.of(), Map.of(), Map.of());

    public FieldOrigins {
        classes = List.copyOf(classes);
        owners = Map.copyOf(owners);
        silenced = Map.copyOf(silenced);
    }

    /** {@return nothing: the source tells no more than the layout does} */
    public static FieldOrigins none() {
        return NONE;
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

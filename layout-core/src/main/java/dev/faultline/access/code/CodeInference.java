package dev.faultline.access.code;

import dev.faultline.access.AccessMap;
import dev.faultline.api.Internal;
import dev.faultline.layout.StructLayout;
import java.util.Optional;

/** Turns what code does into uses of the fields of a layout. */
@Internal
public final class CodeInference {

    private CodeInference() {}

    /**
     * Finds who uses which field.
     *
     * @param layout the layout
     * @param code what the code does
     * @return the uses; empty when the code says nothing, so that the types of the fields decide
     */
    public static Optional<AccessMap> infer(StructLayout layout, CodeAccess code) {
        return Optional.empty();
    }
}

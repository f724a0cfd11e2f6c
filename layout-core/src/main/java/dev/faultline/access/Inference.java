package dev.faultline.access;

import dev.faultline.layout.StructLayout;

/** Guesses who touches what from the types of the fields. */
public final class Inference {

    private Inference() {}

    /** {@return the uses that the types of the layout's fields suggest} */
    public static AccessMap infer(StructLayout layout) {
        return AccessMap.none();
    }
}

package dev.faultline.source.dwarf.entry;

import java.io.Serial;

/** Says that a text is in the alternate file of dwz, which is not there. */
public final class MissingTextException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1L;

    MissingTextException() {
        super("a text is in the alternate file of dwz, which is not there");
    }
}

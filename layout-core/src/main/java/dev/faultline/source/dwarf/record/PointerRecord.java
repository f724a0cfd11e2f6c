package dev.faultline.source.dwarf.record;

import java.util.Objects;

/**
 * A variable, parameter or result of a function.
 *
 * @param type its type, which may be no pointer
 * @param line where it is declared; 0 for a result, -1 for what has no line, such as {@code this}
 */
public record PointerRecord(TypeRecord type, int line) {
    public PointerRecord {
        Objects.requireNonNull(type);
    }
}

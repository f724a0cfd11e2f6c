package dev.faultline.layout.debugger;

import java.util.List;

/** Writes a field that gdb prints in Rust's syntax, {@code name: type}, in that of C. */
final class RustField {

    private static final int POINTER_BYTES = 8;
    private static final int MOST_DIMENSIONS = 16;
    private static final List<String> POINTERS = List.of("*mut ", "*const ", "&mut ", "&");

    private RustField() {}

    /** {@return the declaration; a type that C cannot spell gets the keyword {@code struct}, as pahole prints it} */
    static String declaration(String field, long byteSize) {
        int colon = field.indexOf(": ");
        if (colon < 0) {
            return field;
        }
        String type = field.substring(colon + 2).strip();
        StringBuilder name = new StringBuilder(field.substring(0, colon).strip());
        for (int i = 0; i < MOST_DIMENSIONS && type.startsWith("[") && type.endsWith("]"); i++) {
            int count = type.lastIndexOf("; ");
            if (count < 0) {
                break;
            }
            name.append('[').append(type, count + 2, type.length() - 1).append(']');
            type = type.substring(1, count).strip();
        }
        for (String pointer : POINTERS) {
            if (byteSize == POINTER_BYTES && type.startsWith(pointer) && name.indexOf("[") < 0) {
                return spelled(type.substring(pointer.length())) + " * " + name + ";";
            }
        }
        return spelled(type) + " " + name + ";";
    }

    private static String spelled(String type) {
        return DebuggerHead.isWord(type) ? type : "struct " + type;
    }
}

package dev.faultline.source.jvm.declared;

/**
 * A constant that says where a field of a struct begins.
 *
 * @param name its name, {@code TAIL_POSITION_OFFSET}
 * @param byteOffset its value
 * @param letter the type of the accesses there, as a descriptor spells it; 0 when there is none
 */
record OffsetConstant(String name, long byteOffset, char letter) {

    private static final String SUFFIX = "OFFSET";

    /** {@return whether the name of a constant says that it is an offset} */
    static boolean isNamed(String name) {
        return name.length() > SUFFIX.length() + 1 && name.endsWith("_" + SUFFIX)
                || name.length() > SUFFIX.length() && name.endsWith("Offset");
    }

    /** {@return the name of the field: the constant's without the words that say that it is an offset} */
    String field() {
        if (!isNamed(name)) {
            return name;
        }
        String plain = name.substring(0, name.length() - SUFFIX.length());
        plain = plain.endsWith("_") ? plain.substring(0, plain.length() - 1) : plain;
        String suffix = "_FIELD";
        return plain.endsWith(suffix) && plain.length() > suffix.length()
                ? plain.substring(0, plain.length() - suffix.length())
                : plain;
    }

    /** {@return bytes of a value of a type, as a descriptor spells it; 0 when that is no primitive type} */
    static int bytes(char letter) {
        return switch (letter) {
            case 'Z', 'B' -> 1;
            case 'S', 'C' -> 2;
            case 'I', 'F' -> 4;
            case 'J', 'D' -> 8;
            default -> 0;
        };
    }

    /** {@return bytes of the accesses; 0 when there is none} */
    int accessBytes() {
        return bytes(letter);
    }
}

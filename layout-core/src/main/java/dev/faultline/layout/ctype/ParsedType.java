package dev.faultline.layout.ctype;

import java.util.Optional;
import java.util.Set;

/**
 * A type read from its spelling.
 *
 * @param type the type
 * @param tags the structs, unions and enums in it, with their keywords, in the order of the text
 * @param typedefs the names of the typedefs in it, in the order of the text
 */
public record ParsedType(CType type, Set<String> tags, Set<String> typedefs) {

    /**
     * Reads a spelling, in any form that C allows.
     *
     * @param spelling such as {@code "int (*)(struct sk_buff *skb)"}
     * @return the type; empty when it is not C, as {@code "std::atomic<int>"}
     */
    public static Optional<ParsedType> of(String spelling) {
        return CTypeParser.parse(spelling);
    }

    /** {@return whether it is a type of the language itself, such as {@code "long unsigned int"}, and no pointer} */
    public boolean isBasic() {
        return tags.isEmpty() && typedefs.isEmpty() && !isDerived();
    }

    /** {@return whether it is a pointer, an array or a function} */
    public boolean isDerived() {
        return !(type instanceof CType.Named);
    }
}

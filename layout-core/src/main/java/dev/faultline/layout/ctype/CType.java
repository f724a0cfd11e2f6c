package dev.faultline.layout.ctype;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A type of C. It is spelled as most compilers do: a star stands beside what it points from and qualifiers of a pointer
 * behind its star, {@code char *const *}; parameters have no names; an array of simple elements has no space before its
 * dimension, {@code u8[48]}.
 */
public sealed interface CType {

    /**
     * Declares something of this type.
     *
     * @param declarator its name, possibly with dimensions or a width behind it; empty for the type alone
     * @return the declaration without semicolon: {@code "int (*input)(struct sk_buff *)"}
     */
    String declare(String declarator);

    /** {@return the type alone: {@code "int (*)(struct sk_buff *)"}} */
    default String spelling() {
        return declare("");
    }

    /**
     * {@return this type with a qualifier: behind the star of a pointer, at the elements of an array, else in front}
     *
     * @param qualifier {@code const}, {@code volatile}, {@code restrict} or {@code _Atomic}
     */
    CType qualified(String qualifier);

    /** {@return a pointer to this type} */
    default CType pointer() {
        return new Pointer(this, "");
    }

    /**
     * {@return an array of this type}
     *
     * @param count number of elements; for an array of arrays, of the outer one
     */
    default CType array(long count) {
        return new Array(this, OptionalLong.of(count));
    }

    /**
     * {@return a function that returns this type}
     *
     * @param parameters the types of its parameters; none is spelled {@code void}
     */
    default CType function(List<CType> parameters) {
        return new Function(this, parameters);
    }

    /**
     * {@return a type that words name}
     *
     * @param words the words, such as {@code "const struct sk_buff"}; {@code "..."} stands for further parameters
     */
    static CType named(String words) {
        return new Named(words);
    }

    /**
     * A type that words name.
     *
     * @param words the words, qualifiers first: {@code "const struct sk_buff"}
     */
    record Named(String words) implements CType {

        private static final String SPACE = " ";

        @Override
        public String declare(String declarator) {
            boolean glued = declarator.isEmpty() || declarator.startsWith("[");
            return words + (glued ? "" : SPACE) + declarator;
        }

        @Override
        public CType qualified(String qualifier) {
            boolean has =
                    words.contains(qualifier) && List.of(words.split(SPACE)).contains(qualifier);
            return has ? this : new Named(qualifier + SPACE + words);
        }
    }

    /**
     * A pointer.
     *
     * @param target what it points to
     * @param qualifiers its own qualifiers, with spaces between them; empty for most
     */
    record Pointer(CType target, String qualifiers) implements CType {

        @Override
        public String declare(String declarator) {
            boolean glued = qualifiers.isEmpty() || declarator.isEmpty() || declarator.startsWith("[");
            String inner = "*" + qualifiers + (glued ? "" : " ") + declarator;
            return target.declare(target instanceof Array || target instanceof Function ? "(" + inner + ")" : inner);
        }

        @Override
        public CType qualified(String qualifier) {
            return new Pointer(target, qualifiers.isEmpty() ? qualifier : qualifiers + " " + qualifier);
        }
    }

    /**
     * An array.
     *
     * @param element the type of its elements
     * @param count number of elements; empty when it is not said, {@code []}
     */
    record Array(CType element, OptionalLong count) implements CType {

        @Override
        public String declare(String declarator) {
            return element.declare(
                    declarator + "[" + (count.isPresent() ? String.valueOf(count.getAsLong()) : "") + "]");
        }

        @Override
        public CType qualified(String qualifier) {
            return new Array(element.qualified(qualifier), count);
        }
    }

    /**
     * A function.
     *
     * @param result the type it returns
     * @param parameters the types of its parameters
     */
    record Function(CType result, List<CType> parameters) implements CType {

        public Function {
            Objects.requireNonNull(result);
            parameters = List.copyOf(parameters);
        }

        @Override
        public String declare(String declarator) {
            List<String> spellings = new ArrayList<>();
            parameters.forEach(parameter -> spellings.add(parameter.spelling()));
            String list = spellings.isEmpty() ? "void" : String.join(", ", spellings);
            return result.declare(declarator + "(" + list + ")");
        }

        @Override
        public CType qualified(String qualifier) {
            return this; // C has no qualified functions
        }
    }

    /**
     * A reference of C++.
     *
     * @param target what it refers to
     * @param sign {@code &} or {@code &&}
     */
    record Reference(CType target, String sign) implements CType {

        @Override
        public String declare(String declarator) {
            boolean glued = declarator.isEmpty() || declarator.startsWith("[");
            String inner = sign + (glued ? "" : " ") + declarator;
            boolean wrapped = target instanceof Array || target instanceof Function;
            return target.declare(wrapped ? "(" + inner + ")" : inner);
        }

        @Override
        public CType qualified(String qualifier) {
            return this; // C++ has no qualified references
        }
    }

    /**
     * A pointer of C++ to a member of a class.
     *
     * @param target the type of the member
     * @param owner the class
     */
    record MemberPointer(CType target, String owner) implements CType {

        @Override
        public String declare(String declarator) {
            String inner = owner + "::*" + declarator;
            return target.declare(target instanceof Array || target instanceof Function ? "(" + inner + ")" : inner);
        }

        @Override
        public CType qualified(String qualifier) {
            return new MemberPointer(target, owner);
        }
    }

    /** The qualifiers of types. */
    Set<String> QUALIFIERS = Set.of("const", "volatile", "restrict", "__restrict", "_Atomic", "register");
}

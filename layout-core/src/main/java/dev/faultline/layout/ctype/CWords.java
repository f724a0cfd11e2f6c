package dev.faultline.layout.ctype;

import java.util.Set;

/** The words of C: which are keywords, and which types consist of keywords alone. */
public final class CWords {

    private static final Set<String> KEYWORDS = Set.of(
            ("auto break case char const continue default do double else enum extern float for goto if inline int long"
                            + " register restrict return short signed sizeof static struct switch typedef union"
                            + " unsigned void volatile while _Alignas _Alignof _Atomic _Bool _Complex _Generic"
                            + " _Imaginary _Noreturn _Static_assert _Thread_local")
                    .split(" "));

    /** Words of types that need no declaration. */
    static final Set<String> BASIC = Set.of(
            "void",
            "char",
            "short",
            "int",
            "long",
            "signed",
            "unsigned",
            "float",
            "double",
            "_Bool",
            "__int128",
            "__int128_t",
            "__uint128_t");

    /** Words that are types in C++, and names as others in C. */
    private static final Set<String> NAMES_IN_C = Set.of("bool", "wchar_t");

    /** Further words of types. */
    private static final Set<String> OF_TYPES = Set.of("bool", "wchar_t", "_Complex", "const", "volatile");

    private CWords() {}

    /** {@return whether a word is part of a type, so that it names no member} */
    public static boolean isOfType(String word) {
        return BASIC.contains(word) || OF_TYPES.contains(word);
    }

    /** {@return whether a word that is part of a type may name a member in C, as {@code bool} may} */
    public static boolean isNameInC(String word) {
        return NAMES_IN_C.contains(word);
    }

    public static boolean isKeyword(String word) {
        return KEYWORDS.contains(word);
    }

    /** {@return whether C allows this as the name of a type or member} */
    public static boolean isName(String text) {
        return text.matches("[A-Za-z_$][A-Za-z0-9_$]*") && !isKeyword(text);
    }
}

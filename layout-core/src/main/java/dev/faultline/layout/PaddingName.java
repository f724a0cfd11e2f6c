package dev.faultline.layout;

import java.util.regex.Pattern;

/** Names that people give to bytes nobody uses. */
final class PaddingName {

    /** Possessive, so that a long run of underscores is gone over once. */
    private static final Pattern PADDING =
            Pattern.compile("(?i)_*+(?:pad|padding|reserved|unused|filler|fill|dummy)_*+\\d*+_*+");

    private PaddingName() {}

    /** {@return whether a member's name is one of them, with underscores and a number about it} */
    static boolean isOne(String name) {
        int first = 0;
        while (first < name.length() && name.charAt(first) == '_') {
            first++;
        }
        // Of the fields of a kernel, all but a few are told by one letter.
        return first < name.length()
                && "prufdPRUFD".indexOf(name.charAt(first)) >= 0
                && PADDING.matcher(name).matches();
    }
}

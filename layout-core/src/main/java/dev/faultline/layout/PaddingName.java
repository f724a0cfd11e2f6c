package dev.faultline.layout;

import dev.faultline.api.Internal;
import java.util.regex.Pattern;

/** Recognises member names that mean unused bytes. */
@Internal
public final class PaddingName {

    /** Possessive quantifiers: a long run of underscores is scanned once. */
    private static final Pattern PADDING =
            Pattern.compile("(?i)_*+(?:pad|padding|reserved|unused|filler|fill|dummy)(?:_*+\\d++)*+_*+");

    private PaddingName() {}

    /** The name of all fields of Go that no code can use. */
    private static final String BLANK = "_";

    /** {@return whether a member's name is a word for padding, with any underscores and numbers around it} */
    public static boolean isOne(String name) {
        if (name.equals(BLANK)) {
            return true;
        }
        int first = 0;
        while (first < name.length() && name.charAt(first) == '_') {
            first++;
        }
        // A fast test: few field names of a kernel pass it.
        return first < name.length()
                && "prufdPRUFD".indexOf(name.charAt(first)) >= 0
                && PADDING.matcher(name).matches();
    }
}

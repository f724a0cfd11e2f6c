package dev.faultline.layout;

import java.util.regex.Pattern;

/** Fields that are declared to take up room: {@code pad}, {@code __pad2}, {@code reserved}, {@code unused}, {@code filler}. */
public final class PaddingName {

    private static final Pattern PADDING =
            Pattern.compile("(?i)_*(pad|padding|reserved|unused|filler|fill|dummy)_*\\d*");

    private PaddingName() {}

    /** {@return whether the last name of a path says that the field is padding} */
    public static boolean fits(String path) {
        return PADDING.matcher(path.substring(path.lastIndexOf('.') + 1)).matches();
    }
}

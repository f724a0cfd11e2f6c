package dev.faultline.input;

import dev.faultline.api.Internal;
import java.util.Locale;
import java.util.regex.Pattern;

/** Writes text as YAML. */
@Internal
public final class YamlText {

    private static final Pattern BARE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.$@-]*");

    private YamlText() {}

    /** {@return the text in double quotes, escaped where needed} */
    public static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').appendCodePoint(c);
            } else if (mayStand(c)) {
                out.appendCodePoint(c);
            } else {
                out.append(String.format(Locale.ROOT, c > 0xffff ? "\\U%08x" : "\\u%04x", c));
            }
        });
        return out.append('"').toString();
    }

    /** {@return the text without quotes where YAML reads it unchanged, else in quotes} */
    public static String word(String text) {
        return BARE.matcher(text).matches() ? text : quoted(text);
    }

    /** {@return whether a character needs no escape: YAML allows it and it is visible} */
    private static boolean mayStand(int c) {
        return VisibleText.isVisible(c);
    }
}

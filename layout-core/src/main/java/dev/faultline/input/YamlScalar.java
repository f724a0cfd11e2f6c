package dev.faultline.input;

import java.util.Locale;
import java.util.regex.Pattern;

/** Writes words so that {@link YamlTree} reads them back as they were. */
public final class YamlScalar {

    private static final Pattern BARE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.$]*");

    private YamlScalar() {}

    /** {@return the text as it may stand anywhere in a file: as it is when it is a plain name, else quoted} */
    public static String word(String text) {
        return BARE.matcher(text).matches() ? text : quoted(text);
    }

    /** {@return the text in double quotes, what YAML does not print escaped} */
    public static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').appendCodePoint(c);
            } else if (mayStand(c)) {
                out.appendCodePoint(c);
            } else {
                out.append(String.format(Locale.ROOT, "\\u%04x", c));
            }
        });
        return out.append('"').toString();
    }

    /** What YAML allows unescaped and no reader takes for the end of a line or drops. */
    private static boolean mayStand(int c) {
        boolean printable = c >= 0x20 && c <= 0x7e || c >= 0xa0 && c <= 0xd7ff || c >= 0xe000 && c <= 0xfffd;
        return printable && c != 0x2028 && c != 0x2029 && c != 0xfeff || c >= 0x10000;
    }
}

package dev.faultline.layout.dialect;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds lists of objects in a text that has more than JSON. */
final class JsonArrays {

    private static final Pattern START = Pattern.compile("\\[\\s{0,200}\\{\\s{0,200}\"name\"");

    private JsonArrays() {}

    /** {@return where a list of objects that begin with a name starts; -1 without one} */
    static int next(String text, int from) {
        Matcher start = START.matcher(text);
        return start.find(from) ? start.start() : -1;
    }

    /** {@return the index behind the bracket that closes a list; the end of the text when none does} */
    static int end(String text, int open) {
        int depth = 0;
        boolean isQuoted = false;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isQuoted) {
                i += c == '\\' ? 1 : 0;
                isQuoted = c != '"';
            } else if (c == '"') {
                isQuoted = true;
            } else {
                depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
                if (depth == 0) {
                    return i + 1;
                }
            }
        }
        return text.length();
    }
}

package dev.faultline.layout.emit;

import dev.faultline.input.VisibleText;
import dev.faultline.layout.ctype.CWords;
import java.util.LinkedHashMap;
import java.util.Map;

/** Turns names that C does not allow, such as paths of Java or templates of C++, into names that it allows. */
final class CNames {

    private final Map<String, String> changed = new LinkedHashMap<>();

    /** {@return the name itself when C allows it, else a similar name} */
    String of(String name) {
        if (CWords.isName(name)) {
            return name;
        }
        return changed.computeIfAbsent(name, CNames::mangle);
    }

    /** {@return the path with each name as {@link #of} gives it} */
    String path(String path) {
        StringBuilder text = new StringBuilder();
        for (String name : path.split("\\.")) {
            text.append(text.length() == 0 ? "" : ".").append(of(name));
        }
        return text.toString();
    }

    Map<String, String> changed() {
        return changed;
    }

    /** {@return text for a comment: on one line, without the end mark of a comment} */
    static String comment(String text) {
        return VisibleText.of(text).replace("*/", "* /");
    }

    private static String mangle(String name) {
        String text = withoutUnderscoresBehind(name.replaceAll("[^A-Za-z0-9_$]+", "_"), 1);
        if (text.isEmpty() || Character.isDigit(text.charAt(0))) {
            text = "_" + text;
        }
        return CWords.isKeyword(text) ? text + "_" : text;
    }

    /** {@return the text without trailing underscores; the first {@code kept} characters stay} */
    static String withoutUnderscoresBehind(String text, int kept) {
        int end = text.length();
        while (end > kept && text.charAt(end - 1) == '_') {
            end--;
        }
        return text.substring(0, end);
    }
}

package dev.faultline.layout.emit;

import dev.faultline.input.VisibleText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Turns names that C does not allow, such as paths of Java or templates of C++, into names that it allows. */
final class CNames {

    private static final Set<String> KEYWORDS = Set.of(
            ("auto break case char const continue default do double else enum extern float for goto if inline int long"
                            + " register restrict return short signed sizeof static struct switch typedef union unsigned"
                            + " void volatile while _Alignas _Alignof _Atomic _Bool _Complex _Generic _Imaginary"
                            + " _Noreturn _Static_assert _Thread_local")
                    .split(" "));

    private final Map<String, String> changed = new LinkedHashMap<>();

    /** {@return the name itself when C allows it, else a similar name} */
    String of(String name) {
        if (isName(name)) {
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

    static boolean isName(String text) {
        return text.matches("[A-Za-z_$][A-Za-z0-9_$]*") && !isKeyword(text);
    }

    /** {@return text for a comment: on one line, without the end mark of a comment} */
    static String comment(String text) {
        return VisibleText.of(text).replace("*/", "* /");
    }

    static boolean isKeyword(String word) {
        return KEYWORDS.contains(word);
    }

    private static String mangle(String name) {
        String text = withoutUnderscoresBehind(name.replaceAll("[^A-Za-z0-9_$]+", "_"), 1);
        if (text.isEmpty() || Character.isDigit(text.charAt(0))) {
            text = "_" + text;
        }
        return isKeyword(text) ? text + "_" : text;
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

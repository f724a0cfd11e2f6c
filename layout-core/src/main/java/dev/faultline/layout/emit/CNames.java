package dev.faultline.layout.emit;

import dev.faultline.input.VisibleText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Names that C takes: a path of Java or a template of C++ is given one that it takes, and that is noted. */
final class CNames {

    private static final Set<String> KEYWORDS = Set.of(
            ("auto break case char const continue default do double else enum extern float for goto if inline int long"
                            + " register restrict return short signed sizeof static struct switch typedef union unsigned"
                            + " void volatile while _Alignas _Alignof _Atomic _Bool _Complex _Generic _Imaginary"
                            + " _Noreturn _Static_assert _Thread_local")
                    .split(" "));

    private final Map<String, String> changed = new LinkedHashMap<>();

    /** {@return the name C takes for it; the name itself when it does} */
    String of(String name) {
        if (isName(name)) {
            return name;
        }
        return changed.computeIfAbsent(name, CNames::mangle);
    }

    /** {@return the path with each of its names as C takes it} */
    String path(String path) {
        StringBuilder text = new StringBuilder();
        for (String name : path.split("\\.")) {
            text.append(text.length() == 0 ? "" : ".").append(of(name));
        }
        return text.toString();
    }

    /** {@return names that were changed, and into what} */
    Map<String, String> changed() {
        return changed;
    }

    static boolean isName(String text) {
        return text.matches("[A-Za-z_$][A-Za-z0-9_$]*") && !isKeyword(text);
    }

    /** {@return text as a comment takes it: on one line, and not its end} */
    static String comment(String text) {
        return VisibleText.of(text).replace("*/", "* /");
    }

    static boolean isKeyword(String word) {
        return KEYWORDS.contains(word);
    }

    private static String mangle(String name) {
        String text = name.replaceAll("[^A-Za-z0-9_$]+", "_").replaceAll("(?<=.)_+$", "");
        if (text.isEmpty() || Character.isDigit(text.charAt(0))) {
            text = "_" + text;
        }
        return isKeyword(text) ? text + "_" : text;
    }
}

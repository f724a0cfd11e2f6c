package dev.faultline.layout.debugger;

import java.util.ArrayList;
import java.util.List;

/**
 * What stands before the brace of a struct: {@code const struct Ring<int> [with T = int] : public Node}.
 *
 * @param keyword {@code struct}, {@code union} or {@code class}; empty when there is none
 * @param tag the tag, empty when it has none
 * @param bases the names of the base classes, without access and {@code virtual}
 * @param hasVirtualBase whether one of them is virtual
 */
record DebuggerHead(String keyword, String tag, List<String> bases, boolean hasVirtualBase) {

    private static final List<String> QUALIFIERS = List.of("const ", "volatile ");
    private static final List<String> KEYWORDS = List.of("struct", "union", "class");

    static DebuggerHead of(String text) {
        String rest = text.strip();
        for (boolean found = true; found; ) {
            found = false;
            for (String qualifier : QUALIFIERS) {
                if (rest.startsWith(qualifier)) {
                    rest = rest.substring(qualifier.length()).stripLeading();
                    found = true;
                }
            }
        }
        for (String keyword : KEYWORDS) {
            if (rest.equals(keyword) || rest.startsWith(keyword + " ")) {
                return behind(keyword, rest.substring(keyword.length()).strip());
            }
        }
        return new DebuggerHead("", "", List.of(), false);
    }

    /** {@return whether a text is one word of C} */
    static boolean isWord(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
    }

    private static DebuggerHead behind(String keyword, String rest) {
        String with = rest;
        int start = rest.indexOf(" [with ");
        if (start >= 0) {
            int end = closing(rest, start + 1);
            with = rest.substring(0, start) + (end < 0 ? "" : rest.substring(end + 1));
        }
        int colon = colon(with);
        if (colon < 0) {
            return new DebuggerHead(keyword, with.strip(), List.of(), false);
        }
        boolean isVirtual = false;
        List<String> bases = new ArrayList<>();
        for (String base : commas(with.substring(colon + 1))) {
            String name = base.strip();
            isVirtual |= (" " + name).contains(" virtual ");
            bases.add(name.replaceFirst("^((public|protected|private|virtual) )+", ""));
        }
        return new DebuggerHead(keyword, with.substring(0, colon).strip(), bases, isVirtual);
    }

    private static int closing(String text, int bracket) {
        int depth = 0;
        for (int i = bracket; i < text.length(); i++) {
            depth += text.charAt(i) == '[' ? 1 : text.charAt(i) == ']' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /** {@return the place of the colon before the base classes; -1 when there are none} */
    private static int colon(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += "<({[".indexOf(c) >= 0 ? 1 : ">)}]".indexOf(c) >= 0 ? -1 : 0;
            if (c == ':' && text.startsWith("::", i)) {
                i++;
            } else if (c == ':' && depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private static List<String> commas(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += "<({[".indexOf(c) >= 0 ? 1 : ">)}]".indexOf(c) >= 0 ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}

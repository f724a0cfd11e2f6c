package dev.faultline.layout.paste;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Decodes text that was copied as HTML: entities and tags. C++ has angle brackets too, but never {@code </}. */
final class HtmlMarkup {

    private static final int LONGEST_TAG = 400;
    private static final int LONGEST_NAME = 12;
    private static final int MOST_NAMES = 100;

    private static final Map<String, Character> ENTITIES = Map.of(
            "&lt;",
            '<',
            "&gt;",
            '>',
            "&amp;",
            '&',
            "&nbsp;",
            ' ',
            "&quot;",
            '"',
            "&apos;",
            '\'',
            "&#39;",
            '\'',
            "&shy;",
            PastedText.NOTHING,
            "&hellip;",
            '\u2026',
            "&#160;",
            ' ');

    private static final Set<String> WITHOUT_END = Set.of("br", "hr", "wbr", "img", "meta");

    private final TextBuffer text;
    private final Set<String> names = new HashSet<>(WITHOUT_END);

    private HtmlMarkup(TextBuffer text) {
        this.text = text;
    }

    static void decode(TextBuffer text) {
        HtmlMarkup markup = new HtmlMarkup(text);
        markup.tags();
        markup.entities();
    }

    private void tags() {
        for (int at = text.indexOf("</", 0); at >= 0; at = text.indexOf("</", at + 2)) {
            String name = name(at + 2);
            int end = at + 2 + name.length();
            if (names.size() < MOST_NAMES && !name.isEmpty() && end < text.length() && text.charAt(end) == '>') {
                names.add(name);
            }
        }
        for (int at = text.indexOf("<", 0); at >= 0; at = text.indexOf("<", at + 1)) {
            int start = text.startsWith("</", at) ? at + 2 : at + 1;
            String name = name(start);
            int end = names.contains(name) ? tagEnd(start + name.length()) : -1;
            if (end > 0) {
                text.fill(at, end, PastedText.NOTHING);
            }
        }
    }

    private String name(int at) {
        int end = at;
        while (end < text.length() && end < at + LONGEST_NAME && isPart(text.charAt(end))) {
            end++;
        }
        return text.subSequence(at, end).toString().toLowerCase(java.util.Locale.ROOT);
    }

    private static boolean isPart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    /** {@return the index behind the tag whose name ends here; -1 when this is no tag} */
    private int tagEnd(int nameEnd) {
        int last = Math.min(text.length(), nameEnd + LONGEST_TAG);
        int end = nameEnd;
        while (end < last && text.charAt(end) != '>' && text.charAt(end) != '<') {
            end++;
        }
        if (end == last || text.charAt(end) != '>') {
            return -1;
        }
        boolean hasAttributes = end > nameEnd && text.charAt(nameEnd) <= ' ';
        return end == nameEnd || hasAttributes || text.startsWith("/>", nameEnd) ? end + 1 : -1;
    }

    private void entities() {
        for (int at = text.indexOf("&", 0); at >= 0; at = text.indexOf("&", at + 1)) {
            int from = at;
            ENTITIES.forEach((entity, meaning) -> {
                if (text.startsWith(entity, from)) {
                    text.fill(from, from + entity.length(), PastedText.NOTHING);
                    text.set(from, meaning);
                }
            });
        }
    }
}

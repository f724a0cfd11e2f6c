package dev.faultline.report.html;

import dev.faultline.input.VisibleText;

/** Escapes text for HTML and for JSON in HTML; what shows nothing or breaks a line is made {@link VisibleText}. */
final class HtmlEscaper {

    private HtmlEscaper() {}

    /** {@return the text as HTML shows it, in an element or in a quoted attribute} */
    static String html(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        html(text, out);
        return out.toString();
    }

    /** Appends the text as HTML shows it, in an element or in a quoted attribute. */
    static void html(String text, StringBuilder out) {
        marksEscaped(VisibleText.of(text), out);
    }

    /** Appends text of more than one line as HTML shows it in an element that keeps lines. */
    static void lines(String text, StringBuilder out) {
        marksEscaped(VisibleText.lines(text), out);
    }

    private static void marksEscaped(String text, StringBuilder out) {
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String instead = switch (c) {
                case '&' -> "&amp;";
                case '<' -> "&lt;";
                case '>' -> "&gt;";
                case '"' -> "&quot;";
                case '\'' -> "&#39;";
                default -> null;
            };
            if (instead != null) {
                out.append(text, from, i).append(instead);
                from = i + 1;
            }
        }
        out.append(text, from, text.length());
    }

    /** Appends the text as a JSON string that may stand in a script element: no {@code <} is left in it. */
    static void json(String raw, StringBuilder out) {
        String text = VisibleText.of(raw);
        out.append('"');
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || c == '<') {
                out.append(text, from, i)
                        .append("\\u00")
                        .append(Character.forDigit(c >> 4, 16))
                        .append(Character.forDigit(c & 15, 16));
                from = i + 1;
            }
        }
        out.append(text, from, text.length()).append('"');
    }
}

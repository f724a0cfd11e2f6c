package dev.faultline.report.html;

/** Text put where it can do no harm, whatever is in it. */
final class Safe {

    private Safe() {}

    /** {@return the text as HTML shows it, in an element or in a quoted attribute} */
    static String html(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        html(text, out);
        return out.toString();
    }

    /** Appends the text as HTML shows it, in an element or in a quoted attribute. */
    static void html(String text, StringBuilder out) {
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String instead = c > '>' && c != 0x7f
                    ? null
                    : switch (c) {
                        case '&' -> "&amp;";
                        case '<' -> "&lt;";
                        case '>' -> "&gt;";
                        case '"' -> "&quot;";
                        case '\'' -> "&#39;";
                        case '\n', '\t' -> null;
                        default -> c < ' ' || c == 0x7f ? "\ufffd" : null;
                    };
            if (instead != null) {
                out.append(text, from, i).append(instead);
                from = i + 1;
            }
        }
        out.append(text, from, text.length());
    }

    /** Appends the text as a JSON string that may stand in a script element: no {@code <} is left in it. */
    static void json(String text, StringBuilder out) {
        out.append('"');
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || c == '<' || c == 0x7f) {
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

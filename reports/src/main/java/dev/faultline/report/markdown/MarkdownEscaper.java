package dev.faultline.report.markdown;

import dev.faultline.input.VisibleText;
import java.util.regex.Pattern;

/** Escapes what Markdown takes for marks; what shows nothing or breaks a line is made {@link VisibleText}. */
final class MarkdownEscaper {

    /** What may begin a mark anywhere in a line, in the dialect of GitHub. */
    private static final String SPECIAL = "\\`*_{}[]#|~!$";

    /** Shows nothing, and parts what it stands in. */
    private static final String JOINER = "&#8288;";

    /** An at sign and a word joiner, which shows nothing, so that no one is notified. */
    private static final String AT = "@" + JOINER;

    /** Where a bare address would become a link: before the slashes of {@code https://}, the dot of {@code www.}. */
    private static final Pattern ADDRESS = Pattern.compile("(?<=:)(?=//)|(?<=www)(?=\\.)", Pattern.CASE_INSENSITIVE);

    private MarkdownEscaper() {}

    /**
     * {@return the text, shown as it is: on one line, without marks, markup or mentions} What stands between two back
     * quotes, as names of operations do, is a code span.
     */
    static String plain(String raw) {
        String[] parts = VisibleText.of(raw).split("`", -1);
        if (parts.length < 3 || parts.length % 2 == 0 || raw.contains("|") || raw.contains("``")) {
            return escaped(raw);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            text.append(i % 2 == 0 ? escaped(parts[i]) : code(parts[i]));
        }
        return text.toString();
    }

    private static String escaped(String raw) {
        String text = VisibleText.of(raw);
        StringBuilder safe = new StringBuilder(text.length() + 16);
        int first = text.length() - text.stripLeading().length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (SPECIAL.indexOf(c) >= 0) {
                safe.append('\\').append(c);
            } else if (c == '<') {
                safe.append("&lt;");
            } else if (c == '>' && i == first) { // elsewhere it begins no quotation
                safe.append("&gt;");
            } else if (c == '&') {
                safe.append("&amp;");
            } else if (c == '@' && (i == 0 || !Character.isLetterOrDigit(text.charAt(i - 1)))) {
                safe.append(AT);
            } else {
                safe.append(c);
            }
        }
        return unlinked(safe.toString());
    }

    /** {@return the text as HTML shows it as it is: between tags that Markdown passes through, marks are no marks} */
    static String html(String text) {
        return unlinked(VisibleText.of(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replaceAll("(?<![\\p{L}\\p{N}])@", AT));
    }

    private static String unlinked(String text) {
        return ADDRESS.matcher(text).replaceAll(JOINER);
    }

    /** {@return the text as a code span, whatever back quotes are in it} */
    static String code(String text) {
        String line = VisibleText.of(text);
        String quotes = "`".repeat(longestRun(line) + 1);
        String pad = line.startsWith("`") || line.endsWith("`") || line.isBlank() ? " " : "";
        return quotes + pad + line + pad + quotes;
    }

    /** {@return the text as a block of code, whatever back quotes are in it} */
    static String block(String language, String raw) {
        String text = VisibleText.lines(raw);
        String fence = "`".repeat(Math.max(3, longestRun(text) + 1));
        return fence + language + "\n" + text.stripTrailing() + "\n" + fence + "\n";
    }

    private static int longestRun(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}

package dev.faultline.layout.emit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * C source, and the same with blanks for comments, strings and preprocessor lines, so that braces and names can be looked
 * for. Both have the same length.
 */
final class SourceText {

    private static final Pattern TAGGED = Pattern.compile(
            "\\b(struct|union|class)\\b(\\s+__attribute__\\s*\\(\\([^{};]*?\\)\\)|\\s+__packed)*\\s+([A-Za-z_]\\w*)\\s*\\{");
    private static final Pattern NAMELESS = Pattern.compile("\\btypedef\\s+(struct|union)\\s*([A-Za-z_]\\w*\\s*)?\\{");
    private static final Pattern BEHIND =
            Pattern.compile("\\}\\s*(?:__attribute__\\s*\\(\\([^;]*?\\)\\)\\s*)*([A-Za-z_]\\w*)\\s*[^;,]*;");

    /**
     * A stretch of the text.
     *
     * @param start first character
     * @param end one past the last
     */
    record Span(int start, int end) {}

    /**
     * A declaration of a struct or union.
     *
     * @param start where its keyword starts
     * @param open its opening brace
     * @param close its closing brace
     */
    record Declared(int start, int open, int close) {}

    final String text;
    final String code;
    final List<Span> comments = new ArrayList<>();
    final List<Span> directives = new ArrayList<>();

    SourceText(String text) {
        this.text = text;
        this.code = mask();
    }

    private String mask() {
        StringBuilder masked = new StringBuilder(text);
        int at = 0;
        boolean lineStart = true;
        while (at < text.length()) {
            char c = text.charAt(at);
            int end = at + 1;
            if (c == '\n') {
                lineStart = true;
                at = end;
                continue;
            }
            if (text.startsWith("/*", at)) {
                end = after("*/", at + 2);
                comments.add(new Span(at, end));
                blank(masked, at, end);
                at = end;
                continue;
            }
            if (text.startsWith("//", at)) {
                end = lineEnd(at);
                comments.add(new Span(at, end));
                blank(masked, at, end);
            } else if (c == '"' || c == '\'') {
                end = literalEnd(at, c);
                blank(masked, at, end);
            } else if (c == '#' && lineStart) {
                end = directiveEnd(at);
                directives.add(new Span(at, end));
                blank(masked, at, end);
            }
            lineStart &= c == ' ' || c == '\t' || c == '\r';
            at = end;
        }
        return masked.toString();
    }

    private static void blank(StringBuilder masked, int start, int end) {
        for (int i = start; i < end; i++) {
            if (masked.charAt(i) != '\n') {
                masked.setCharAt(i, ' ');
            }
        }
    }

    private int after(String what, int from) {
        int found = text.indexOf(what, from);
        return found < 0 ? text.length() : found + what.length();
    }

    private int literalEnd(int from, char quote) {
        int at = from + 1;
        while (at < text.length() && text.charAt(at) != quote && text.charAt(at) != '\n') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(text.length(), at + 1);
    }

    /** A preprocessor line goes on behind a backslash at its end; a comment in it may go on too. */
    private int directiveEnd(int from) {
        int at = from;
        while (true) {
            int end = lineEnd(at);
            int comment = text.indexOf("/*", at);
            if (comment >= 0 && comment < end && text.indexOf("*/", comment) >= end) {
                at = after("*/", comment);
                continue;
            }
            boolean goesOn =
                    end > from && text.substring(from, end).stripTrailing().endsWith("\\");
            if (!goesOn || end >= text.length()) {
                return end;
            }
            at = end + 1;
        }
    }

    /** {@return the index of the newline that ends the line, or the length of the text} */
    int lineEnd(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    /** {@return the number of the line, from 1} */
    int line(int index) {
        int line = 1;
        for (int i = 0; i < index; i++) {
            line += text.charAt(i) == '\n' ? 1 : 0;
        }
        return line;
    }

    /** {@return the brace, bracket or parenthesis that closes the one at {@code open}; -1 when none does} */
    int closing(int open) {
        int depth = 0;
        for (int i = open; i < code.length(); i++) {
            char c = code.charAt(i);
            depth += "{([".indexOf(c) >= 0 ? 1 : "})]".indexOf(c) >= 0 ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /** {@return every declaration of a struct or union with a body that has this tag or is typedefed to this name} */
    List<Declared> declarations(String name) {
        List<Declared> found = new ArrayList<>();
        Matcher tagged = TAGGED.matcher(code);
        while (tagged.find()) {
            if (tagged.group(3).equals(name)) {
                declared(tagged).ifPresent(found::add);
            }
        }
        Matcher nameless = NAMELESS.matcher(code);
        while (nameless.find()) {
            Optional<Declared> one = declared(nameless);
            if (one.isPresent() && alias(one.get()).equals(name) && !found.contains(one.get())) {
                boolean known = found.stream()
                        .anyMatch(other -> other.open() == one.get().open());
                if (!known) {
                    found.add(one.get());
                }
            }
        }
        return found;
    }

    private Optional<Declared> declared(Matcher head) {
        int open = head.end() - 1;
        int close = closing(open);
        return close < 0 ? Optional.empty() : Optional.of(new Declared(head.start(), open, close));
    }

    private String alias(Declared declared) {
        Matcher behind = BEHIND.matcher(code).region(declared.close(), code.length());
        return behind.lookingAt() ? behind.group(1) : "";
    }

    /** {@return the names of all structs and unions declared with a body: for suggesting the nearest} */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        Matcher tagged = TAGGED.matcher(code);
        while (tagged.find()) {
            names.add(tagged.group(3));
        }
        Matcher nameless = NAMELESS.matcher(code);
        while (nameless.find()) {
            declared(nameless).map(this::alias).filter(name -> !name.isEmpty()).ifPresent(names::add);
        }
        return names;
    }
}

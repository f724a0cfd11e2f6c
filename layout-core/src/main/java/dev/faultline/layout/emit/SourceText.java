package dev.faultline.layout.emit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * C source, and a copy of the same length with blanks for comments, strings and preprocessor lines, in which to search
 * for braces and names.
 */
final class SourceText {

    /**
     * A part of the text.
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
    record StructRange(int start, int open, int close) {}

    final String text;
    final String code;
    final List<Span> comments = new ArrayList<>();
    final List<Span> directives = new ArrayList<>();
    private final int[] lineStarts;
    private final int[] closings;

    SourceText(String text) {
        this.text = text;
        this.lineStarts = lineStarts(text);
        this.code = mask();
        this.closings = closings(code);
    }

    private static int[] lineStarts(String text) {
        IntStream ends = IntStream.range(0, text.length()).filter(i -> text.charAt(i) == '\n');
        return IntStream.concat(IntStream.of(0), ends.map(end -> end + 1)).toArray();
    }

    /** {@return for each opening brace, bracket or parenthesis the index of the closing one; -1 when there is none} */
    private static int[] closings(String code) {
        int[] closings = new int[code.length()];
        int[] open = new int[code.length()];
        int depth = 0;
        for (int i = 0; i < code.length(); i++) {
            closings[i] = -1;
            char c = code.charAt(i);
            if (c == '{' || c == '(' || c == '[') {
                open[depth++] = i;
            } else if (depth > 0 && (c == '}' || c == ')' || c == ']')) {
                closings[open[--depth]] = i;
            }
        }
        return closings;
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

    /** {@return the end of a preprocessor line, which a backslash or a comment may continue on the next line} */
    private int directiveEnd(int from) {
        int at = from;
        int end = lineEnd(at);
        while (true) {
            int comment = commentStart(at, end);
            if (comment < end) {
                at = after("*/", comment + 2); // may be on another line, whose rest may have another comment
                end = at > end ? lineEnd(at) : end;
                continue;
            }
            if (end >= text.length() || !endsWithBackslash(from, end)) {
                return end;
            }
            at = end + 1;
            end = lineEnd(at);
        }
    }

    private int commentStart(int from, int to) {
        int at = from;
        while (at < to && !text.startsWith("/*", at)) {
            at++;
        }
        return at;
    }

    private boolean endsWithBackslash(int from, int end) {
        int last = end - 1;
        while (last >= from && Character.isWhitespace(text.charAt(last))) {
            last--;
        }
        return last >= from && text.charAt(last) == '\\';
    }

    /** {@return the index of the newline that ends the line, or the length of the text} */
    int lineEnd(int from) {
        int next = line(from);
        return next < lineStarts.length ? lineStarts[next] - 1 : text.length();
    }

    int lineStart(int index) {
        return lineStarts[line(index) - 1];
    }

    /** {@return where the whitespace that starts at an index ends, at most at {@code end}} */
    static int blanks(String text, int from, int end) {
        int at = from;
        while (at < end && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** {@return the number of the line, from 1} */
    int line(int index) {
        int found = Arrays.binarySearch(lineStarts, index);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** {@return the brace, bracket or parenthesis that closes the one at {@code open}; -1 when none does} */
    int closing(int open) {
        return closings[open];
    }

    /** {@return every declaration with a body of a struct or union with this tag or typedef name} */
    List<StructRange> declarations(String name) {
        return new SourceDeclarations(this).named(name);
    }

    /** {@return the names of all structs and unions that are declared with a body} */
    Set<String> names() {
        return new SourceDeclarations(this).names();
    }
}

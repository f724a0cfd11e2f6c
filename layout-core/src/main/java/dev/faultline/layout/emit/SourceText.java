package dev.faultline.layout.emit;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * C source, and the same with blanks for comments, strings and preprocessor lines, so that braces and names can be looked
 * for. Both have the same length.
 */
final class SourceText {

    // Possessive, for a group that can be given up again is tried by a call a repetition; bounded, so that each find is
    // short.
    private static final Pattern TAGGED = Pattern.compile("\\b(?:struct|union|class)\\b"
            + "(?:\\s++(?:__attribute__\\s*+\\(\\([^{};]{0,4096}?\\)\\)|__packed\\b))*+\\s++([A-Za-z_]\\w*+)\\s*+\\{");
    private static final Pattern NAMELESS =
            Pattern.compile("\\btypedef\\s++(?:struct|union)\\b\\s*+(?:[A-Za-z_]\\w*+\\s*+)?+\\{");
    private static final Pattern BEHIND = Pattern.compile(
            "\\}\\s*+(?:__attribute__\\s*+\\(\\([^;]{0,4096}?\\)\\)\\s*+)*+" + "([A-Za-z_]\\w*+)[^;,]{0,4096}+;");

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
    private final NavigableMap<Integer, Span> comments = new TreeMap<>();
    private final Map<Integer, Span> directives = new HashMap<>();
    private final int[] lineStarts;
    private final Map<Integer, Integer> closing = new HashMap<>();

    SourceText(String text) {
        this.text = text;
        this.code = mask();
        this.lineStarts = IntStream.concat(
                        IntStream.of(0),
                        IntStream.range(0, text.length())
                                .filter(i -> text.charAt(i) == '\n')
                                .map(i -> i + 1))
                .toArray();
        matchBraces();
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
                comments.put(at, new Span(at, end));
                blank(masked, at, end);
                at = end;
                continue;
            }
            if (text.startsWith("//", at)) {
                end = lineEnd(at);
                comments.put(at, new Span(at, end));
                blank(masked, at, end);
            } else if (c == '"' || c == '\'') {
                end = literalEnd(at, c);
                blank(masked, at, end);
            } else if (c == '#' && lineStart) {
                end = directiveEnd(at);
                directives.put(at, new Span(at, end));
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
        int found = Arrays.binarySearch(lineStarts, index);
        return found < 0 ? -found - 1 : found + 1;
    }

    /** {@return the preprocessor line that starts here, if one does} */
    Optional<Span> directive(int index) {
        return Optional.ofNullable(directives.get(index));
    }

    /** {@return the comment that is open here: begun before and not ended, if there is one} */
    Optional<Span> commentOver(int index) {
        return Optional.ofNullable(comments.lowerEntry(index))
                .map(Map.Entry::getValue)
                .filter(comment -> comment.end() > index);
    }

    /** Finds what closes each brace; brackets and parentheses between count too, whatever closes them. */
    private void matchBraces() {
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            if ("{([".indexOf(c) >= 0) {
                open.push(i);
            } else if ("})]".indexOf(c) >= 0 && !open.isEmpty()) {
                int opened = open.pop();
                if (code.charAt(opened) == '{') {
                    closing.put(opened, i);
                }
            }
        }
    }

    /** {@return every declaration of a struct or union with a body that has this tag or is typedefed to this name} */
    List<Declared> declarations(String name) {
        Map<Integer, Declared> found = new LinkedHashMap<>();
        Matcher tagged = TAGGED.matcher(code);
        while (tagged.find()) {
            if (tagged.group(1).equals(name)) {
                declared(tagged).ifPresent(one -> found.put(one.open(), one));
            }
        }
        Matcher nameless = NAMELESS.matcher(code);
        while (nameless.find()) {
            declared(nameless)
                    .filter(one -> alias(one).equals(name))
                    .ifPresent(one -> found.putIfAbsent(one.open(), one));
        }
        return List.copyOf(found.values());
    }

    private Optional<Declared> declared(Matcher head) {
        int open = head.end() - 1;
        return Optional.ofNullable(closing.get(open)).map(close -> new Declared(head.start(), open, close));
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
            names.add(tagged.group(1));
        }
        Matcher nameless = NAMELESS.matcher(code);
        while (nameless.find()) {
            declared(nameless).map(this::alias).filter(name -> !name.isEmpty()).ifPresent(names::add);
        }
        return names;
    }
}

package dev.faultline.layout.emit;

import dev.faultline.input.InputException;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The body of a struct in a source, cut into pieces that move as a whole: a declaration with the comments before it and the
 * comment behind it on its line, the {@code #define}s below it, or all that stands under one {@code #if}.
 */
final class SourceBody {

    private static final Set<String> CONDITIONS =
            Set.of("if", "ifdef", "ifndef", "elif", "else", "endif", "define", "undef");

    /** Structs in structs inside a body; no real source comes near. */
    private static final int DEEPEST = 64;

    /** A piece; its text ends with a newline. */
    static final class Piece {
        private static final String ALIGNED = "aligned";

        private final StringBuilder text;
        final String code;
        final int line;
        final List<String> names = new ArrayList<>();

        Piece(String text, String code, int line) {
            this.text = new StringBuilder(text);
            this.code = code;
            this.line = line;
        }

        String text() {
            return text.toString();
        }

        /** {@return whether it asks for an alignment, and which; 1 for none} */
        long aligned(int lineBytes) {
            long most = 1;
            for (int at = code.indexOf(ALIGNED); at >= 0; at = code.indexOf(ALIGNED, at + 1)) {
                most = Math.max(most, argument(at + ALIGNED.length()));
            }
            return most == 1 && code.contains("cacheline_aligned") ? lineBytes : most;
        }

        /** The number in parentheses there, 1 when there is none; one too large for any alignment is kept as it is. */
        private long argument(int from) {
            int at = blanks(code.startsWith("__", from) ? from + 2 : from);
            if (at == code.length() || code.charAt(at) != '(') {
                return 1;
            }
            long value = 0;
            int digit = blanks(at + 1);
            for (; digit < code.length() && code.charAt(digit) >= '0' && code.charAt(digit) <= '9'; digit++) {
                value = Math.min(Long.MAX_VALUE / 16, value * 10 + code.charAt(digit) - '0');
            }
            return value;
        }

        private int blanks(int from) {
            int at = from;
            while (at < code.length() && Character.isWhitespace(code.charAt(at))) {
                at++;
            }
            return at;
        }

        boolean isPacked() {
            return code.contains("packed");
        }
    }

    private final String file;
    private final SourceText source;
    private final SourceText.Declared declared;
    private final Set<String> expected;
    final List<Piece> pieces = new ArrayList<>();
    private final Map<String, Piece> byName = new LinkedHashMap<>();
    private final Map<Integer, SourceText.Span> directiveAt = new HashMap<>();
    private final NavigableMap<Integer, SourceText.Span> commentAt = new TreeMap<>();
    private final String eol;
    int tail;

    private SourceBody(String file, SourceText source, SourceText.Declared declared, StructLayout layout) {
        this.file = file;
        this.source = source;
        this.declared = declared;
        this.expected = names(layout);
        source.directives.forEach(one -> directiveAt.put(one.start(), one));
        source.comments.forEach(one -> commentAt.put(one.start(), one));
        this.eol = source.text.contains("\r\n") ? "\r\n" : "\n";
    }

    /**
     * Cuts a body.
     *
     * @param file what messages call the source
     * @param source the source
     * @param declared the struct
     * @param layout what it is laid out as today
     * @throws InputException when it holds what cannot be moved
     */
    static SourceBody of(String file, SourceText source, SourceText.Declared declared, StructLayout layout) {
        SourceBody body = new SourceBody(file, source, declared, layout);
        body.cut();
        body.check(layout);
        return body;
    }

    SourceText.Declared declared() {
        return declared;
    }

    /** {@return the names in the body of the struct: of members, and of those inside nameless ones} */
    private static Set<String> names(StructLayout layout) {
        Set<String> names = new TreeSet<>();
        for (Member member : layout.members()) {
            if (!member.isAnonymous()) {
                names.add(member.name());
            } else if (member.type() instanceof FieldType.Aggregate inner) {
                names.addAll(names(inner.layout()));
            }
        }
        return names;
    }

    /** {@return the piece that declares a member, or null} */
    Piece find(Member member) {
        if (!member.isAnonymous()) {
            return byName.get(member.name());
        }
        if (member.type() instanceof FieldType.Aggregate inner) {
            for (String name : names(inner.layout())) {
                if (byName.containsKey(name)) {
                    return byName.get(name);
                }
            }
        }
        return null;
    }

    private void cut() {
        int start = bodyStart();
        int at = start;
        int depth = 0;
        int under = 0;
        int blankFrom = -1;
        int blankTo = -1;
        while (at < declared.close()) {
            char c = source.code.charAt(at);
            SourceText.Span directive = directiveAt.get(at);
            if (directive != null) {
                under += nesting(directive);
                at = directive.end();
                boolean closes = under == 0 && !isDefine(directive);
                if (blankFrom != start) {
                    blankFrom = start;
                    blankTo = blanks(source.text, start, declared.close());
                }
                if (closes || under == 0 && blankTo >= directive.start() && !pieces.isEmpty()) {
                    start = end(start, at, closes);
                }
                continue;
            }
            depth += "{([".indexOf(c) >= 0 ? 1 : "})]".indexOf(c) >= 0 ? -1 : 0;
            if (depth > DEEPEST) {
                throw at(at, "nested deeper than " + DEEPEST + " levels");
            }
            at++;
            if (c == ';' && depth == 0 && under == 0) {
                start = end(start, at, true);
                at = Math.max(at, start);
            }
        }
        if (!source.code.substring(start, declared.close()).isBlank()) {
            throw at(start, "a declaration that does not end with `;`");
        }
        tail = start;
    }

    /** The last comment that starts before a place: comments do not nest, so that no other reaches farther. */
    private SourceText.Span commentBefore(int index) {
        Map.Entry<Integer, SourceText.Span> entry = commentAt.lowerEntry(index);
        return entry == null ? null : entry.getValue();
    }

    private int bodyStart() {
        int lineEnd = source.lineEnd(declared.open());
        boolean restIsBlank = lineEnd < declared.close()
                && source.code.substring(declared.open() + 1, lineEnd).isBlank()
                && (commentBefore(lineEnd) == null || commentBefore(lineEnd).end() <= lineEnd);
        return restIsBlank ? lineEnd + 1 : declared.open() + 1;
    }

    private boolean isDefine(SourceText.Span directive) {
        return source.text.startsWith("define", wordAt(directive))
                || source.text.startsWith("undef", wordAt(directive));
    }

    private int wordAt(SourceText.Span directive) {
        int at = directive.start() + 1;
        while (at < directive.end() && Character.isWhitespace(source.text.charAt(at))) {
            at++;
        }
        return at;
    }

    private int nesting(SourceText.Span directive) {
        int start = wordAt(directive);
        int end = start;
        while (end < directive.end() && Character.isLetter(source.text.charAt(end))) {
            end++;
        }
        if (!CONDITIONS.contains(source.text.substring(start, end))) {
            throw at(directive.start(), "a preprocessor line in the body that cannot be moved");
        }
        int word = wordAt(directive);
        return source.text.startsWith("if", word) ? 1 : source.text.startsWith("endif", word) ? -1 : 0;
    }

    private static boolean isBlank(String text, int start, int end) {
        return blanks(text, start, end) >= end;
    }

    /** {@return where blanks that start there end, not beyond an end} */
    private static int blanks(String text, int start, int end) {
        int at = start;
        while (at < end && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Ends a piece behind its line; a comment that starts on the line goes with it. */
    private int end(int start, int from, boolean own) {
        int lineEnd = Math.min(source.lineEnd(from), declared.close());
        if (!isBlank(source.code, from, lineEnd)) {
            add(start, from, own);
            return from;
        }
        int end = lineEnd;
        SourceText.Span comment = commentBefore(lineEnd);
        if (comment != null && comment.start() >= from && comment.end() > lineEnd) {
            end = Math.min(source.lineEnd(comment.end()), declared.close());
        }
        int next = Math.min(end + 1, declared.close());
        add(start, next, own);
        return next;
    }

    private void add(int start, int end, boolean own) {
        String text = source.text.substring(start, end);
        boolean wholeLines = start == 0 || source.text.charAt(start - 1) == '\n';
        if (!wholeLines) {
            text = indent() + text.stripLeading();
        }
        if (!text.endsWith("\n")) {
            text = text.stripTrailing() + eol;
        }
        if (!own) { // a #define below a member is about it
            pieces.get(pieces.size() - 1).text.append(text);
            return;
        }
        Piece piece = new Piece(text, source.code.substring(start, end), source.line(start));
        for (String statement : SourceMember.statements(piece.code)) {
            SourceMember member = SourceMember.read(statement, expected);
            if (!member.macro.isEmpty()) {
                throw at(
                        start + piece.code.indexOf(member.macro),
                        "the macro " + member.macro + "(...) in the body, of which it is not known what it declares");
            }
            piece.names.addAll(member.names);
        }
        pieces.add(piece);
    }

    private String indent() {
        return "\t";
    }

    private void check(StructLayout layout) {
        for (Piece piece : pieces) {
            boolean known = false;
            for (String name : piece.names) {
                if (!expected.contains(name)) {
                    continue;
                }
                known = true;
                Piece other = byName.putIfAbsent(name, piece);
                if (other != null && other != piece) {
                    throw new InputException(
                            file,
                            "line " + piece.line,
                            name + " is declared a second time, under another" + " condition than at line " + other.line
                                    + "; which one holds is not known here");
                }
            }
            if (!known) {
                String names = String.join(", ", piece.names);
                throw new InputException(
                        file,
                        "line " + piece.line,
                        (names.isBlank() ? "an unnamed bit-field" : "declares " + names) + ", which "
                                + layout.spelling() + " as laid out does not have");
            }
        }
        for (Member member : layout.members()) {
            if (find(member) == null && member.type().byteSize() > 0) {
                throw new InputException(
                        file,
                        "line " + source.line(declared.start()),
                        layout.spelling() + " has no member " + member.name() + " here; is it another version?");
            }
        }
    }

    /** Parts a piece such as {@code int a, b;} into one for each member, or refuses. */
    void part(Piece piece) {
        int semicolon = piece.code.indexOf(';');
        String statement = semicolon < 0 ? "" : piece.code.substring(0, semicolon);
        int begin = statement.length() - statement.stripLeading().length();
        String[] declarators = statement.substring(begin).split(",");
        boolean simple = semicolon == piece.code.lastIndexOf(';')
                && statement.chars().noneMatch(c -> "(){}#".indexOf(c) >= 0)
                && !piece.text().contains("#")
                && declarators.length == piece.names.size()
                && piece.text().startsWith(statement.substring(begin), begin);
        if (!simple) {
            throw new InputException(
                    file,
                    "line " + piece.line,
                    "declares " + String.join(", ", piece.names)
                            + " in one piece, which the suggestion parts; declare each by itself");
        }
        String first = declarators[0];
        String type = first.substring(0, first.lastIndexOf(piece.names.get(0)));
        int end = type.length();
        while (end > 0 && (type.charAt(end - 1) == '*' || Character.isWhitespace(type.charAt(end - 1)))) {
            end--;
        }
        type = type.substring(0, end);
        declarators[0] = first.substring(type.length());
        String margin = statement.substring(statement.lastIndexOf('\n', begin) + 1, begin);
        int at = pieces.indexOf(piece);
        pieces.remove(at);
        for (int i = 0; i < declarators.length; i++) {
            String text = type + " " + declarators[i].strip() + ";";
            String before = i == 0 ? piece.text.substring(0, begin) : margin;
            String after = i == 0 ? piece.text.substring(semicolon + 1) : eol;
            Piece one = new Piece(before + text + after, text, piece.line);
            one.names.add(piece.names.get(i));
            pieces.add(at + i, one);
            byName.put(piece.names.get(i), one);
        }
    }

    String eol() {
        return eol;
    }

    /** {@return the blanks that the members of this body start with} */
    String margin() {
        for (Piece piece : pieces) {
            for (String line : piece.text().split("\n")) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    return line.substring(0, line.length() - line.stripLeading().length());
                }
            }
        }
        return "\t";
    }

    private InputException at(int index, String problem) {
        return new InputException(file, "line " + source.line(index), problem);
    }
}

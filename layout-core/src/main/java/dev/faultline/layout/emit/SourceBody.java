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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The body of a struct in a source, cut into pieces that move as a whole. A piece is a declaration with the comments
 * before it, the comment behind it on its line and the {@code #define}s below it, or everything under one {@code #if}.
 */
final class SourceBody {

    /** A C++ access label before a declaration. */
    private static final Pattern ACCESS_LABEL = Pattern.compile("\\s*\\b(public|protected|private)\\s*:(?!:)");

    private static final Set<String> CONDITIONS =
            Set.of("if", "ifdef", "ifndef", "elif", "else", "endif", "define", "undef");

    /** Most nested brackets in a body. */
    private static final int DEEPEST = 64;

    private final String file;
    private final SourceText source;
    private final SourceText.StructRange declared;
    private final Set<String> expected;
    final List<SourcePiece> pieces = new ArrayList<>();
    private final Map<String, SourcePiece> byName = new LinkedHashMap<>();
    private final Map<Integer, SourceText.Span> directiveAt = new HashMap<>();
    private final NavigableMap<Integer, SourceText.Span> commentAt = new TreeMap<>();
    private int start;
    private int tail;
    private int directives;

    private SourceBody(String file, SourceText source, SourceText.StructRange declared, StructLayout layout) {
        this.file = file;
        this.source = source;
        this.declared = declared;
        this.expected = names(layout);
        source.directives.forEach(one -> directiveAt.put(one.start(), one));
        source.comments.forEach(one -> commentAt.put(one.start(), one));
    }

    /**
     * Cuts a body.
     *
     * @param file the name of the source in messages
     * @param source the source
     * @param declared the struct
     * @param layout the layout of the struct
     * @throws InputException when it contains a part that cannot be moved
     */
    static SourceBody of(String file, SourceText source, SourceText.StructRange declared, StructLayout layout) {
        SourceBody body = new SourceBody(file, source, declared, layout);
        body.cut();
        body.check(layout);
        return body;
    }

    SourceText.StructRange declared() {
        return declared;
    }

    /** {@return the index at which the first piece starts} */
    int start() {
        return start;
    }

    /** {@return the index at which the last piece ends} */
    int tail() {
        return tail;
    }

    /** {@return blanks between the opening brace and the first piece; a line end when the piece starts a line} */
    String opening() {
        if (source.text.charAt(start - 1) == '\n') {
            return "\n";
        }
        String first = pieces.isEmpty() ? " " : pieces.get(0).text();
        return first.substring(0, SourceText.blanks(first, 0, first.length()));
    }

    /** {@return blanks between the last piece and the closing brace; a line end when the piece ends a line} */
    String closing() {
        String last =
                pieces.isEmpty() ? opening() : pieces.get(pieces.size() - 1).text();
        return last.endsWith("\n") ? "\n" : last.substring(last.stripTrailing().length());
    }

    /** {@return the names of the members, including those inside nameless structs and unions} */
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
    SourcePiece find(String name) {
        return byName.get(name);
    }

    /** {@return the piece that declares a member, or null; a list of declarators declares no nameless struct} */
    SourcePiece find(Member member) {
        if (!member.isAnonymous()) {
            return find(member.name());
        }
        if (member.type() instanceof FieldType.Aggregate inner) {
            for (String name : names(inner.layout())) {
                SourcePiece piece = byName.get(name);
                if (piece != null && piece.list().isEmpty()) {
                    return piece;
                }
            }
        }
        return null;
    }

    private void cut() {
        start = bodyStart();
        int begin = start;
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
                directives++;
                at = directive.end();
                boolean closes = under == 0 && !isDefine(directive);
                if (blankFrom != begin) {
                    blankFrom = begin;
                    blankTo = SourceText.blanks(source.text, begin, declared.close());
                }
                if (closes || under == 0 && blankTo >= directive.start() && !pieces.isEmpty()) {
                    begin = end(begin, at, closes);
                }
                continue;
            }
            depth += "{([".indexOf(c) >= 0 ? 1 : "})]".indexOf(c) >= 0 ? -1 : 0;
            if (depth > DEEPEST) {
                throw at(at, "nested deeper than " + DEEPEST + " levels");
            }
            at++;
            if (c == ';' && depth == 0 && under == 0) {
                begin = end(begin, at, true);
                at = Math.max(at, begin);
            }
        }
        if (!source.code.substring(begin, declared.close()).isBlank()) {
            throw at(begin, "a declaration without `;`");
        }
        tail = begin;
    }

    /** {@return the last comment that starts before an index, or null} */
    private SourceText.Span commentBefore(int index) {
        Map.Entry<Integer, SourceText.Span> entry = commentAt.lowerEntry(index);
        return entry == null ? null : entry.getValue();
    }

    /** An access label before the first member stays where it is. */
    private int bodyStart() {
        Matcher label = ACCESS_LABEL.matcher(source.code).region(declared.open() + 1, declared.close());
        int opened = label.lookingAt() ? label.end() : declared.open() + 1;
        int lineEnd = source.lineEnd(opened - 1);
        boolean restIsBlank = lineEnd < declared.close()
                && source.code.substring(opened, lineEnd).isBlank()
                && (commentBefore(lineEnd) == null || commentBefore(lineEnd).end() <= lineEnd);
        return restIsBlank ? lineEnd + 1 : opened;
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
            throw at(directive.start(), "this preprocessor line cannot be moved");
        }
        int word = wordAt(directive);
        return source.text.startsWith("if", word) ? 1 : source.text.startsWith("endif", word) ? -1 : 0;
    }

    /** Ends a piece behind its line, and behind comments that start on the line. */
    private int end(int begin, int from, boolean own) {
        int lineEnd = Math.min(source.lineEnd(from), declared.close());
        int code = SourceText.blanks(source.code, from, lineEnd);
        SourceText.Span comment = commentBefore(code);
        int end = comment != null && comment.start() >= from ? Math.max(from, comment.end()) : from;
        if (code < lineEnd) {
            add(begin, end, own);
            return end;
        }
        end = end > lineEnd ? source.lineEnd(end) : lineEnd;
        int next = Math.min(end + 1, declared.close());
        add(begin, next, own);
        return next;
    }

    private void add(int begin, int end, boolean own) {
        String text = source.text.substring(begin, end);
        SourcePiece previous = pieces.isEmpty() ? null : pieces.get(pieces.size() - 1);
        boolean conditional = directives > 0;
        directives = 0;
        if (!own) { // a #define below a member belongs to it
            previous.append(text);
            return;
        }
        String code = source.code.substring(begin, end);
        Matcher label = ACCESS_LABEL.matcher(code);
        if (!pieces.isEmpty() && label.lookingAt()) {
            throw at(
                    begin + label.start(1),
                    "members that move across " + label.group(1) + ": would change their access; use --emit c or"
                            + " --emit layout");
        }
        List<String> names = new ArrayList<>();
        for (String statement : SourceMember.statements(code)) {
            SourceMember member = SourceMember.read(statement, expected);
            if (!member.macro.isEmpty()) {
                throw at(
                        begin + code.indexOf(member.macro),
                        "the macro " + member.macro + "(...) may declare members; expand it, or use --emit c");
            }
            names.addAll(member.names);
        }
        boolean startsLine = begin == 0 || source.text.charAt(begin - 1) == '\n';
        pieces.add(new SourcePiece(text, code, names, source.line(begin), startsLine, conditional, previous));
    }

    private void check(StructLayout layout) {
        for (SourcePiece piece : pieces) {
            boolean known = false;
            for (String name : piece.names) {
                if (!expected.contains(name)) {
                    continue;
                }
                known = true;
                SourcePiece other = byName.putIfAbsent(name, piece);
                if (other != null && other != piece) {
                    throw new InputException(
                            file,
                            "line " + piece.line,
                            name + " is declared a second time, under another condition than at line " + other.line);
                }
            }
            if (!known) {
                String names = String.join(", ", piece.names);
                throw new InputException(
                        file,
                        "line " + piece.line,
                        names.isBlank()
                                ? "an unnamed bit-field or a declaration of C++ that is not understood; the layout of "
                                        + layout.spelling() + " has no such member"
                                : "declares " + names + ", which the layout of " + layout.spelling()
                                        + " does not have");
            }
        }
        for (Member member : layout.members()) {
            if (find(member) == null && member.type().byteSize() > 0) {
                throw new InputException(
                        file,
                        "line " + source.line(declared.start()),
                        layout.spelling() + " has no " + words(member) + " here; is this another version?");
            }
        }
    }

    private static String words(Member member) {
        return member.isAnonymous() && member.type() instanceof FieldType.Aggregate inner
                ? "nameless " + inner.layout().kind().keyword() + " with " + String.join(", ", names(inner.layout()))
                : "member " + member.name();
    }

    private InputException at(int index, String problem) {
        return new InputException(file, "line " + source.line(index), problem);
    }
}

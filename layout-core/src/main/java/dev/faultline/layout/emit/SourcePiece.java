package dev.faultline.layout.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A part of a struct's body that moves as a whole: a declaration or an {@code #if} block, with its comments. */
final class SourcePiece {

    private static final String ALIGNED = "aligned";

    /**
     * A declaration of the form {@code type declarator, declarator;}, which can be split.
     *
     * @param begin index of the type in the text of the piece
     * @param semicolon index of the semicolon
     * @param type what the declarators share, without stars
     * @param gap blanks between the type and the first declarator
     * @param separator blanks behind each comma
     * @param declarators the declarators, each with its stars, dimensions and attributes
     */
    record DeclaratorList(
            int begin, int semicolon, String type, String gap, String separator, List<String> declarators) {

        /** {@return the list; empty for declarations with braces, comments, or a star or parenthesis in the type} */
        private static Optional<DeclaratorList> of(SourcePiece piece) {
            String code = piece.code;
            int begin = SourceText.blanks(code, 0, code.length());
            int semicolon = code.indexOf(';');
            if (piece.conditional || semicolon < begin || semicolon != code.lastIndexOf(';')) {
                return Optional.empty();
            }
            String statement = code.substring(begin, semicolon);
            List<String> parts = SourceMember.parts(statement, ',');
            if (statement.indexOf('{') >= 0
                    || statement.indexOf('}') >= 0
                    || !piece.text().startsWith(statement, begin)
                    || parts.size() != piece.names.size()) {
                return Optional.empty();
            }
            String first = parts.get(0);
            int end = typeEnd(first, piece.names.get(0));
            if (end <= 0 || first.lastIndexOf('*', end - 1) >= 0) {
                return Optional.empty();
            }
            String separator = parts.size() == 1 ? " " : leadingBlanks(parts.get(1));
            List<String> declarators = new ArrayList<>(parts);
            declarators.set(0, first.substring(end));
            declarators.replaceAll(String::strip);
            return Optional.of(new DeclaratorList(
                    begin,
                    semicolon,
                    first.substring(0, end),
                    leadingBlanks(first.substring(end)),
                    separator,
                    List.copyOf(declarators)));
        }

        /** {@return the end of the type in the first declaration, 0 when the name is not directly behind a type} */
        private static int typeEnd(String first, String name) {
            int limit = first.length();
            for (char c : "([:".toCharArray()) {
                int found = first.indexOf(c);
                limit = found < 0 ? limit : Math.min(limit, found);
            }
            int at = name.isEmpty() ? -1 : first.lastIndexOf(name, limit - name.length());
            while (at > 0 && !isWord(first, at, at + name.length())) {
                at = first.lastIndexOf(name, at - 1);
            }
            while (at > 0 && (first.charAt(at - 1) == '*' || Character.isWhitespace(first.charAt(at - 1)))) {
                at--;
            }
            return at;
        }

        private static boolean isWord(String text, int start, int end) {
            return !Character.isJavaIdentifierPart(text.charAt(start - 1))
                    && (end == text.length() || !Character.isJavaIdentifierPart(text.charAt(end)));
        }

        private static String leadingBlanks(String text) {
            return text.substring(0, SourceText.blanks(text, 0, text.length()));
        }

        /** {@return a declaration of the declarators with these indices, without its semicolon} */
        String declare(List<Integer> indices) {
            List<String> chosen = indices.stream().map(declarators::get).toList();
            return type + gap + String.join("," + separator, chosen);
        }
    }

    private final StringBuilder text;
    private final String code;
    private final boolean conditional;

    /** Number of its first line. */
    final int line;

    /** Whether the source has it at the start of a line. */
    final boolean startsLine;

    /** The piece directly before it in the source, null for the first. */
    final SourcePiece previous;

    /** The members it declares, in order; those inside it for a nameless struct; "" for an unnamed bit-field. */
    final List<String> names;

    private final Optional<DeclaratorList> list;

    SourcePiece(
            String text,
            String code,
            List<String> names,
            int line,
            boolean startsLine,
            boolean conditional,
            SourcePiece previous) {
        this.text = new StringBuilder(text);
        this.code = code;
        this.names = List.copyOf(names);
        this.line = line;
        this.startsLine = startsLine;
        this.conditional = conditional;
        this.previous = previous;
        this.list = DeclaratorList.of(this);
    }

    String text() {
        return text.toString();
    }

    /** Adds lines that follow it in the source, such as a {@code #define} that belongs to it. */
    void append(String lines) {
        text.append(lines);
    }

    Optional<DeclaratorList> list() {
        return list;
    }

    /** {@return the alignment in bytes that an attribute asks for a member, 1 for none} */
    long aligned(String member, int lineBytes) {
        String own = code(member);
        long most = 1;
        for (int at = own.indexOf(ALIGNED); at >= 0; at = own.indexOf(ALIGNED, at + 1)) {
            most = Math.max(most, argument(own, at + ALIGNED.length()));
        }
        return most == 1 && own.contains("cacheline_aligned") ? lineBytes : most;
    }

    /** {@return whether an attribute packs a member} */
    boolean isPacked(String member) {
        return code(member).contains("packed");
    }

    /** {@return whether the attributes in its code apply to one member and no other} */
    boolean hasOwnAttributes() {
        return list.isPresent() || names.size() == 1;
    }

    private String code(String member) {
        int index = list.isPresent() ? names.indexOf(member) : -1;
        return index < 0 ? code : list.get().declare(List.of(index));
    }

    /** The number in parentheses there, 1 when there is none; numbers above any alignment do not overflow. */
    private static long argument(String code, int from) {
        int at = SourceText.blanks(code, code.startsWith("__", from) ? from + 2 : from, code.length());
        if (at == code.length() || code.charAt(at) != '(') {
            return 1;
        }
        long value = 0;
        int digit = SourceText.blanks(code, at + 1, code.length());
        for (; digit < code.length() && code.charAt(digit) >= '0' && code.charAt(digit) <= '9'; digit++) {
            value = Math.min(Long.MAX_VALUE / 16, value * 10 + code.charAt(digit) - '0');
        }
        return value;
    }
}

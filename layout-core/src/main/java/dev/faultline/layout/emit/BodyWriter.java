package dev.faultline.layout.emit;

import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.List;

/** Writes the body of a struct with its members in another order, otherwise as the source has it. */
final class BodyWriter {

    /** A struct on one line that would become longer than this is spread over several. */
    private static final int MOST_COLUMNS = 100;

    private final SourceBody body;
    private final SourceStyle style;
    private final boolean wasOneLine;
    private final boolean oneLine;
    private final StringBuilder text = new StringBuilder();
    private SourcePiece last;

    /**
     * Starts a body.
     *
     * @param source the source
     * @param body the body as it is
     * @param layout the struct as it is
     * @param paddings the number of padding members that are added
     */
    BodyWriter(SourceText source, SourceBody body, StructLayout layout, int paddings) {
        this.body = body;
        this.style = new SourceStyle(source, body, layout);
        SourceText.StructRange declared = body.declared();
        this.wasOneLine = source.line(declared.open()) == source.line(declared.close());
        int columns = declared.close()
                - source.lineStart(declared.open())
                + paddings * style.padding("pad_00", 10).length();
        this.oneLine = wasOneLine && (paddings == 0 || columns <= MOST_COLUMNS);
    }

    SourceStyle style() {
        return style;
    }

    /** Writes a piece as it is. */
    void piece(SourcePiece piece) {
        if (last != null && piece.previous == last) {
            text.append(piece.text());
        } else {
            boolean becomesFirst = text.isEmpty() && piece.previous != null;
            append(becomesFirst ? fromFirstLine(piece.text()) : piece.text(), piece.startsLine);
        }
        last = piece;
    }

    /**
     * Writes some members of a piece that is split or whose members change their order.
     *
     * @param piece the piece, a list of declarators
     * @param names the members
     * @param keepsComments whether the comments of the piece go with them
     */
    void members(SourcePiece piece, List<String> names, boolean keepsComments) {
        SourcePiece.DeclaratorList list = piece.list().orElseThrow();
        List<Integer> indices = new ArrayList<>();
        names.forEach(name -> indices.add(piece.names.indexOf(name)));
        String declaration = list.declare(indices) + ";";
        if (keepsComments) {
            String lead = piece.text().substring(0, list.begin());
            String before = piece.text().substring(0, list.semicolon() + 1);
            String rest = piece.text().substring(list.semicolon() + 1);
            append(lead + declaration + SourceStyle.realigned(before, lead + declaration, rest), piece.startsLine);
        } else {
            line(style.indent + declaration + style.eol);
        }
        last = null;
    }

    /** Writes a line that is not in the source. */
    void line(String line) {
        append(line, true);
        last = null;
    }

    private void append(String chunk, boolean startsLine) {
        if (oneLine) {
            strip();
            text.append(text.isEmpty() ? body.opening() : " ").append(chunk.strip());
        } else if (text.isEmpty() && !body.opening().contains("\n") && !wasOneLine && !isDirective(chunk)) {
            text.append(body.opening()).append(chunk.stripLeading());
        } else if (text.isEmpty()) {
            text.append(body.opening().contains("\n") ? "" : style.eol);
            text.append(startsLine ? chunk : style.indent + chunk.stripLeading());
        } else {
            endLine();
            text.append(startsLine ? chunk : style.indent + chunk.stripLeading());
        }
    }

    private static boolean isDirective(String chunk) {
        return chunk.stripLeading().startsWith("#");
    }

    /** Leaves out the blank lines that stood before a member that now comes first. */
    private static String fromFirstLine(String chunk) {
        return chunk.substring(chunk.lastIndexOf('\n', SourceText.blanks(chunk, 0, chunk.length()) - 1) + 1);
    }

    private void endLine() {
        if (text.charAt(text.length() - 1) != '\n') {
            strip();
            text.append(style.eol);
        }
    }

    private void strip() {
        while (!text.isEmpty() && Character.isWhitespace(text.charAt(text.length() - 1))) {
            text.setLength(text.length() - 1);
        }
    }

    /** {@return the body, from behind its opening brace, or the line end there, to the end of the last member} */
    String end() {
        if (text.isEmpty()) {
            return "";
        }
        String lastLine = text.substring(text.lastIndexOf("\n", text.length() - 2) + 1);
        boolean braceFollows = !body.closing().contains("\n") && !lastLine.contains("//") && !isDirective(lastLine);
        if (oneLine || braceFollows && !wasOneLine) {
            strip();
            text.append(body.closing());
        } else {
            endLine();
            text.append(body.closing().contains("\n") ? "" : style.outerIndent);
        }
        return text.toString();
    }
}

package dev.faultline.layout.emit;

import dev.faultline.layout.FieldType;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How a source writes the members of one struct: line ends, indentation, name column, padding and alignment. */
final class SourceStyle {

    private static final int TAB = 8;

    final String eol;

    /** Indentation of the line with the opening brace. */
    final String outerIndent;

    final String indent;

    private final String paddingType;
    private final boolean tabsBeforeNames;
    private final int nameColumn;
    private final boolean alignedMacro;

    SourceStyle(SourceText source, SourceBody body, StructLayout layout) {
        this.eol = source.text.contains("\r\n") ? "\r\n" : "\n";
        int open = body.declared().start();
        this.outerIndent = leadingBlanks(source.text.substring(source.lineStart(open), open));
        this.indent = memberIndent(body).orElseGet(() -> outerIndent + indentUnit(source.code));
        this.alignedMacro = source.code.contains("__aligned(");
        this.paddingType = paddingType(body, layout);
        Map<Integer, Integer> columns = new HashMap<>();
        int most = 0;
        int column = 0;
        int declarations = 0;
        boolean tabs = false;
        for (SourcePiece piece : body.pieces) {
            SourcePiece.DeclaratorList list = piece.list().orElse(null);
            if (list == null || !piece.startsLine) {
                continue;
            }
            declarations++;
            int nameAt = list.begin() + list.type().length() + list.gap().length();
            int found = column(piece.text().substring(0, nameAt));
            boolean wide = list.gap().length() > 1 || list.gap().equals("\t");
            if (columns.merge(found, 1, Integer::sum) > most && wide) {
                most = columns.get(found);
                column = found;
                tabs = list.gap().contains("\t");
            }
        }
        this.nameColumn = most > 1 && 2 * most >= declarations ? column : 0;
        this.tabsBeforeNames = tabs;
    }

    private static Optional<String> memberIndent(SourceBody body) {
        for (SourcePiece piece : body.pieces) {
            for (String line : piece.startsLine ? piece.text().split("\n") : new String[0]) {
                if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
                    return Optional.of(leadingBlanks(line));
                }
            }
        }
        return Optional.empty();
    }

    /** One step of indentation: that of the first indented line of code, a tab when there is none. */
    private static String indentUnit(String code) {
        for (String line : (Iterable<String>) code.lines()::iterator) {
            String blanks = leadingBlanks(line);
            if (!blanks.isEmpty() && blanks.length() < Math.min(TAB + 1, line.length())) {
                return blanks.startsWith("\t") ? "\t" : blanks;
            }
        }
        return "\t";
    }

    /** {@return the type of a padding array that the struct has, else {@code unsigned char}} */
    private static String paddingType(SourceBody body, StructLayout layout) {
        for (Slot.Field field : layout.fields()) {
            boolean bytes = field.type() instanceof FieldType.Array array
                    && array.element().byteSize() == 1;
            SourcePiece piece = bytes && field.isPadding() ? body.find(field.path()) : null;
            if (piece != null && piece.list().isPresent()) {
                return piece.list().get().type();
            }
        }
        return "unsigned char";
    }

    /** {@return a line that declares unused bytes, with indentation and line end} */
    String padding(String name, long byteSize) {
        String start = indent + paddingType;
        return start + blanksTo(column(start), nameColumn, tabsBeforeNames) + name + "[" + byteSize + "];" + eol;
    }

    /** {@return a line that declares unused bits, with indentation and line end} */
    String paddingBits(int bitSize) {
        return indent + "unsigned char :" + bitSize + ";" + eol;
    }

    /** {@return an attribute that aligns a struct, to stand behind its closing brace} */
    String aligned(long byteAlignment) {
        return alignedMacro ? " __aligned(" + byteAlignment + ")" : " __attribute__((aligned(" + byteAlignment + ")))";
    }

    /** {@return blanks that lead from one column to another, at least one} */
    private static String blanksTo(int from, int to, boolean tabs) {
        if (to <= from) {
            return " ";
        }
        return tabs ? "\t".repeat((to + TAB - 1) / TAB - from / TAB) : " ".repeat(to - from);
    }

    /**
     * Keeps the column of a comment behind a declaration that became shorter.
     *
     * @param before the line up to and with its semicolon, as it was
     * @param now the same as it becomes
     * @param rest what follows
     * @return what follows, with other blanks before the comment when it stood in a column
     */
    static String realigned(String before, String now, String rest) {
        String blanks = leadingBlanks(rest);
        boolean inColumn = rest.startsWith("/", blanks.length()) && (blanks.length() > 1 || blanks.equals("\t"));
        if (!inColumn || blanks.contains("\n")) {
            return rest;
        }
        int column = column(before + blanks);
        return blanksTo(column(now), column, blanks.contains("\t")) + rest.substring(blanks.length());
    }

    /** {@return the number of columns that the last line of a text takes, with tab stops of eight} */
    static int column(String text) {
        int column = 0;
        for (int i = text.lastIndexOf('\n') + 1; i < text.length(); i++) {
            column = text.charAt(i) == '\t' ? (column / TAB + 1) * TAB : column + 1;
        }
        return column;
    }

    private static String leadingBlanks(String text) {
        return text.substring(0, SourceText.blanks(text, 0, text.length()));
    }
}

package dev.faultline.report.text;

import dev.faultline.input.VisibleText;
import dev.faultline.report.document.DocumentBlock.Column;
import dev.faultline.report.document.DocumentBlock.Row;
import dev.faultline.report.document.DocumentBlock.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes a table in columns that are as wide as their cells. Where they are too wide, heads of numbers wrap and the
 * packages of Java classes are left out; where that is not enough, words wrap.
 */
final class TextTable {

    private static final int DETAIL_INDENT = 6;
    private static final int FEWEST_CHARS = 10;
    /** The packages before the name of a class. A path in C begins no part with a capital after two without. */
    private static final Pattern PACKAGES = Pattern.compile("(?<![\\w.$])(?:[a-z][a-z0-9_]*\\.){2,}(?=[A-Z])");

    private final Table table;
    private final int columns;
    /** The columns of the table that are columns here: no details, and none without any cell. */
    private final int[] shown;

    private final boolean hasHeads;
    private final int[] widths;
    private int gap = 2;
    private int indent = 2;
    private boolean hasPackages = true;

    TextTable(Table table, int columns) {
        this.table = table;
        this.columns = columns;
        this.shown = IntStream.range(0, table.columns().size())
                .filter(i -> table.columns().get(i).kind() != Column.Kind.DETAIL
                        && table.rows().stream()
                                .anyMatch(row -> !row.cells().get(i).isEmpty()))
                .toArray();
        // Words speak for themselves; numbers need a head.
        this.hasHeads = IntStream.of(shown).anyMatch(this::isNumber);
        this.widths = IntStream.of(shown)
                .map(i -> Math.max(hasHeads ? head(i).length() : 0, cellWidth(i)))
                .toArray();
        fit();
    }

    private boolean isNumber(int column) {
        return table.columns().get(column).kind() == Column.Kind.NUMBER;
    }

    private String head(int column) {
        return VisibleText.of(table.columns().get(column).head());
    }

    private String cell(Row row, int column) {
        String text = VisibleText.of(row.cells().get(column));
        return hasPackages || isNumber(column) ? text : PACKAGES.matcher(text).replaceAll("");
    }

    private int cellWidth(int column) {
        return table.rows().stream()
                .mapToInt(row -> cell(row, column).length())
                .max()
                .orElse(0);
    }

    private void fit() {
        if (excess() > 0) {
            hasPackages = false;
            for (int i = 0; i < shown.length; i++) {
                int head = isNumber(shown[i])
                        ? longestWord(head(shown[i]))
                        : head(shown[i]).length();
                widths[i] = Math.max(hasHeads ? head : 0, cellWidth(shown[i]));
            }
        }
        narrow(IntStream.of(shown)
                .map(i -> Math.max(FEWEST_CHARS, longestWord(i)))
                .toArray());
        narrow(IntStream.of(shown).map(i -> FEWEST_CHARS).toArray());
        gap = excess() > 0 ? 1 : gap;
        indent = excess() > 0 ? 0 : indent;
    }

    /** Makes the widest column of words narrower until the table fits or all have their least width. */
    private void narrow(int[] leastWidths) {
        while (excess() > 0) {
            int widest = IntStream.range(0, shown.length)
                    .filter(i -> !isNumber(shown[i]) && widths[i] > leastWidths[i])
                    .reduce(-1, (a, b) -> a < 0 || widths[b] >= widths[a] ? b : a);
            if (widest < 0) {
                return;
            }
            widths[widest]--;
        }
    }

    private int longestWord(int column) {
        return table.rows().stream()
                .mapToInt(row -> longestWord(cell(row, column)))
                .max()
                .orElse(0);
    }

    private static int longestWord(String text) {
        return Stream.of(text.split(" ")).mapToInt(String::length).max().orElse(0);
    }

    private int excess() {
        return indent + IntStream.of(widths).sum() + gap * (shown.length - 1) - columns;
    }

    void write(TextLines lines) throws IOException {
        if (hasHeads) {
            List<List<String>> heads = new ArrayList<>();
            for (int i = 0; i < shown.length; i++) {
                List<String> head = new ArrayList<>(WordWrap.wrap(head(shown[i]), widths[i]));
                heads.add(head);
            }
            int most = heads.stream().mapToInt(List::size).max().orElse(0);
            heads.forEach(head -> head.addAll(0, Collections.nCopies(most - head.size(), "")));
            write(heads, "", lines);
        }
        for (Row row : table.rows()) {
            write(row, lines);
        }
    }

    private void write(Row row, TextLines lines) throws IOException {
        String style = TextBlocks.style(row.tone());
        List<List<String>> cells = new ArrayList<>();
        for (int i = 0; i < shown.length; i++) {
            List<String> cell = lines(cell(row, shown[i]), i);
            if (i == 0 && cell.stream().anyMatch(line -> line.length() > widths[0])) {
                // A name that is too long for its column has lines of its own.
                for (String line : WordWrap.hanging(row.cells().get(shown[0]), columns - indent)) {
                    lines.add(" ".repeat(indent)).ink(style, line).end();
                }
                cell = List.of("");
            }
            cells.add(cell);
        }
        write(cells, style, lines);
        for (int i = 0; i < row.cells().size(); i++) {
            if (table.columns().get(i).kind() == Column.Kind.DETAIL
                    && !row.cells().get(i).isEmpty()) {
                for (String line : WordWrap.wrap(row.cells().get(i), columns - DETAIL_INDENT)) {
                    lines.add(" ".repeat(DETAIL_INDENT) + line).end();
                }
            }
        }
    }

    /**
     * A cell in lines. Only in the first column may a word be longer than the column; there, further lines are
     * indented, so that they do not look like rows.
     */
    private List<String> lines(String text, int column) {
        int width = widths[column];
        if (column == 0) {
            return WordWrap.hanging(text, width);
        }
        List<String> lines = new ArrayList<>();
        for (String line : WordWrap.wrap(text, width)) {
            lines.addAll(WordWrap.cut(line, width));
        }
        return lines;
    }

    private void write(List<List<String>> cells, String style, TextLines lines) throws IOException {
        int most = cells.stream().mapToInt(List::size).max().orElse(0);
        for (int at = 0; at < most; at++) {
            String[] texts = new String[shown.length];
            Arrays.fill(texts, "");
            for (int i = 0; i < shown.length; i++) {
                String text = at < cells.get(i).size() ? cells.get(i).get(at) : "";
                String pad = " ".repeat(Math.max(0, widths[i] - text.length()));
                texts[i] = isNumber(shown[i]) ? pad + text : text + pad;
            }
            String rest = String.join(" ".repeat(gap), Arrays.asList(texts).subList(1, texts.length))
                    .stripTrailing();
            String first = rest.isEmpty() ? texts[0].stripTrailing() : texts[0];
            String name = first.stripTrailing();
            lines.add(" ".repeat(indent)).ink(style, name);
            lines.add(first.substring(name.length()) + (rest.isEmpty() ? "" : " ".repeat(gap) + rest))
                    .end();
        }
    }
}

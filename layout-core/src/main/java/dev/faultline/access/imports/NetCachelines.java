package dev.faultline.access.imports;

import dev.faultline.input.InputException;
import dev.faultline.input.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the tables of the Linux kernel's {@code Documentation/networking/net_cachelines} in both formats: a simple
 * table of reStructuredText between rulers of {@code =} or, up to Linux 6.12, columns aligned with their headings.
 *
 * <p>A row {@code ..struct ..tcp_sock} or else the title names the struct. Unknown words are refused with their line.
 */
public final class NetCachelines {

    /** Most characters of a text. */
    public static final int MOST_CHARACTERS = 4 << 20;

    private static final List<String> HEADINGS = List.of("Type", "Name", "fastpath_tx_access", "fastpath_rx_access");
    /** Most columns, of which one is for comments. */
    private static final int MOST_COLUMNS = 16;

    private static final String MARK = "..";

    private final String source;
    private final List<String> lines;
    private int at;
    private Optional<String> title = Optional.empty();

    private NetCachelines(String source, List<String> lines) {
        this.source = source;
        this.lines = lines;
    }

    /**
     * Reads a file.
     *
     * @param source the name of the file in messages
     * @param text its content
     * @return its tables, at least one
     * @throws InputException when it has no table, or one is not valid
     */
    public static List<FieldTable> read(String source, String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new InputException(source, "", text.length() + " characters; the limit is " + MOST_CHARACTERS);
        }
        return new NetCachelines(
                        source, text.lines().map(NetCachelines::untabbed).toList())
                .tables();
    }

    private List<FieldTable> tables() {
        List<FieldTable> tables = new ArrayList<>();
        while (at < lines.size()) {
            String line = lines.get(at);
            if (line.indexOf('\0') >= 0 || line.indexOf('\ufffd') >= 0) {
                throw problem("not a text file; expected a file of Documentation/networking/net_cachelines");
            }
            if (isHeader(line)) {
                tables.add(table());
            } else {
                passTitle();
            }
        }
        if (tables.isEmpty()) {
            throw new InputException(
                    source,
                    "",
                    "no table in " + lines.size() + " lines; expected one with the headings "
                            + String.join(" ", HEADINGS));
        }
        return tables;
    }

    private FieldTable table() {
        int header = at;
        int[] starts = headings(lines.get(header));
        boolean ruled = header > 0 && isRuler(lines.get(header - 1));
        passTitle();
        if (ruled) {
            starts = starts(lines.get(header - 1), header);
            if (at == lines.size() || !isRuler(lines.get(at))) {
                throw problem("expected a ruler of = under the headings");
            }
            passTitle();
        }
        Optional<String> named = title;
        List<FieldTable.Row> rows = new ArrayList<>();
        for (; !ends(ruled); passTitle()) {
            List<String> cells = cells(lines.get(at), starts);
            if (cells.get(0).startsWith(MARK)) {
                named = Optional.of(struct(cells));
            } else if (cells.subList(0, HEADINGS.size()).stream().anyMatch(cell -> !cell.isEmpty())) {
                rows.add(row(cells)); // otherwise the comment of the previous row continues
            }
        }
        if (rows.isEmpty()) {
            throw problem("the table has no rows");
        }
        String struct = named.orElseThrow(() -> new InputException(
                source,
                "line " + (header + 1),
                "the struct is not named; expected a title such as `tcp_sock struct fast path usage breakdown`"));
        return new FieldTable(struct, source, rows);
    }

    private boolean ends(boolean ruled) {
        if (at == lines.size()) {
            if (ruled) {
                throw new InputException(source, "line " + at, "the table has no end; expected a ruler of =");
            }
            return true;
        }
        String line = lines.get(at);
        return ruled ? isRuler(line) : line.isBlank();
    }

    /** {@return the columns of the headings, which must be the known ones} */
    private int[] headings(String line) {
        int[] starts = starts(line);
        for (int i = 0; i < HEADINGS.size(); i++) {
            String found = word(line, starts[i]);
            if (!found.equalsIgnoreCase(HEADINGS.get(i))) {
                throw problem("unknown column `" + found + "`" + Nearest.hint(found, HEADINGS) + "; expected "
                        + String.join(", ", HEADINGS) + " and a comment");
            }
        }
        return starts;
    }

    private static int[] starts(String line) {
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) != ' ' && (i == 0 || line.charAt(i - 1) == ' ')) {
                starts.add(i);
            }
        }
        return starts.stream().mapToInt(Integer::intValue).toArray();
    }

    private int[] starts(String line, int number) {
        int[] starts = starts(line);
        if (starts.length > MOST_COLUMNS) {
            throw new InputException(
                    source,
                    "line " + number,
                    "a table of " + starts.length + " columns; expected " + String.join(", ", HEADINGS)
                            + " and a comment");
        }
        return starts;
    }

    /** {@return the cells of a line, one per column and at least four; only the last may be wider than its column} */
    private List<String> cells(String line, int[] starts) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < starts.length; i++) {
            int from = i == 0 ? 0 : Math.min(starts[i], line.length());
            int to = i + 1 < starts.length ? Math.min(starts[i + 1], line.length()) : line.length();
            if (to < line.length() && line.charAt(to - 1) != ' ') {
                throw problem("`" + word(line, to - 1) + "` crosses a column border: the column of "
                        + (i + 1 < HEADINGS.size() ? HEADINGS.get(i + 1) : "comments") + " begins at character "
                        + (to + 1));
            }
            cells.add(line.substring(from, to).strip());
        }
        return cells;
    }

    private static String word(String line, int inside) {
        int from = line.lastIndexOf(' ', inside) + 1;
        int to = line.indexOf(' ', inside);
        return line.substring(from, to < 0 ? line.length() : to);
    }

    private String struct(List<String> cells) {
        String kind = cells.get(0).substring(MARK.length());
        String name = cells.get(1).startsWith(MARK) ? cells.get(1).substring(MARK.length()) : cells.get(1);
        if (name.isEmpty() || !kind.equals("struct") && !kind.equals("enum")) {
            throw problem("expected `..struct ..NAME`, found `" + cells.get(0) + " " + cells.get(1) + "`");
        }
        return spelling(kind, name);
    }

    /** Goes to the next line; the title of a table is the nearest one above its headings. */
    private void passTitle() {
        List<String> words = words(lines.get(at++), 5);
        boolean titled = words.size() == 5
                && isName(words.get(0))
                && (words.get(1).equals("struct") || words.get(1).equals("enum"))
                && words.subList(2, 4).equals(List.of("fast", "path"))
                && words.get(4).startsWith("usage");
        if (titled) {
            title = Optional.of(spelling(words.get(1), words.get(0)));
        }
    }

    private static boolean isHeader(String line) {
        List<String> words = words(line, HEADINGS.size() + 2);
        boolean comments = words.size() == HEADINGS.size() + 1
                && words.get(HEADINGS.size()).toLowerCase(Locale.ROOT).matches("comments?");
        return (words.size() == HEADINGS.size() || comments)
                && words.get(0).equalsIgnoreCase(HEADINGS.get(0))
                && words.get(1).equalsIgnoreCase(HEADINGS.get(1));
    }

    /** {@return whether a line has only {@code =}, in at least as many groups as there are headings} */
    private static boolean isRuler(String line) {
        return words(line, HEADINGS.size()).size() == HEADINGS.size()
                && line.chars().allMatch(c -> c == '=' || c == ' ');
    }

    /** {@return the first words of a line, at most {@code most}} */
    private static List<String> words(String line, int most) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (words.size() < most) {
            while (at < line.length() && line.charAt(at) == ' ') {
                at++;
            }
            if (at == line.length()) {
                break;
            }
            int end = line.indexOf(' ', at);
            words.add(line.substring(at, end < 0 ? line.length() : end));
            at = end < 0 ? line.length() : end;
        }
        return words;
    }

    private static String spelling(String kind, String name) {
        return kind.equals("struct") ? name : kind + " " + name;
    }

    private FieldTable.Row row(List<String> cells) {
        if (cells.get(0).isEmpty() || cells.get(1).isEmpty()) {
            throw problem("expected a type and a name, found only `"
                    + String.join(" ", cells).strip() + "`");
        }
        FastPathUse tx = use(cells, 2);
        FastPathUse rx = use(cells, 3);
        Optional<String> name = field(cells.get(1));
        if (name.isEmpty() && (tx != FastPathUse.NONE || rx != FastPathUse.NONE)) {
            throw problem("expected the name of a field, found `" + cells.get(1) + "`");
        }
        return new FieldTable.Row(at + 1, cells.get(0), name.orElse(cells.get(1)), tx, rx);
    }

    /** {@return the field that a cell names, without array bounds, width and semicolon} */
    private static Optional<String> field(String cell) {
        int end = letters(cell, 0);
        int at = end;
        while (at < cell.length() && cell.charAt(at) == '[') {
            int close = letters(cell, at + 1);
            if (close == cell.length() || cell.charAt(close) != ']') {
                return Optional.empty();
            }
            at = close + 1;
        }
        if (at + 1 < cell.length() && cell.charAt(at) == ':' && isDigit(cell.charAt(at + 1))) {
            at++;
            while (at < cell.length() && isDigit(cell.charAt(at))) {
                at++;
            }
        }
        at += at < cell.length() && cell.charAt(at) == ';' ? 1 : 0;
        boolean named = end > 0 && !isDigit(cell.charAt(0));
        return named && at == cell.length() ? Optional.of(cell.substring(0, end)) : Optional.empty();
    }

    private static boolean isName(String word) {
        return letters(word, 0) == word.length();
    }

    /** {@return the end of the letters, digits and underscores that start here} */
    private static int letters(String text, int from) {
        int at = from;
        while (at < text.length()
                && (text.charAt(at) == '_' || isDigit(text.charAt(at)) || isLetter(text.charAt(at)))) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private FastPathUse use(List<String> cells, int column) {
        String cell = cells.get(column);
        return FastPathUse.of(cell)
                .orElseThrow(() -> problem(HEADINGS.get(column) + " of " + cells.get(1) + ": unknown access `" + cell
                        + "`" + Nearest.hint(cell, FastPathUse.words()) + "; known are "
                        + String.join(", ", FastPathUse.words()) + " and nothing"));
    }

    private static String untabbed(String line) {
        if (line.indexOf('\t') < 0) {
            return line;
        }
        StringBuilder out = new StringBuilder();
        for (char c : line.toCharArray()) {
            out.append(c == '\t' ? " ".repeat(8 - out.length() % 8) : String.valueOf(c));
        }
        return out.toString();
    }

    private InputException problem(String text) {
        return new InputException(source, "line " + (at + 1), text);
    }
}

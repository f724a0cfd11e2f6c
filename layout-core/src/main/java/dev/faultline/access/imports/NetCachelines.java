package dev.faultline.access.imports;

import dev.faultline.input.InputException;
import dev.faultline.input.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the tables of the Linux kernel's {@code Documentation/networking/net_cachelines}, in both their forms: a simple table
 * of reStructuredText between rulers of {@code =}, and, to Linux 6.12, bare columns that stand under their headings.
 *
 * <p>The struct is named by a row {@code ..struct ..tcp_sock} or else by the title. What a table does not say in words known
 * here is refused with its line, never passed over.
 */
public final class NetCachelines {

    /** Longer texts are refused. */
    public static final int MOST_CHARACTERS = 4 << 20;

    private static final List<String> HEADINGS = List.of("Type", "Name", "fastpath_tx_access", "fastpath_rx_access");
    private static final Pattern HEADER = Pattern.compile("\\s*Type\\s+Name\\s+\\S+\\s+\\S+(\\s+comments?)?\\s*", 2);
    private static final Pattern RULER = Pattern.compile("\\s*=+(\\s+=+){3,}\\s*");
    private static final Pattern TITLE = Pattern.compile("\\s*(\\w+) (struct|enum) fast path usage.*");
    private static final Pattern NAME = Pattern.compile("([A-Za-z_]\\w*)(?:\\[\\w*])*(?::\\d+)?;?");
    private static final String MARK = "..";

    private final String source;
    private final List<String> lines;
    private int at;

    private NetCachelines(String source, List<String> lines) {
        this.source = source;
        this.lines = lines;
    }

    /**
     * Reads a file.
     *
     * @param source what messages call it
     * @param text its text
     * @return its tables, at least one
     * @throws InputException when it has none, or one makes no sense
     */
    public static List<FieldTable> read(String source, String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new InputException(
                    source, "", text.length() + " characters; a net_cachelines file has at most " + MOST_CHARACTERS);
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
                throw problem("no text; expected a file of Documentation/networking/net_cachelines");
            }
            if (HEADER.matcher(line).matches()) {
                tables.add(table());
            } else {
                at++;
            }
        }
        if (tables.isEmpty()) {
            throw new InputException(
                    source,
                    "",
                    "no table in " + lines.size() + " lines; expected one headed " + String.join(" ", HEADINGS));
        }
        return tables;
    }

    private FieldTable table() {
        int header = at;
        int[] starts = headings(lines.get(header));
        boolean ruled = header > 0 && RULER.matcher(lines.get(header - 1)).matches();
        at++;
        if (ruled) {
            starts = starts(lines.get(header - 1));
            if (at == lines.size() || !RULER.matcher(lines.get(at)).matches()) {
                throw problem("expected a ruler of = under the headings");
            }
            at++;
        }
        Optional<String> named = title(header);
        List<FieldTable.Row> rows = new ArrayList<>();
        for (; !ends(ruled); at++) {
            List<String> cells = cells(lines.get(at), starts);
            if (cells.get(0).startsWith(MARK)) {
                named = Optional.of(struct(cells));
            } else if (cells.subList(0, HEADINGS.size()).stream().anyMatch(cell -> !cell.isEmpty())) {
                rows.add(row(cells)); // else the comment of the row before goes on
            }
        }
        if (rows.isEmpty()) {
            throw problem("the table has no rows");
        }
        String struct = named.orElseThrow(() -> new InputException(
                source,
                "line " + (header + 1),
                "whose fields are these? Expected a title such as `tcp_sock struct fast path usage breakdown`"));
        return new FieldTable(struct, source, rows);
    }

    private boolean ends(boolean ruled) {
        if (at == lines.size()) {
            if (ruled) {
                throw new InputException(source, "line " + at, "the table does not end; expected a ruler of =");
            }
            return true;
        }
        String line = lines.get(at);
        return ruled ? RULER.matcher(line).matches() : line.isBlank();
    }

    /** Where the headings stand; they must be the ones known, since the columns mean what they say. */
    private int[] headings(String line) {
        int[] starts = starts(line);
        for (int i = 0; i < HEADINGS.size(); i++) {
            String found = line.substring(starts[i]).split("\\s", 2)[0];
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

    /** The cells of a line, one a column and at least the four that count; only the last may go beyond its column. */
    private List<String> cells(String line, int[] starts) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < starts.length; i++) {
            int from = i == 0 ? 0 : Math.min(starts[i], line.length());
            int to = i + 1 < starts.length ? Math.min(starts[i + 1], line.length()) : line.length();
            if (to < line.length() && line.charAt(to - 1) != ' ') {
                throw problem("`" + word(line, to - 1) + "` does not stand in one column: the column of "
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

    /** The title nearest above the headings. */
    private Optional<String> title(int header) {
        for (int i = header - 1; i >= 0; i--) {
            Matcher title = TITLE.matcher(lines.get(i));
            if (title.matches()) {
                return Optional.of(spelling(title.group(2), title.group(1)));
            }
        }
        return Optional.empty();
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
        Matcher name = NAME.matcher(cells.get(1));
        if (!name.matches() && (tx != FastPathUse.NONE || rx != FastPathUse.NONE)) {
            throw problem("expected the name of a field, found `" + cells.get(1) + "`");
        }
        return new FieldTable.Row(at + 1, cells.get(0), name.matches() ? name.group(1) : cells.get(1), tx, rx);
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

package dev.faultline.report.svg;

import dev.faultline.input.VisibleText;
import dev.faultline.layout.ByteRange;
import dev.faultline.report.ReportWriter;
import dev.faultline.report.document.Document;
import dev.faultline.report.document.DocumentBlock;
import dev.faultline.report.document.Headline;
import dev.faultline.report.document.StructLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws the lines of one struct. The colours are those of Okabe and Ito, which colour-blind people can tell apart; what
 * is written also has a thick edge below, and holes are hatched.
 */
public final class SvgWriter implements ReportWriter<Document> {

    private static final int BYTE_WIDTH = 12;
    private static final int LEAST_LABEL_WIDTH = 96;
    private static final int ROW_HEIGHT = 30;
    private static final int CELL_HEIGHT = 24;
    private static final int TOP = 52;
    private static final int BOTTOM = 30;
    /** Ten characters of the font, about. */
    private static final int TEN_CHARS_WIDTH = 73;
    /** From this many lines without known access on, they are one row. */
    private static final long FEWEST_QUIET = 3;
    /** In characters, where a name stands in a sentence. */
    private static final int LONGEST_NAME = 40;

    private static final String STYLE = """
            text{font:12px ui-monospace,Menlo,Consolas,monospace;fill:#222}
            .t{font-weight:bold;font-size:14px}.n{fill:#666}
            rect{stroke:#fff;stroke-width:1}
            .w{fill:#e69f00}.r{fill:#9bd3f3}.u{fill:#e4e4e4}.h{fill:url(#hole);stroke:#ccc}.e{fill:#a33c00;stroke:none}
            @media (prefers-color-scheme:dark){svg{background:#16181c}text{fill:#eee}.c{fill:#111}.n{fill:#aaa}
            rect{stroke:#16181c}.u{fill:#8b8f96}}
            """;

    private final Appendable out;
    private boolean isDrawn;
    /** Room for the numbers of the lines. */
    private int labelWidth = LEAST_LABEL_WIDTH;

    /** Begins a picture. */
    public SvgWriter(Appendable out) {
        this.out = out;
    }

    /**
     * Draws the first line map of the document.
     *
     * @throws IllegalStateException when one was drawn before: a picture is of one struct
     */
    @Override
    public void write(Document document) throws IOException {
        if (isDrawn) {
            throw new IllegalStateException("a picture shows one struct");
        }
        isDrawn = true;
        StructLines map = document.blocks().stream()
                .filter(DocumentBlock.LineMaps.class::isInstance)
                .map(block -> ((DocumentBlock.LineMaps) block).maps().get(0))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a picture shows the lines of a struct"));
        List<Drawn> lines = drawn(map);
        if (!lines.isEmpty()) {
            String last = "line " + lines.get(lines.size() - 1).line().last() + "  ";
            labelWidth = Math.max(LEAST_LABEL_WIDTH, 8 + last.length() * TEN_CHARS_WIDTH / 10);
        }
        int width = labelWidth + map.lineBytes() * BYTE_WIDTH + 8;
        int height = TOP + lines.size() * ROW_HEIGHT + BOTTOM;
        String title = document.title() + ": " + document.subtitle();
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 ")
                .append(width + " " + height)
                .append("\" width=\"" + width + "\" height=\"" + height + "\" aria-label=\"")
                .append(safe(title))
                .append("\">\n<title>")
                .append(safe(title))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n<defs><pattern id=\"hole\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\""
                        + " patternTransform=\"rotate(45)\"><path d=\"M0 0V6\" stroke=\"#999\" stroke-width=\"2\"/>"
                        + "</pattern></defs>\n");
        text(8, 20, "t", title);
        text(8, 38, "n", document.headline().map(Headline::line).orElse("") + "; " + map.placement());
        for (int row = 0; row < lines.size(); row++) {
            line(lines.get(row), TOP + row * ROW_HEIGHT);
        }
        legend(height - 10);
        out.append("</svg>\n");
    }

    /**
     * A row of the picture.
     *
     * @param line a line, or lines that are left out
     * @param leftOut how many lines this stands for; 0 when the line is drawn
     */
    private record Drawn(StructLines.Line line, long leftOut) {}

    /** Lines without known access are one row where they are many; of a field over many lines the ends are drawn. */
    private static List<Drawn> drawn(StructLines map) {
        List<Drawn> drawn = new ArrayList<>();
        List<StructLines.Line> lines = map.lines();
        for (int from = 0, to; from < lines.size(); from = to) {
            to = from + 1;
            while (!lines.get(from).isTouched()
                    && to < lines.size()
                    && !lines.get(to).isTouched()) {
                to++;
            }
            StructLines.Line first = lines.get(from);
            StructLines.Line last = lines.get(to - 1);
            long count = last.last() - first.first() + 1;
            if (!first.isTouched() && count >= FEWEST_QUIET) {
                drawn.add(new Drawn(joined(first, last), count));
            } else if (first.isTouched() && count > 1) {
                drawn.add(new Drawn(part(first, first.first(), first.first(), map.lineBytes()), 0));
                drawn.add(new Drawn(part(first, first.first() + 1, first.last() - 1, map.lineBytes()), count - 2));
                drawn.add(new Drawn(part(first, first.last(), first.last(), map.lineBytes()), 0));
            } else {
                lines.subList(from, to).forEach(line -> drawn.add(new Drawn(line, 0)));
            }
        }
        return drawn;
    }

    private static StructLines.Line joined(StructLines.Line first, StructLines.Line last) {
        ByteRange bytes = new ByteRange(first.bytes().start(), last.bytes().end());
        return new StructLines.Line(first.first(), last.last(), bytes, List.of(), List.of(), List.of());
    }

    /** Some of many lines that one field fills. */
    private static StructLines.Line part(StructLines.Line all, long first, long last, int lineBytes) {
        ByteRange bytes = new ByteRange(first * lineBytes, (last + 1) * lineBytes);
        return new StructLines.Line(first, last, bytes, all.written(), all.read(), all.cells());
    }

    private void line(Drawn row, int y) throws IOException {
        StructLines.Line line = row.line();
        if (row.leftOut() > 0) {
            text(
                    labelWidth,
                    y + 16,
                    "n",
                    row.leftOut()
                            + (line.cells().isEmpty()
                                    ? " lines without a known access, bytes "
                                    : " more lines of "
                                            + shortened(String.join(
                                                    " | ", line.cells().get(0).paths())) + ", bytes ")
                            + line.bytes().start() + " to " + (line.bytes().end() - 1));
            return;
        }
        text(8, y + 16, "n", "line " + line.first());
        for (StructLines.Cell cell : line.cells()) {
            cell(cell, y);
        }
    }

    private void cell(StructLines.Cell cell, int y) throws IOException {
        int x = labelWidth + cell.fromByte() * BYTE_WIDTH;
        int width = cell.byteSize() * BYTE_WIDTH;
        out.append("<g><title>").append(safe(words(cell))).append("</title>");
        rect(
                x,
                y,
                width,
                CELL_HEIGHT,
                switch (cell.access()) {
                    case WRITTEN -> "w";
                    case READ -> "r";
                    case UNTOUCHED -> "u";
                    case HOLE -> "h";
                });
        if (cell.access() == StructLines.Access.WRITTEN) {
            rect(x, y + CELL_HEIGHT - 4, width, 4, "e");
        }
        String label = fitting(cell, (width - 6) * 10 / TEN_CHARS_WIDTH);
        if (!label.isEmpty()) {
            text(x + 3, y + 15, "c", label);
        }
        out.append("</g>\n");
    }

    private static String words(StructLines.Cell cell) {
        String bytes = cell.byteSize() + (cell.byteSize() == 1 ? " byte" : " bytes");
        return switch (cell.access()) {
            case WRITTEN -> String.join(", ", cell.paths()) + ": written, " + bytes;
            case READ -> String.join(", ", cell.paths()) + ": read, " + bytes;
            case UNTOUCHED -> String.join(", ", cell.paths()) + ": " + bytes;
            case HOLE -> "hole: " + bytes;
        };
    }

    /** The whole path where there is room for it, else the name, else its beginning. */
    private static String fitting(StructLines.Cell cell, int chars) {
        String paths = VisibleText.of(String.join(" | ", cell.paths()));
        String label = paths.length() <= chars ? paths : VisibleText.of(cell.label());
        if (label.length() <= chars) {
            return label;
        }
        return chars < 2 ? "" : label.substring(0, chars - 1) + "…";
    }

    private static String shortened(String paths) {
        return paths.length() <= LONGEST_NAME ? paths : paths.substring(0, LONGEST_NAME - 1) + "…";
    }

    private void legend(int y) throws IOException {
        int x = labelWidth;
        for (String[] entry :
                new String[][] {{"w", "written"}, {"r", "only read"}, {"u", "no known access"}, {"h", "hole"}}) {
            rect(x, y - 11, 14, 14, entry[0]);
            text(x + 20, y, "n", entry[1]);
            x += 44 + entry[1].length() * TEN_CHARS_WIDTH / 10;
        }
    }

    private void rect(int x, int y, int width, int height, String kind) throws IOException {
        out.append("<rect x=\"" + x + "\" y=\"" + y + "\" width=\"" + width + "\" height=\"" + height + "\" class=\""
                + kind + "\"/>");
    }

    private void text(int x, int y, String kind, String text) throws IOException {
        out.append("<text x=\"" + x + "\" y=\"" + y + "\" class=\"" + kind + "\">")
                .append(safe(text))
                .append("</text>\n");
    }

    /**
     * Text as XML takes it: nothing in it is a mark, and what XML has no sign for is escaped as all that cannot be
     * seen.
     */
    private static String safe(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 8);
        VisibleText.of(text).codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                default -> safe.appendCodePoint(c);
            }
        });
        return safe.toString();
    }
}

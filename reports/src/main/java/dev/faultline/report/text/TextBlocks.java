package dev.faultline.report.text;

import dev.faultline.input.VisibleText;
import dev.faultline.report.document.DocumentBlock;
import dev.faultline.report.document.FindingEntry;
import dev.faultline.report.document.StructLines;
import dev.faultline.report.document.Tone;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Writes the blocks of one document as text. */
final class TextBlocks implements DocumentBlock.Visitor {

    private static final int LABEL_WIDTH = 11;
    private static final int BAR_LABEL_WIDTH = 7;
    /** Beside the bars of a chart: the label before and the value after. */
    private static final int ROOM_BESIDE_BARS = 24;

    private static final String[] BARS = {"#", "="};
    private static final String[] BAR_STYLES = {"31", "36"};

    private final TextLines lines;
    private final int columns;
    /** The kind of the block above, which decides about an empty line; the title of the document at first. */
    private Class<?> above = String.class;

    TextBlocks(TextLines lines, int columns) {
        this.lines = lines;
        this.columns = columns;
    }

    /** {@return the parameters of SGR for a tone} */
    static String style(Tone tone) {
        return switch (tone) {
            case BAD -> "1;31";
            case MIXED -> "1;33";
            case GOOD -> "1;32";
            case PLAIN -> "";
        };
    }

    /** Begins a block: after an empty line, unless it belongs to the one above. */
    private void begin(DocumentBlock block, Class<?>... belongsTo) throws IOException {
        if (!List.of(belongsTo).contains(above)) {
            lines.end();
        }
        above = block.getClass();
    }

    private void title(String text) throws IOException {
        for (String line : WordWrap.wrap(text, columns)) {
            lines.ink(TextLines.BOLD, line).end();
        }
    }

    /** Writes text; lines after the first stand two columns further in. */
    private void wrapped(String style, String indent, String text) throws IOException {
        String margin = indent;
        for (String line : WordWrap.wrap(text, columns - indent.length() - 2)) {
            lines.add(margin).ink(style, line).end();
            margin = indent + "  ";
        }
    }

    @Override
    public void heading(DocumentBlock.Heading block) throws IOException {
        begin(block);
        title(block.text());
    }

    @Override
    public void paragraph(DocumentBlock.Paragraph block) throws IOException {
        begin(
                block,
                String.class,
                DocumentBlock.Heading.class,
                DocumentBlock.Paragraph.class,
                DocumentBlock.Table.class,
                DocumentBlock.Chart.class);
        wrapped(style(block.tone()), "  ", block.text());
    }

    @Override
    public void facts(DocumentBlock.Facts block) throws IOException {
        begin(block, String.class, DocumentBlock.Heading.class);
        int width = block.facts().stream()
                .mapToInt(fact -> fact.name().length() + 2)
                .reduce(LABEL_WIDTH, Math::max);
        for (DocumentBlock.Fact fact : block.facts()) {
            String label = fact.name();
            for (String line : WordWrap.wrap(fact.text(), columns - width)) {
                lines.add(label + " ".repeat(width - label.length()) + line).end();
                label = "";
            }
        }
    }

    @Override
    public void table(DocumentBlock.Table block) throws IOException {
        if (block.caption().isEmpty()) {
            begin(
                    block,
                    String.class,
                    DocumentBlock.Heading.class,
                    DocumentBlock.Facts.class,
                    DocumentBlock.Paragraph.class);
        } else {
            begin(block, DocumentBlock.Heading.class);
            title(block.caption());
        }
        if (block.columns().size() == 1) {
            for (DocumentBlock.Row row : block.rows()) {
                wrapped(style(row.tone()), "  ", row.cells().get(0));
            }
        } else {
            new TextTable(block, columns).write(lines);
        }
    }

    @Override
    public void findings(DocumentBlock.Findings block) throws IOException {
        for (FindingEntry finding : block.entries()) {
            begin(block);
            String style = finding.level() == 2 ? "1;31" : finding.level() == 1 ? "1;33" : "1;36";
            lines.ink(style, finding.severity()).add("  ").ink(TextLines.BOLD, finding.rule());
            place(finding);
            sentence("  ", finding.message());
            for (String detail : finding.details()) {
                sentence("  ", detail);
            }
            if (!finding.declared().isEmpty()) {
                sentence("  ", finding.declared());
            }
            sentence("  -> ", finding.advice());
            command(finding);
        }
    }

    /** A command is to be copied: it is not wrapped, and stands alone where there is no room beside the certainty. */
    private void command(FindingEntry finding) throws IOException {
        String beside = "  " + finding.certainty() + " · ";
        if (beside.length() + VisibleText.of(finding.command()).length() <= columns) {
            lines.add(beside + finding.command()).end();
        } else {
            lines.add("  " + finding.certainty()).end();
            lines.add("  " + finding.command()).end();
        }
    }

    /** The struct stands behind the rule, or below it where there is no room. */
    private void place(FindingEntry finding) throws IOException {
        String struct = finding.place().map(FindingEntry.Place::struct).orElse("");
        if (!struct.isEmpty()) {
            int used = finding.severity().length() + finding.rule().length() + 4;
            if (used + VisibleText.of(struct).length() > columns) {
                lines.end();
            }
            lines.add("  ").ink(TextLines.BOLD, struct);
        }
        lines.end();
    }

    private void sentence(String mark, String text) throws IOException {
        String margin = mark;
        for (String line : WordWrap.wrap(text, columns - mark.length())) {
            lines.add(margin + line).end();
            margin = " ".repeat(mark.length());
        }
    }

    @Override
    public void lineMaps(DocumentBlock.LineMaps block) throws IOException {
        for (StructLines map : block.maps()) {
            List<StructLines.Line> touched = map.isDeclared() ? map.touchedLines() : List.of();
            if (touched.isEmpty()) {
                continue;
            }
            begin(block);
            if (block.maps().size() > 1) {
                title("lines of " + map.name());
            }
            for (StructLines.Line line : touched) {
                line(line);
            }
        }
    }

    private void line(StructLines.Line line) throws IOException {
        String head = String.format(
                "line %-3s %5d..%-5d ",
                line.numbers(), line.bytes().start(), line.bytes().end() - 1);
        String written = line.written().isEmpty() ? "" : "written: " + String.join(", ", line.written());
        String read = line.read().isEmpty() ? "" : "read: " + String.join(", ", line.read());
        sentence(head, written + (written.isEmpty() || read.isEmpty() ? "" : " · ") + read);
    }

    /** Bars begin at 0. Values that are compared by ratio have no bars; the table beside the chart holds them. */
    @Override
    public void chart(DocumentBlock.Chart block) throws IOException {
        if (block.isLogarithmic()) {
            return;
        }
        begin(block);
        title(block.title());
        List<DocumentBlock.Series> series = block.series();
        Set<String> labels = new LinkedHashSet<>();
        double most = 0;
        for (int i = 0; i < series.size(); i++) {
            for (DocumentBlock.Point point : series.get(i).points()) {
                labels.add(point.label());
                most = Math.max(most, point.value());
            }
            if (series.size() > 1) {
                lines.add("  ")
                        .ink(BAR_STYLES[i % 2], BARS[i % 2].repeat(3))
                        .add(" " + series.get(i).name())
                        .end();
            }
        }
        for (String label : labels) {
            bars(label, series, most);
        }
    }

    private void bars(String label, List<DocumentBlock.Series> series, double most) throws IOException {
        String head = label;
        for (int i = 0; i < series.size(); i++) {
            for (DocumentBlock.Point point : series.get(i).points()) {
                if (point.label().equals(label)) {
                    int length = most == 0 ? 0 : (int) Math.round(point.value() / most * (columns - ROOM_BESIDE_BARS));
                    lines.add(String.format("%" + BAR_LABEL_WIDTH + "s |", head))
                            .ink(BAR_STYLES[i % 2], BARS[i % 2].repeat(length))
                            .add(" " + point.words())
                            .end();
                    head = "";
                }
            }
        }
    }

    @Override
    public void code(DocumentBlock.Code block) throws IOException {
        begin(block);
        for (String line : block.text().get().split("\n")) {
            lines.add(line).end();
        }
    }

    @Override
    public void folded(DocumentBlock.Folded block) throws IOException {
        begin(block);
        title(block.summary());
        above = DocumentBlock.Heading.class;
        for (DocumentBlock inner : block.blocks()) {
            inner.accept(this);
        }
    }
}

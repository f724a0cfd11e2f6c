package dev.faultline.report.markdown;

import dev.faultline.report.document.DocumentBlock;
import dev.faultline.report.document.FindingEntry;
import dev.faultline.report.document.StructLines;
import dev.faultline.report.document.Tone;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Writes blocks as Markdown, each ending with an empty line. */
final class MarkdownBlocks implements DocumentBlock.Visitor {

    private final StringBuilder out = new StringBuilder();

    private MarkdownBlocks() {}

    static String render(DocumentBlock block) throws IOException {
        MarkdownBlocks blocks = new MarkdownBlocks();
        block.accept(blocks);
        return blocks.out.toString();
    }

    @Override
    public void heading(DocumentBlock.Heading block) {
        out.append("#### ").append(MarkdownEscaper.plain(block.text())).append("\n\n");
    }

    @Override
    public void paragraph(DocumentBlock.Paragraph block) {
        String text = MarkdownEscaper.plain(block.text());
        out.append(block.tone() == Tone.PLAIN ? text : "**" + text + "**").append("\n\n");
    }

    @Override
    public void facts(DocumentBlock.Facts block) {
        for (DocumentBlock.Fact fact : block.facts()) {
            out.append(fact.name().isEmpty() ? "  " : "- " + MarkdownEscaper.plain(fact.name()) + ": ")
                    .append(MarkdownEscaper.plain(fact.text()))
                    .append('\n');
        }
        out.append('\n');
    }

    @Override
    public void table(DocumentBlock.Table block) {
        if (!block.caption().isEmpty()) {
            out.append(MarkdownEscaper.plain(block.caption())).append("\n\n");
        }
        StringBuilder rule = new StringBuilder("|");
        out.append('|');
        for (DocumentBlock.Column column : block.columns()) {
            out.append(' ').append(MarkdownEscaper.plain(column.head())).append(" |");
            rule.append(column.kind() == DocumentBlock.Column.Kind.NUMBER ? "---:|" : "---|");
        }
        out.append('\n').append(rule).append('\n');
        for (DocumentBlock.Row row : block.rows()) {
            out.append('|');
            for (String cell : row.cells()) {
                String text = MarkdownEscaper.plain(cell);
                boolean isBold = row.tone() == Tone.BAD && !text.isEmpty();
                out.append(' ').append(isBold ? "**" + text + "**" : text).append(" |");
            }
            out.append('\n');
        }
        out.append('\n');
    }

    @Override
    public void findings(DocumentBlock.Findings block) {
        if (block.entries().isEmpty()) {
            return;
        }
        for (FindingEntry finding : block.entries()) {
            out.append("- **")
                    .append(finding.severity())
                    .append("** ")
                    .append(MarkdownEscaper.code(finding.rule()))
                    .append(finding.place()
                            .map(place -> " in " + MarkdownEscaper.code(place.struct()))
                            .orElse(""))
                    .append(": ")
                    .append(MarkdownEscaper.plain(finding.message()));
            finding.details().forEach(detail -> out.append("; ").append(MarkdownEscaper.plain(detail)));
            if (!finding.declared().isEmpty()) {
                out.append("; ").append(MarkdownEscaper.plain(finding.declared()));
            }
            out.append("  \n  → ")
                    .append(MarkdownEscaper.plain(finding.advice()))
                    .append('\n');
        }
        out.append('\n');
    }

    @Override
    public void lineMaps(DocumentBlock.LineMaps block) {
        for (StructLines map : block.maps()) {
            List<StructLines.Line> lines = map.isDeclared() ? map.touchedLines() : List.of();
            if (lines.isEmpty()) {
                continue;
            }
            if (block.maps().size() > 1) {
                out.append(MarkdownEscaper.plain(map.name())).append("\n\n");
            }
            out.append("| line | bytes | written | read |\n|---:|---|---|---|\n");
            for (StructLines.Line line : lines) {
                out.append("| ").append(line.numbers());
                out.append(" | ")
                        .append(line.bytes().start())
                        .append("..")
                        .append(line.bytes().end() - 1);
                out.append(" | ").append(paths(line.written()));
                out.append(" | ").append(paths(line.read())).append(" |\n");
            }
            out.append('\n');
        }
    }

    private static String paths(List<String> paths) {
        return paths.stream().map(MarkdownEscaper::plain).collect(Collectors.joining(", "));
    }

    /** The table beside a chart holds its numbers. */
    @Override
    public void chart(DocumentBlock.Chart block) {}

    @Override
    public void code(DocumentBlock.Code block) {
        beginFolded(block.caption());
        out.append(MarkdownEscaper.block(block.language(), block.text().get())).append('\n');
        out.append("</details>\n\n");
    }

    @Override
    public void folded(DocumentBlock.Folded block) throws IOException {
        beginFolded(block.summary());
        for (DocumentBlock inner : block.blocks()) {
            inner.accept(this);
        }
        out.append("</details>\n\n");
    }

    private void beginFolded(String summary) {
        out.append("<details><summary>").append(MarkdownEscaper.html(summary)).append("</summary>\n\n");
    }
}

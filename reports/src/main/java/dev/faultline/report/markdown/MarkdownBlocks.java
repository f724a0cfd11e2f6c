package dev.faultline.report.markdown;

import dev.faultline.analysis.Analysis;
import dev.faultline.hazard.Finding;
import dev.faultline.report.document.Block;
import dev.faultline.report.document.Tone;
import dev.faultline.report.view.StructView;
import java.util.List;

/** Blocks as Markdown, each ending with an empty line. */
final class MarkdownBlocks {

    String render(Block block) {
        if (block instanceof Block.Heading heading) {
            return "#### " + Marks.plain(heading.text()) + "\n\n";
        }
        if (block instanceof Block.Paragraph paragraph) {
            String text = Marks.plain(paragraph.text());
            return (paragraph.tone() == Tone.PLAIN ? text : "**" + text + "**") + "\n\n";
        }
        if (block instanceof Block.Facts facts) {
            return facts(facts);
        }
        if (block instanceof Block.Table table) {
            return table(table);
        }
        if (block instanceof Block.Findings findings) {
            return findings(findings.findings());
        }
        if (block instanceof Block.LineMaps maps) {
            return maps(maps.analyses());
        }
        if (block instanceof Block.Code code) {
            return Marks.block(code.language(), code.text()) + "\n";
        }
        if (block instanceof Block.Folded folded) {
            return folded(folded);
        }
        return ""; // a chart: the table beneath it says the same
    }

    private static String facts(Block.Facts facts) {
        StringBuilder text = new StringBuilder();
        for (Block.Fact fact : facts.facts()) {
            text.append(fact.name().isEmpty() ? "  " : "- " + Marks.plain(fact.name()) + ": ")
                    .append(Marks.plain(fact.text()))
                    .append('\n');
        }
        return text.append('\n').toString();
    }

    private static String table(Block.Table table) {
        StringBuilder text = new StringBuilder();
        if (!table.caption().isEmpty()) {
            text.append(Marks.plain(table.caption())).append("\n\n");
        }
        StringBuilder rule = new StringBuilder("|");
        text.append('|');
        for (Block.Column column : table.columns()) {
            text.append(' ').append(Marks.plain(column.head())).append(" |");
            rule.append(column.isNumber() ? "---:|" : "---|");
        }
        text.append('\n').append(rule).append('\n');
        for (Block.Row row : table.rows()) {
            text.append('|');
            for (String cell : row.cells()) {
                String safe = Marks.plain(cell);
                boolean loud = row.tone() == Tone.BAD && !safe.isEmpty();
                text.append(' ').append(loud ? "**" + safe + "**" : safe).append(" |");
            }
            text.append('\n');
        }
        return text.append('\n').toString();
    }

    private static String findings(List<Finding> findings) {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            text.append("- **")
                    .append(finding.severity().word())
                    .append("** ")
                    .append(Marks.code(finding.rule()))
                    .append(": ")
                    .append(Marks.plain(finding.message()));
            finding.saving().ifPresent(saving -> text.append("; ").append(Marks.plain(saving.words())));
            text.append("  \n  → ").append(Marks.plain(finding.advice())).append('\n');
        }
        return text.append('\n').toString();
    }

    private static String maps(List<Analysis> analyses) {
        StringBuilder text = new StringBuilder();
        for (Analysis analysis : analyses) {
            List<StructView.Line> lines = new StructView(analysis).map();
            if (lines.isEmpty()) {
                continue;
            }
            if (analyses.size() > 1) {
                text.append(Marks.plain(analysis.subject().reference())).append("\n\n");
            }
            text.append("| line | bytes | written | read |\n|---:|---|---|---|\n");
            for (StructView.Line line : lines) {
                text.append("| ").append(line.numbers());
                text.append(" | ")
                        .append(line.bytes().start())
                        .append("..")
                        .append(line.bytes().end() - 1);
                text.append(" | ").append(paths(line.written()));
                text.append(" | ").append(paths(line.read())).append(" |\n");
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String paths(List<String> paths) {
        return String.join(", ", paths.stream().map(Marks::plain).toList());
    }

    private String folded(Block.Folded folded) {
        StringBuilder text = new StringBuilder("<details><summary>");
        text.append(Marks.html(folded.summary())).append("</summary>\n\n");
        for (Block block : folded.blocks()) {
            text.append(render(block));
        }
        return text.append("</details>\n\n").toString();
    }
}

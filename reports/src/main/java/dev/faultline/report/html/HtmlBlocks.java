package dev.faultline.report.html;

import dev.faultline.hazard.Finding;
import dev.faultline.report.document.Block;
import dev.faultline.report.document.Document;
import dev.faultline.report.document.Tone;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Writes the blocks of documents as HTML. */
final class HtmlBlocks {

    private final StringBuilder out;
    private final Set<String> rules;
    /** What is spoken of. */
    private String title = "";
    /** Whether the last thing was a heading. */
    private boolean isHeaded;

    /**
     * Writes to a builder.
     *
     * @param out where to
     * @param rules takes the id of each rule that is named
     */
    HtmlBlocks(StringBuilder out, Set<String> rules) {
        this.out = out;
        this.rules = rules;
    }

    /**
     * Appends a document.
     *
     * @param document what to say
     * @param id of the element
     * @param level of its heading, from 1
     */
    void write(Document document, String id, int level) {
        out.append("<article class=\"doc\" id=\"").append(id).append("\">\n");
        title = document.title();
        element("h" + level, " tabindex=\"-1\"", title);
        document.verdict()
                .ifPresent(verdict -> element("p", " class=\"verdict " + word(verdict.tone()) + "\"", verdict.words()));
        blocks(document.blocks(), level + 1);
        out.append("</article>\n");
    }

    /** Findings stand beside the lines they are about, where there is room, and what follows below these. */
    private void blocks(List<Block> blocks, int level) {
        for (int i = 0; i < blocks.size(); i++) {
            boolean isBeside = blocks.get(i) instanceof Block.LineMaps maps
                    && maps.analyses().size() == 1
                    && i + 1 < blocks.size()
                    && blocks.get(i + 1) instanceof Block.Findings;
            if (isBeside) {
                out.append("<div class=\"beside\">\n");
                block(blocks.get(i), level);
                block(blocks.get(i + 1), level);
                out.append("<div class=\"rest\">\n");
                blocks(blocks.subList(i + 2, blocks.size()), level);
                out.append("</div>\n</div>\n");
                return;
            }
            block(blocks.get(i), level);
        }
    }

    private void block(Block block, int level) {
        show(block, level);
        isHeaded = block instanceof Block.Heading;
    }

    private void show(Block block, int level) {
        if (block instanceof Block.Heading heading) {
            title = heading.text();
            element("h" + level, "", title);
        } else if (block instanceof Block.Paragraph paragraph) {
            element(
                    "p",
                    paragraph.tone() == Tone.PLAIN ? "" : " class=\"" + word(paragraph.tone()) + "\"",
                    paragraph.text());
        } else if (block instanceof Block.Facts facts) {
            facts(facts);
        } else if (block instanceof Block.Table table) {
            table(table);
        } else if (block instanceof Block.Findings findings) {
            findings(findings.findings(), level);
        } else if (block instanceof Block.LineMaps maps) {
            lineMaps(maps);
        } else if (block instanceof Block.Chart chart) {
            new HtmlChart(chart, out).write();
        } else if (block instanceof Block.Code code) {
            out.append("<pre tabindex=\"0\">");
            Safe.lines(code.text(), out);
            out.append("</pre>\n");
        } else if (block instanceof Block.Folded folded) {
            out.append("<details>");
            element("summary", "", folded.summary());
            blocks(folded.blocks(), level);
            out.append("</details>\n");
        }
    }

    private void facts(Block.Facts facts) {
        out.append("<dl>");
        for (Block.Fact fact : facts.facts()) {
            if (!fact.name().isEmpty()) { // a further line of the one before has none
                element("dt", "", fact.name());
            }
            element("dd", "", fact.text());
        }
        out.append("</dl>\n");
    }

    private void table(Block.Table table) {
        out.append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
                .append(Safe.html(table.caption().isEmpty() ? title : table.caption()))
                .append("\"><table>");
        if (!table.caption().isEmpty()) {
            element("caption", "", table.caption());
        }
        out.append("<thead><tr>");
        for (Block.Column column : table.columns()) {
            element("th", (column.isNumber() ? " class=\"n\"" : "") + " scope=\"col\"", column.head());
        }
        out.append("</tr></thead>\n<tbody>");
        for (Block.Row row : table.rows()) {
            out.append(row.tone() == Tone.PLAIN ? "<tr>" : "<tr class=\"" + word(row.tone()) + "\">");
            for (int i = 0; i < row.cells().size(); i++) {
                String kind = table.columns().get(i).isNumber() ? " class=\"n\"" : "";
                if (i == 0) {
                    element("th", kind + " scope=\"row\"", row.cells().get(i));
                } else {
                    element("td", kind, row.cells().get(i));
                }
            }
            out.append("</tr>\n");
        }
        out.append("</tbody></table></div>\n");
    }

    private void findings(List<Finding> findings, int level) {
        out.append("<section class=\"findings\">\n");
        if (!isHeaded) {
            element("h" + level, "", "Findings");
        }
        if (findings.isEmpty()) {
            out.append("<p>none</p>\n");
        }
        for (Finding finding : findings) {
            finding(finding, level + 1);
        }
        out.append("</section>\n");
    }

    private void finding(Finding finding, int level) {
        String severity = finding.severity().word();
        rules.add(finding.rule());
        out.append("<article class=\"finding ").append(severity).append("\" data-fields=\"");
        StringBuilder fields = new StringBuilder("[");
        for (String field : finding.fields()) {
            fields.append(fields.length() == 1 ? "" : ",");
            Safe.json(field, fields);
        }
        Safe.html(fields.append(']').toString(), out);
        out.append("\">\n<h")
                .append(level)
                .append("><span class=\"sev\">")
                .append(severity)
                .append("</span> <a href=\"#rule-");
        Safe.html(finding.rule(), out);
        out.append("\">");
        Safe.html(finding.rule(), out);
        out.append("</a></h").append(level).append(">\n");
        element("p", "", finding.message());
        finding.saving().ifPresent(saving -> element("p", " class=\"saving\"", saving.words()));
        element("p", " class=\"advice\"", finding.advice());
        element("p", " class=\"note\"", finding.certainty().word());
        out.append("</article>\n");
    }

    private void lineMaps(Block.LineMaps maps) {
        out.append("<figure class=\"linemap\"><script type=\"application/json\">");
        LineMapData.write(maps.analyses(), out);
        out.append(
                "</script><noscript>The script of this page, which draws the lines, is not allowed to run.</noscript></figure>\n");
    }

    private void element(String name, String attributes, String text) {
        out.append('<').append(name).append(attributes).append('>');
        Safe.html(text, out);
        out.append("</").append(name).append(">\n");
    }

    private static String word(Tone tone) {
        return tone.name().toLowerCase(Locale.ROOT);
    }
}

package dev.faultline.report.html;

import dev.faultline.report.document.Document;
import dev.faultline.report.document.DocumentBlock;
import dev.faultline.report.document.FindingEntry;
import dev.faultline.report.document.Tone;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Writes the blocks of documents as HTML. */
final class HtmlBlocks implements DocumentBlock.Visitor {

    private final StringBuilder out;
    private final Set<String> rules;
    private final boolean hasCode;
    /** The last heading, which names tables without a caption. */
    private String title = "";
    /** Level of the headings. */
    private int level;
    /** Whether the block above is a heading. */
    private boolean isHeaded;

    /**
     * Writes to a builder.
     *
     * @param out where to
     * @param rules takes the id of each rule that is named
     * @param hasCode whether blocks of code are written; of very many structs they make the page too large
     */
    HtmlBlocks(StringBuilder out, Set<String> rules, boolean hasCode) {
        this.out = out;
        this.rules = rules;
        this.hasCode = hasCode;
    }

    /**
     * Appends a document.
     *
     * @param document what to say
     * @param id of the element
     * @param level of its heading, from 1
     */
    void write(Document document, String id, int level) throws IOException {
        out.append("<article class=\"doc\" id=\"").append(id).append("\">\n");
        this.level = level + 1;
        title = document.title();
        element("h" + level, " tabindex=\"-1\"", title);
        document.headline()
                .ifPresent(
                        headline -> element("p", " class=\"verdict " + word(headline.tone()) + "\"", headline.line()));
        if (!document.subtitle().isEmpty()) {
            element("p", "", document.subtitle());
        }
        List<DocumentBlock> rest = new ArrayList<>(document.blocks());
        Optional<DocumentBlock> lines = oneMap(rest);
        List<DocumentBlock> findings =
                rest.stream().filter(DocumentBlock.Findings.class::isInstance).toList();
        if (lines.isPresent() && !findings.isEmpty()) {
            rest.remove(lines.get());
            rest.removeAll(findings);
            out.append("<div class=\"beside\">\n");
            visit(lines.get());
            visit(new DocumentBlock.Findings(findings.stream()
                    .flatMap(block -> ((DocumentBlock.Findings) block).entries().stream())
                    .toList()));
            out.append("<div class=\"rest\">\n");
            visit(rest);
            out.append("</div>\n</div>\n");
        } else {
            visit(rest);
        }
        out.append("</article>\n");
    }

    /** Findings stand beside the lines of the one struct they are about, where there is room; the rest below. */
    private static Optional<DocumentBlock> oneMap(List<DocumentBlock> blocks) {
        List<DocumentBlock> found = blocks.stream()
                .filter(block -> block instanceof DocumentBlock.LineMaps)
                .toList();
        boolean isOne = found.size() == 1
                && ((DocumentBlock.LineMaps) found.get(0)).maps().size() == 1;
        return isOne ? Optional.of(found.get(0)) : Optional.empty();
    }

    private void visit(List<DocumentBlock> blocks) throws IOException {
        for (int i = 0; i < blocks.size(); i++) {
            int charts = chartsFrom(blocks, i);
            if (charts > 0) {
                out.append("<div class=\"pair\">\n");
            }
            for (int last = i + charts; i < last; i++) {
                visit(blocks.get(i));
            }
            visit(blocks.get(i));
            if (charts > 0) {
                out.append("</div>\n");
            }
        }
    }

    /**
     * {@return how many blocks after this one stand beside it, where there is room: after a chart the table with its
     * numbers, and then another chart}
     */
    private static int chartsFrom(List<DocumentBlock> blocks, int first) {
        boolean isPair = first + 1 < blocks.size()
                && blocks.get(first) instanceof DocumentBlock.Chart
                && blocks.get(first + 1) instanceof DocumentBlock.Table;
        if (!isPair) {
            return 0;
        }
        return first + 2 < blocks.size() && blocks.get(first + 2) instanceof DocumentBlock.Chart ? 2 : 1;
    }

    private void visit(DocumentBlock block) throws IOException {
        block.accept(this);
        isHeaded = block instanceof DocumentBlock.Heading;
    }

    @Override
    public void heading(DocumentBlock.Heading block) {
        title = block.text();
        element("h" + level, "", title);
    }

    @Override
    public void paragraph(DocumentBlock.Paragraph block) {
        element("p", block.tone() == Tone.PLAIN ? "" : " class=\"" + word(block.tone()) + "\"", block.text());
    }

    @Override
    public void facts(DocumentBlock.Facts block) {
        out.append("<dl>");
        for (DocumentBlock.Fact fact : block.facts()) {
            if (!fact.name().isEmpty()) { // a further line of the one before has none
                element("dt", "", fact.name());
            }
            element("dd", "", fact.text());
        }
        out.append("</dl>\n");
    }

    @Override
    public void table(DocumentBlock.Table block) {
        out.append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
                .append(HtmlEscaper.html(block.caption().isEmpty() ? title : block.caption()))
                .append("\"><table>");
        if (!block.caption().isEmpty()) {
            element("caption", "", block.caption());
        }
        out.append("<thead><tr>");
        for (DocumentBlock.Column column : block.columns()) {
            element("th", numberClass(column) + " scope=\"col\"", column.head());
        }
        out.append("</tr></thead>\n<tbody>");
        for (DocumentBlock.Row row : block.rows()) {
            out.append(row.tone() == Tone.PLAIN ? "<tr>" : "<tr class=\"" + word(row.tone()) + "\">");
            for (int i = 0; i < row.cells().size(); i++) {
                String kind = numberClass(block.columns().get(i));
                element(
                        i == 0 ? "th" : "td",
                        i == 0 ? kind + " scope=\"row\"" : kind,
                        row.cells().get(i));
            }
            out.append("</tr>\n");
        }
        out.append("</tbody></table></div>\n");
    }

    private static String numberClass(DocumentBlock.Column column) {
        return column.kind() == DocumentBlock.Column.Kind.NUMBER ? " class=\"n\"" : "";
    }

    @Override
    public void findings(DocumentBlock.Findings block) {
        out.append("<section class=\"findings\">\n");
        if (!isHeaded) {
            element("h" + level, "", "Findings");
        }
        if (block.entries().isEmpty()) {
            out.append("<p>none</p>\n");
        }
        block.entries().forEach(this::finding);
        out.append("</section>\n");
    }

    private void finding(FindingEntry finding) {
        rules.add(finding.rule());
        String rule = HtmlEscaper.html(finding.rule());
        out.append("<article class=\"finding ")
                .append(finding.isSuspicion() ? "info" : finding.severity())
                .append("\" data-fields=\"");
        StringBuilder fields = new StringBuilder("[");
        for (String field : finding.fields()) {
            fields.append(fields.length() == 1 ? "" : ",");
            HtmlEscaper.json(field, fields);
        }
        HtmlEscaper.html(fields.append(']').toString(), out);
        out.append("\">\n<h").append(level + 1).append("><span class=\"sev\">").append(finding.severity());
        out.append("</span> <a href=\"#rule-")
                .append(rule)
                .append("\">")
                .append(rule)
                .append("</a>");
        finding.place().ifPresent(place -> HtmlEscaper.html(" in " + place.struct(), out));
        out.append("</h").append(level + 1).append(">\n");
        element("p", "", finding.message());
        finding.details().forEach(detail -> element("p", " class=\"saving\"", detail));
        element("p", " class=\"advice\"", finding.advice());
        element(
                "p",
                " class=\"note\"",
                finding.certainty() + (finding.declared().isEmpty() ? "" : " · " + finding.declared()));
        out.append("</article>\n");
    }

    @Override
    public void lineMaps(DocumentBlock.LineMaps block) {
        out.append("<figure class=\"linemap\"><script type=\"application/json\">");
        StructLinesJson.write(block.maps(), out);
        out.append("</script><noscript>The script of this page, which draws the lines, is not allowed to run."
                + "</noscript></figure>\n");
    }

    @Override
    public void chart(DocumentBlock.Chart block) {
        new HtmlChart(block, out).write();
    }

    @Override
    public void code(DocumentBlock.Code block) {
        if (hasCode) {
            out.append("<details>");
            element("summary", "", block.caption());
            out.append("<pre tabindex=\"0\">");
            HtmlEscaper.lines(block.text().get(), out);
            out.append("</pre>\n</details>\n");
        }
    }

    @Override
    public void folded(DocumentBlock.Folded block) throws IOException {
        out.append("<details>");
        element("summary", "", block.summary());
        visit(block.blocks());
        out.append("</details>\n");
    }

    private void element(String name, String attributes, String text) {
        out.append('<').append(name).append(attributes).append('>');
        HtmlEscaper.html(text, out);
        out.append("</").append(name).append(">\n");
    }

    private static String word(Tone tone) {
        return tone.name().toLowerCase(Locale.ROOT);
    }
}

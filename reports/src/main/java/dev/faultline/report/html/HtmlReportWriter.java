package dev.faultline.report.html;

import dev.faultline.analysis.Analysis;
import dev.faultline.report.ReportWriter;
import dev.faultline.report.document.Document;
import dev.faultline.report.view.Documents;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes analyses as one HTML page. A few structs are written one below the other; many begin with a table of all hazards, and
 * the structs themselves lie packed in the page until they are opened.
 */
public final class HtmlReportWriter implements ReportWriter {

    /** So many structs are read from top to bottom. */
    static final int FEW = 8;
    /** What is packed together is unpacked together: small enough to take no time, large enough to be packed well. */
    private static final int CHUNK_CHARS = 400_000;

    private final Writer out;
    private final HtmlPage page;
    private final Packed packed;
    private final Set<String> rules = new TreeSet<>();
    private final List<Analysis> first = new ArrayList<>();
    private final Overview overview = new Overview();
    private final StringBuilder chunk = new StringBuilder();
    private int chunks;
    private int inChunk;

    /**
     * A writer.
     *
     * @param out where to, as UTF-8; not closed
     */
    public HtmlReportWriter(Writer out) {
        this.out = out;
        this.page = new HtmlPage(out);
        this.packed = new Packed(out);
    }

    @Override
    public void write(Analysis analysis) throws IOException {
        if (first.size() <= FEW) {
            first.add(analysis);
            if (first.size() > FEW) {
                page.begin("Faultline");
                for (Analysis one : first) {
                    add(one);
                }
            }
        } else {
            add(analysis);
        }
    }

    /** Documents in a chunk are kept apart by a character that is in none of them, since {@link Safe} lets none through. */
    private void add(Analysis analysis) throws IOException {
        overview.add(analysis, chunks, inChunk);
        chunk.append(inChunk == 0 ? "" : "\u001e");
        new HtmlBlocks(chunk, rules).write(Documents.drawn(analysis, false), "s", 1);
        inChunk++;
        if (chunk.length() >= CHUNK_CHARS) {
            flushChunk();
        }
    }

    private void flushChunk() throws IOException {
        packed.write("chunk" + chunks, chunk);
        chunk.setLength(0);
        chunks++;
        inChunk = 0;
    }

    @Override
    public void end() throws IOException {
        if (first.size() > FEW) {
            if (inChunk > 0) {
                flushChunk();
            }
            overview.write(out, packed);
        } else {
            few();
        }
        page.end(rules);
    }

    private void few() throws IOException {
        List<Document> documents =
                first.stream().map(one -> Documents.drawn(one, true)).toList();
        page.begin(documents.size() == 1 ? documents.get(0).title() : "Faultline: " + documents.size() + " structs");
        StringBuilder text = new StringBuilder();
        if (documents.size() != 1) {
            text.append("<h1>").append(documents.size()).append(" structs</h1>\n<ul class=\"contents\">");
            for (int i = 0; i < documents.size(); i++) {
                text.append("<li><a href=\"#d").append(i).append("\">");
                Safe.html(documents.get(i).title(), text);
                text.append("</a>: ");
                Safe.html(
                        documents
                                .get(i)
                                .verdict()
                                .map(verdict -> verdict.words())
                                .orElse(""),
                        text);
                text.append("</li>\n");
            }
            text.append("</ul>\n");
        }
        for (int i = 0; i < documents.size(); i++) {
            new HtmlBlocks(text, rules).write(documents.get(i), "d" + i, documents.size() == 1 ? 1 : 2);
        }
        out.append(text);
    }
}

package dev.faultline.report.html;

import dev.faultline.report.ReportWriter;
import dev.faultline.report.document.Document;
import dev.faultline.report.document.Headline;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes documents as one HTML page. A few are written one below the other; many structs begin with a table of all
 * hazards, and the structs themselves are compressed in the page until they are opened.
 */
public final class HtmlWriter implements ReportWriter<Document> {

    /** Up to this many documents are read from top to bottom. */
    static final int FEW = 8;
    /** What is compressed together is opened together: small enough to take no time, large enough to compress well. */
    private static final int CHUNK_CHARS = 400_000;

    private final Writer out;
    private final HtmlPage page;
    private final CompressedText compressed;
    private final Set<String> rules = new TreeSet<>();
    private final List<Document> first = new ArrayList<>();
    private final Overview overview = new Overview();
    private final StringBuilder chunk = new StringBuilder();
    /** Documents that are not about one struct, beside those of many. */
    private final StringBuilder aside = new StringBuilder();

    private int asides;
    private boolean isMany;
    private int chunks;
    private int inChunk;

    /**
     * Begins a page that does not say which version of Faultline wrote it.
     *
     * @param out where to, as UTF-8; not closed
     */
    public HtmlWriter(Writer out) {
        this(out, "");
    }

    /**
     * Begins a page.
     *
     * @param out where to, as UTF-8; not closed
     * @param version of Faultline, which stands at the top; may be empty
     */
    public HtmlWriter(Writer out, String version) {
        this.out = out;
        this.page = new HtmlPage(out, version);
        this.compressed = new CompressedText(out);
    }

    @Override
    public void write(Document document) throws IOException {
        if (isMany && document.summary().isEmpty()) {
            new HtmlBlocks(aside, rules, true).write(document, "a" + asides++, 2);
            return;
        }
        if (isMany) {
            add(document);
            return;
        }
        first.add(document);
        if (first.size() > FEW && document.summary().isPresent()) {
            isMany = true;
            for (Document one : first) {
                overview.addFacts(one);
            }
            page.begin(overview.fact("layout")
                    .map(layout -> layout + " · Faultline")
                    .orElse("Faultline"));
            for (Document one : first) {
                add(one);
            }
        }
    }

    /** Documents in a chunk are separated by a character that {@link HtmlEscaper} lets into none of them. */
    private void add(Document document) throws IOException {
        overview.add(document, chunks, inChunk);
        chunk.append(inChunk == 0 ? "" : "\u001e");
        new HtmlBlocks(chunk, rules, false).write(document, "s", 1);
        inChunk++;
        if (chunk.length() >= CHUNK_CHARS) {
            flushChunk();
        }
    }

    private void flushChunk() throws IOException {
        compressed.write("chunk" + chunks, chunk);
        chunk.setLength(0);
        chunks++;
        inChunk = 0;
    }

    @Override
    public void end() throws IOException {
        if (isMany) {
            if (inChunk > 0) {
                flushChunk();
            }
            overview.write(out, compressed, aside);
        } else {
            few();
        }
        page.end(rules);
    }

    private void few() throws IOException {
        StringBuilder text = new StringBuilder();
        if (first.size() == 1) {
            page.begin(first.get(0).title());
        } else if (first.isEmpty()) {
            page.begin("Faultline");
            text.append("<h1>Nothing to report</h1>\n");
        } else {
            page.begin("Faultline: " + structs() + " structs");
            contents(text);
        }
        for (int i = 0; i < first.size(); i++) {
            new HtmlBlocks(text, rules, true).write(first.get(i), "d" + i, first.size() == 1 ? 1 : 2);
        }
        out.append(text);
    }

    /** {@return how many documents are about a struct; all of them when none is} */
    private long structs() {
        long structs = first.stream().filter(one -> one.summary().isPresent()).count();
        return structs == 0 ? first.size() : structs;
    }

    private void contents(StringBuilder text) {
        text.append("<h1>").append(structs()).append(" structs</h1>\n<ul class=\"contents\">");
        for (int i = 0; i < first.size(); i++) {
            text.append("<li><a href=\"#d").append(i).append("\">");
            HtmlEscaper.html(first.get(i).title(), text);
            text.append("</a>: ");
            HtmlEscaper.html(first.get(i).headline().map(Headline::line).orElse(""), text);
            text.append("</li>\n");
        }
        text.append("</ul>\n");
    }
}

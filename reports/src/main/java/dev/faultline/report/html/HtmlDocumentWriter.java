package dev.faultline.report.html;

import dev.faultline.report.document.Document;
import dev.faultline.report.document.DocumentWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.Set;
import java.util.TreeSet;

/** Writes documents as one HTML page, one below the other. */
public final class HtmlDocumentWriter implements DocumentWriter {

    private final HtmlPage page;
    private final Writer out;
    private final Set<String> rules = new TreeSet<>();
    private int documents;

    /**
     * A writer.
     *
     * @param out where to, as UTF-8; not closed
     */
    public HtmlDocumentWriter(Writer out) {
        this.out = out;
        this.page = new HtmlPage(out);
    }

    @Override
    public void write(Document document) throws IOException {
        if (documents == 0) {
            page.begin(document.title());
        }
        StringBuilder text = new StringBuilder();
        new HtmlBlocks(text, rules).write(document, "d" + documents, documents == 0 ? 1 : 2);
        documents++;
        out.append(text);
    }

    @Override
    public void end() throws IOException {
        if (documents == 0) {
            page.begin("Faultline");
            out.write("<h1>Nothing to report</h1>\n");
        }
        page.end(rules);
    }
}

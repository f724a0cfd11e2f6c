package dev.faultline.report.text;

import dev.faultline.input.VisibleText;
import dev.faultline.report.ReportWriter;
import dev.faultline.report.document.Document;
import dev.faultline.report.document.DocumentBlock;
import dev.faultline.report.document.Headline;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Writes documents as text, with an empty line between them. */
public final class TextWriter implements ReportWriter<Document> {

    private final TextLines lines;
    private final int columns;
    private boolean isBegun;

    /**
     * Begins a report.
     *
     * @param out where to
     * @param style colour and width
     */
    public TextWriter(Appendable out, TextStyle style) {
        this.lines = new TextLines(out, style.color());
        this.columns = style.columns();
    }

    @Override
    public void write(Document document) throws IOException {
        if (isBegun) {
            lines.end();
        }
        isBegun = true;
        Optional<Headline> total = document.headline().filter(Headline::isTotal);
        if (!document.blocks().isEmpty() || total.isEmpty()) {
            title(document);
            TextBlocks blocks = new TextBlocks(lines, columns);
            for (DocumentBlock block : document.blocks()) {
                block.accept(blocks);
            }
            if (total.isPresent()) {
                lines.end();
            }
        }
        if (total.isPresent()) {
            total(total.get());
        }
    }

    private void title(Document document) throws IOException {
        Optional<Headline> judgement = document.headline().filter(one -> !one.isTotal());
        String beside =
                judgement.map(one -> one.words().toUpperCase(Locale.ROOT)).orElse(document.subtitle());
        String style = judgement.map(one -> TextBlocks.style(one.tone())).orElse("");
        lines.ink(TextLines.BOLD, document.title());
        if (!beside.isEmpty()) {
            if (VisibleText.of(document.title()).length() + 2 + beside.length() > columns) {
                lines.end();
            }
            lines.add("  ").ink(style, beside);
        }
        lines.end();
        if (judgement.isPresent() && !judgement.get().detail().isEmpty()) {
            for (String line : WordWrap.wrap(judgement.get().detail(), columns - 2)) {
                lines.add("  " + line).end();
            }
        }
    }

    private void total(Headline total) throws IOException {
        String text = total.detail().isEmpty() ? total.words() : total.words() + " " + total.detail();
        for (String line : WordWrap.wrap(text, columns)) {
            lines.ink(TextBlocks.style(total.tone()), line).end();
        }
    }
}

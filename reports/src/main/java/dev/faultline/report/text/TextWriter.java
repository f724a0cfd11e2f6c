package dev.faultline.report.text;

import dev.faultline.input.VisibleText;
import dev.faultline.report.ReportWriter;
import dev.faultline.report.document.Document;
import dev.faultline.report.document.DocumentBlock;
import dev.faultline.report.document.Headline;
import java.io.IOException;
import java.util.List;
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
        title(document);
        TextBlocks blocks = new TextBlocks(lines, columns);
        for (DocumentBlock block : document.blocks()) {
            block.accept(blocks);
        }
    }

    private static Optional<Headline> headline(Document document, Headline.Kind kind) {
        return document.headline().filter(one -> one.kind() == kind);
    }

    private void title(Document document) throws IOException {
        Optional<Headline> verdict = headline(document, Headline.Kind.VERDICT);
        if (verdict.isPresent()) {
            verdict(document, verdict.get());
            return;
        }
        Optional<Headline> judgement = headline(document, Headline.Kind.JUDGEMENT);
        String beside =
                judgement.map(one -> one.words().toUpperCase(Locale.ROOT)).orElse(document.subtitle());
        String style = judgement.map(one -> TextBlocks.style(one.tone())).orElse("");
        String last = title(document.title());
        if (!beside.isEmpty()) {
            if (last.length() + 2 + beside.length() > columns) {
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

    /** Writes a title without ending its last line, which is returned. */
    private String title(String text) throws IOException {
        List<String> wrapped = WordWrap.wrap(text, columns);
        for (int i = 0; i < wrapped.size(); i++) {
            if (i > 0) {
                lines.end();
            }
            lines.ink(TextLines.BOLD, wrapped.get(i));
        }
        return VisibleText.of(wrapped.get(wrapped.size() - 1));
    }

    /** The first line says what was found; the title stands before it, or below where both are too long for a line. */
    private void verdict(Document document, Headline verdict) throws IOException {
        String style = TextBlocks.style(verdict.tone());
        String title = document.title() + ": ";
        if (VisibleText.of(title).length() + verdict.words().length() <= columns) {
            lines.ink(TextLines.BOLD, title.strip())
                    .add(" ")
                    .ink(style, verdict.words())
                    .end();
        } else {
            for (String line : WordWrap.wrap(verdict.words(), columns)) {
                lines.ink(style, line).end();
            }
            title(document.title());
            lines.end();
        }
        for (String line :
                document.subtitle().isEmpty() ? List.<String>of() : WordWrap.wrap(document.subtitle(), columns)) {
            lines.add(line).end();
        }
    }
}

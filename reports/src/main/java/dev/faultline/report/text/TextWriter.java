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
        Optional<Headline> total = headline(document, Headline.Kind.TOTAL);
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

    /** The first line says what was found. */
    private void verdict(Document document, Headline verdict) throws IOException {
        String style = TextBlocks.style(verdict.tone());
        lines.ink(TextLines.BOLD, document.title() + ":");
        int room = columns - VisibleText.of(document.title()).length() - 2;
        if (verdict.words().length() <= room) {
            lines.add(" ").ink(style, verdict.words()).end();
        } else {
            lines.end();
            for (String line : WordWrap.wrap(verdict.words(), columns - 2)) {
                lines.add("  ").ink(style, line).end();
            }
        }
        if (!document.subtitle().isEmpty()) {
            lines.add(document.subtitle()).end();
        }
    }

    private void total(Headline total) throws IOException {
        String text = total.detail().isEmpty() ? total.words() : total.words() + " " + total.detail();
        for (String line : WordWrap.wrap(text, columns)) {
            lines.ink(TextBlocks.style(total.tone()), line).end();
        }
    }
}

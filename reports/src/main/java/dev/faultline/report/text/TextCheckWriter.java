package dev.faultline.report.text;

import dev.faultline.contract.ContractResult;
import dev.faultline.contract.PromiseResult;
import dev.faultline.report.CheckWriter;
import dev.faultline.report.view.CheckView;
import dev.faultline.report.view.Wrapping;
import java.io.IOException;
import java.util.List;

/** Writes which promises are kept as text: a line a promise, and under a broken one why. */
public final class TextCheckWriter implements CheckWriter {

    private static final int WIDTH = 80;
    private static final int STATUS_WIDTH = 8;

    private final TextLines lines;
    private final boolean onlyBroken;

    /**
     * A writer.
     *
     * @param out where to
     * @param color whether to use ANSI colours
     * @param onlyBroken whether to leave out what is kept, and notes
     */
    public TextCheckWriter(Appendable out, boolean color, boolean onlyBroken) {
        this.lines = new TextLines(out, color);
        this.onlyBroken = onlyBroken;
    }

    @Override
    public void write(List<ContractResult> sections) throws IOException {
        boolean any = false;
        for (ContractResult section : sections) {
            any |= section(section, any);
        }
        CheckView view = new CheckView(sections);
        if (any) {
            lines.end();
        }
        lines.ink(view.count(PromiseResult.Status.BROKEN) > 0 ? "31" : TextLines.BOLD, view.summary())
                .end();
    }

    private boolean section(ContractResult section, boolean notFirst) throws IOException {
        List<PromiseResult> shown = section.results().stream()
                .filter(result -> !onlyBroken
                        || result.status() == PromiseResult.Status.BROKEN
                        || result.status() == PromiseResult.Status.UNJUDGED)
                .toList();
        List<String> notes = onlyBroken ? List.of() : section.notes();
        if (shown.isEmpty() && notes.isEmpty()) {
            return false;
        }
        if (notFirst) {
            lines.end();
        }
        lines.ink(TextLines.BOLD, section.source())
                .add(section.title().isEmpty() ? "" : ": " + section.title())
                .end();
        for (PromiseResult result : shown) {
            outcome(result);
        }
        for (String note : notes) {
            boolean begun = false;
            for (String line : Wrapping.wrap(note, WIDTH - STATUS_WIDTH - 3)) {
                if (begun) {
                    lines.add(" ".repeat(STATUS_WIDTH + 3));
                } else {
                    status(PromiseResult.Status.NOTE);
                }
                lines.add(line).end();
                begun = true;
            }
        }
        return true;
    }

    private void outcome(PromiseResult result) throws IOException {
        status(result.status());
        lines.add(result.struct() + "  " + result.promise()).end();
        if (result.status() != PromiseResult.Status.UNJUDGED) { // said on standard error, with its place
            for (String why : result.why()) {
                for (String line : Wrapping.wrap(why, WIDTH - STATUS_WIDTH - 3)) {
                    lines.add(" ".repeat(STATUS_WIDTH + 3) + line).end();
                }
            }
        }
    }

    /** Begins a line with a word that fills its column. */
    private void status(PromiseResult.Status status) throws IOException {
        switch (status) {
            case KEPT -> status("kept", "32");
            case BROKEN -> status("BROKEN", "1;31");
            case NOTE -> status("note", "36");
            case UNJUDGED -> status("?", "33");
        }
    }

    private void status(String word, String style) throws IOException {
        lines.add("  ").ink(style, word).add(" ".repeat(STATUS_WIDTH - word.length() + 1));
    }
}

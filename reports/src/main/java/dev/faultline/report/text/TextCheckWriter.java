package dev.faultline.report.text;

import dev.faultline.contract.Outcome;
import dev.faultline.contract.Section;
import dev.faultline.report.CheckWriter;
import dev.faultline.report.view.CheckView;
import dev.faultline.report.view.Wrapping;
import java.io.IOException;
import java.util.List;

/** Writes which promises are kept as text: a line a promise, and under a broken one why. */
public final class TextCheckWriter implements CheckWriter {

    private static final int WIDTH = 80;
    private static final int STATUS_WIDTH = 8;

    private final Appendable out;
    private final boolean color;
    private final boolean onlyBroken;

    /**
     * A writer.
     *
     * @param out where to
     * @param color whether to use ANSI colours
     * @param onlyBroken whether to leave out what is kept, and notes
     */
    public TextCheckWriter(Appendable out, boolean color, boolean onlyBroken) {
        this.out = out;
        this.color = color;
        this.onlyBroken = onlyBroken;
    }

    @Override
    public void write(List<Section> sections) throws IOException {
        boolean any = false;
        for (Section section : sections) {
            any |= section(section, any);
        }
        CheckView view = new CheckView(sections);
        out.append(any ? "\n" : "").append(ink(view.count(Outcome.Status.BROKEN) > 0 ? "31" : "1", view.summary()));
        out.append('\n');
    }

    private boolean section(Section section, boolean notFirst) throws IOException {
        List<Outcome> shown = section.outcomes().stream()
                .filter(outcome -> !onlyBroken
                        || outcome.status() == Outcome.Status.BROKEN
                        || outcome.status() == Outcome.Status.UNJUDGED)
                .toList();
        List<String> notes = onlyBroken ? List.of() : section.notes();
        if (shown.isEmpty() && notes.isEmpty()) {
            return false;
        }
        out.append(notFirst ? "\n" : "").append(ink("1", section.source()));
        out.append(section.title().isEmpty() ? "" : ": " + section.title()).append('\n');
        for (Outcome outcome : shown) {
            outcome(outcome);
        }
        for (String note : notes) {
            wrapped(status("note", "36") + " ", note);
        }
        return true;
    }

    private void outcome(Outcome outcome) throws IOException {
        String head = status(outcome) + " " + outcome.struct() + "  " + outcome.promise();
        out.append("  ").append(head).append('\n');
        if (outcome.status() != Outcome.Status.UNJUDGED) { // said on standard error, with its place
            for (String why : outcome.why()) {
                wrapped(" ".repeat(STATUS_WIDTH) + " ", why);
            }
        }
    }

    private void wrapped(String head, String text) throws IOException {
        String first = "  " + head;
        for (String line : Wrapping.wrap(text, WIDTH - STATUS_WIDTH - 3)) {
            out.append(first).append(line).append('\n');
            first = " ".repeat(STATUS_WIDTH + 3);
        }
    }

    private String status(Outcome outcome) {
        return switch (outcome.status()) {
            case KEPT -> status("kept", "32");
            case BROKEN -> status("BROKEN", "1;31");
            case NOTE -> status("note", "36");
            case UNJUDGED -> status("?", "33");
        };
    }

    private String status(String word, String code) {
        return ink(code, word) + " ".repeat(STATUS_WIDTH - word.length());
    }

    private String ink(String code, String text) {
        return color ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}

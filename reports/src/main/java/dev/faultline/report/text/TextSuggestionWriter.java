package dev.faultline.report.text;

import dev.faultline.analysis.Analysis;
import dev.faultline.input.VisibleText;
import dev.faultline.report.SuggestionWriter;
import dev.faultline.report.view.StructView;
import dev.faultline.report.view.SuggestionView;
import dev.faultline.report.view.Wrapping;
import java.io.IOException;
import java.util.List;

/** Writes a suggestion as text: the short list with its proof, then one candidate closely. */
public final class TextSuggestionWriter implements SuggestionWriter {

    private static final int WIDTH = 80;
    private static final int LABEL_WIDTH = 11;
    private static final int NEEDS_COLUMN = 61;

    private final TextLines lines;

    /**
     * A writer.
     *
     * @param out where to
     * @param color whether to use ANSI colours
     */
    public TextSuggestionWriter(Appendable out, boolean color) {
        this.lines = new TextLines(out, color);
    }

    @Override
    public void write(SuggestionView view) throws IOException {
        head(view);
        for (String caveat : view.caveats()) {
            lines.end();
            wrapped("", caveat);
        }
        if (view.candidate().isEmpty()) {
            lines.end();
            wrapped("", view.nothing());
            bound(view);
            map("lines today", view.before());
            list("what today's layout suffers, which no order of its members repairs", view.left());
            return;
        }
        lines.end();
        list(view);
        bound(view);
        closely(view);
    }

    private void head(SuggestionView view) throws IOException {
        Analysis before = view.suggestion().before();
        StructView struct = view.before();
        lines.ink(TextLines.BOLD, before.subject().reference())
                .add("  " + struct.layout().kind().keyword() + " of "
                        + struct.layout().byteSize() + " bytes on "
                        + struct.lines() + (struct.lines() == 1 ? " line of " : " lines of ") + struct.lineBytes()
                        + " bytes")
                .end();
        label("layout", struct.layout().provenance().describe());
        label("placement", struct.placement());
        label("access", struct.access());
        label("cost", struct.costBasis());
    }

    private void list(SuggestionView view) throws IOException {
        lines.add("          bytes  lines       cost     saves  for the model  needs")
                .end();
        for (SuggestionView.Row row : view.rows()) {
            List<String> needs = Wrapping.wrap(String.join("; ", row.needs()), WIDTH - NEEDS_COLUMN);
            String text = String.format(
                    "%-5s %-2s %7s %6s %10s %9s  %-13s  %s",
                    row.name(),
                    row.picked() ? "=>" : "",
                    row.byteSize(),
                    row.lines(),
                    row.cost(),
                    row.saves(),
                    row.proof(),
                    needs.get(0));
            lines.ink(row.picked() ? TextLines.BOLD : "", text.stripTrailing()).end();
            for (String more : needs.subList(1, needs.size())) {
                lines.add(" ".repeat(NEEDS_COLUMN) + more).end();
            }
            if (!row.gain().isEmpty()) {
                wrapped("      ", row.gain());
            }
        }
    }

    private void bound(SuggestionView view) throws IOException {
        boolean first = true;
        for (String line : view.bound()) {
            if (first) {
                lines.end();
            }
            label(first ? "bound" : "", line);
            first = false;
        }
    }

    private void closely(SuggestionView view) throws IOException {
        var candidate = view.candidate().orElseThrow();
        StructView after = new StructView(candidate.analysis());
        lines.end()
                .ink(TextLines.BOLD, "candidate " + view.picked())
                .add(", " + view.why())
                .end();
        for (String gain : view.gains(candidate)) {
            wrapped("  ", gain);
        }
        for (String ask : view.asks()) {
            wrapped("  ", ask);
        }
        map("lines today", view.before());
        map("lines then", after);
        list("moves, by the offset of each member", view.moves());
        list("what it wins, field by field, were each alone put back", view.contributions());
        robustness(view);
        list("what it still suffers", view.left());
        lines.end();
        wrapped("", "The same command with --emit c, java, layout or diff --against FILE prints its declaration.");
    }

    private void robustness(SuggestionView view) throws IOException {
        section("what it costs elsewhere");
        for (SuggestionView.Trial trial : view.trials()) {
            String text = String.format(
                    "  %-40s %9s -> %-9s %s",
                    VisibleText.of(trial.world()), trial.today(), trial.candidate(), trial.verdict());
            lines.ink(trial.holds() ? "" : "1;33", text).end();
        }
        wrapped("  ", view.robustness());
    }

    private void map(String title, StructView struct) throws IOException {
        if (!struct.map().isEmpty()) {
            section(title);
            LineRows.write(struct.map(), WIDTH, lines);
        }
    }

    private void section(String title) throws IOException {
        lines.end().ink(TextLines.BOLD, title).end();
    }

    private void list(String title, List<String> entries) throws IOException {
        if (entries.isEmpty()) {
            return;
        }
        section(title);
        for (String entry : entries) {
            String line = VisibleText.of(entry);
            if (line.length() <= WIDTH - 2) {
                lines.add("  " + line).end();
            } else {
                wrapped("  ", line);
            }
        }
    }

    private void wrapped(String indent, String text) throws IOException {
        boolean first = true;
        String more = indent.isEmpty() ? "" : indent + "  ";
        for (String line : Wrapping.wrap(text, WIDTH - more.length())) {
            lines.add((first ? indent : more) + line).end();
            first = false;
        }
    }

    private void label(String name, String text) throws IOException {
        boolean begun = false;
        for (String line : Wrapping.wrap(text, WIDTH - LABEL_WIDTH)) {
            lines.add(String.format("%-" + LABEL_WIDTH + "s", begun ? "" : name) + line)
                    .end();
            begun = true;
        }
    }
}

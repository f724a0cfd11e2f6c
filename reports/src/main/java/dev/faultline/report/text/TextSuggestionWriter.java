package dev.faultline.report.text;

import dev.faultline.Analysis;
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

    private final Appendable out;
    private final boolean color;

    /**
     * A writer.
     *
     * @param out where to
     * @param color whether to use ANSI colours
     */
    public TextSuggestionWriter(Appendable out, boolean color) {
        this.out = out;
        this.color = color;
    }

    @Override
    public void write(SuggestionView view) throws IOException {
        head(view);
        for (String caveat : view.caveats()) {
            out.append('\n');
            wrapped("", caveat);
        }
        if (view.candidate().isEmpty()) {
            out.append('\n');
            wrapped("", view.nothing());
            bound(view);
            map("lines today", view.before());
            lines("what today's layout suffers, which no order of its members repairs", view.left());
            return;
        }
        out.append('\n');
        list(view);
        bound(view);
        closely(view);
    }

    private void head(SuggestionView view) throws IOException {
        Analysis before = view.suggestion().before();
        StructView struct = view.before();
        out.append(bold(before.subject().reference()))
                .append("  ")
                .append(struct.layout().kind().keyword() + " of "
                        + struct.layout().byteSize() + " bytes on "
                        + struct.lines() + (struct.lines() == 1 ? " line of " : " lines of ") + struct.lineBytes()
                        + " bytes\n");
        label("layout", struct.layout().provenance().describe());
        label("placement", struct.placement());
        label("access", struct.access());
        label("cost", struct.costBasis());
    }

    private void list(SuggestionView view) throws IOException {
        out.append("          bytes  lines       cost     saves  for the model  needs\n");
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
            out.append(row.picked() ? bold(text.stripTrailing()) : text.stripTrailing())
                    .append('\n');
            for (String more : needs.subList(1, needs.size())) {
                out.append(" ".repeat(NEEDS_COLUMN)).append(more).append('\n');
            }
            if (!row.gain().isEmpty()) {
                wrapped("      ", row.gain());
            }
        }
    }

    private void bound(SuggestionView view) throws IOException {
        boolean first = true;
        for (String line : view.bound()) {
            out.append(first ? "\n" : "");
            label(first ? "bound" : "", line);
            first = false;
        }
    }

    private void closely(SuggestionView view) throws IOException {
        var candidate = view.candidate().orElseThrow();
        StructView after = new StructView(candidate.analysis());
        out.append('\n').append(bold("candidate " + view.picked())).append(", " + view.why() + "\n");
        for (String gain : view.gains(candidate)) {
            wrapped("  ", gain);
        }
        for (String ask : view.asks()) {
            wrapped("  ", ask);
        }
        map("lines today", view.before());
        map("lines then", after);
        lines("moves, by the offset of each member", view.moves());
        lines("what it wins, field by field, were each alone put back", view.contributions());
        robustness(view);
        lines("what it still suffers", view.left());
        out.append('\n');
        wrapped("", "The same command with --emit c, java, layout or diff --against FILE prints its declaration.");
    }

    private void robustness(SuggestionView view) throws IOException {
        section("what it costs elsewhere");
        for (SuggestionView.Trial trial : view.trials()) {
            String text = String.format(
                    "  %-40s %9s -> %-9s %s", trial.world(), trial.today(), trial.candidate(), trial.verdict());
            out.append(trial.holds() ? text : warn(text)).append('\n');
        }
        wrapped("  ", view.robustness());
    }

    private void map(String title, StructView struct) throws IOException {
        if (!struct.map().isEmpty()) {
            section(title);
            LineRows.write(struct.map(), WIDTH, out);
        }
    }

    private void section(String title) throws IOException {
        out.append('\n').append(bold(title)).append('\n');
    }

    private void lines(String title, List<String> lines) throws IOException {
        if (lines.isEmpty()) {
            return;
        }
        section(title);
        for (String line : lines) {
            if (line.length() <= WIDTH - 2) {
                out.append("  ").append(line).append('\n');
            } else {
                wrapped("  ", line);
            }
        }
    }

    private void wrapped(String indent, String text) throws IOException {
        boolean first = true;
        String more = indent.isEmpty() ? "" : indent + "  ";
        for (String line : Wrapping.wrap(text, WIDTH - more.length())) {
            out.append(first ? indent : more).append(line).append('\n');
            first = false;
        }
    }

    private void label(String name, String text) throws IOException {
        boolean begun = false;
        for (String line : Wrapping.wrap(text, WIDTH - LABEL_WIDTH)) {
            out.append(String.format("%-" + LABEL_WIDTH + "s", begun ? "" : name))
                    .append(line)
                    .append('\n');
            begun = true;
        }
    }

    private String bold(String text) {
        return color ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    private String warn(String text) {
        return color ? "\u001b[1;33m" + text + "\u001b[0m" : text;
    }
}

package dev.faultline.report.view;

import dev.faultline.access.Certainty;
import dev.faultline.access.FieldActivity;
import dev.faultline.analysis.Analysis;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Saving;
import dev.faultline.hazard.Severity;
import dev.faultline.input.VisibleText;
import dev.faultline.suggest.Candidate;
import dev.faultline.suggest.Certificate;
import dev.faultline.suggest.Contribution;
import dev.faultline.suggest.Figures;
import dev.faultline.suggest.Gain;
import dev.faultline.suggest.Move;
import dev.faultline.suggest.SensitivityResult;
import dev.faultline.suggest.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** A suggestion, made ready for showing; one of its candidates is looked at closely. */
public final class SuggestionView {

    private static final int MOST_MOVES = 16;
    private static final int MOST_CONTRIBUTIONS = 10;
    private static final int MOST_GAINS = 3;
    /** A gain below this is rounding. */
    private static final double NOTHING_NANOS = 0.005;

    private final Suggestion suggestion;
    private final int picked;
    private final boolean asked;

    /**
     * A view.
     *
     * @param suggestion what was found
     * @param pick the candidate to look at closely, counted from 1; without one, the cheapest that is no larger than today's
     *     layout and asks no more of who allocates it, or else the cheapest
     * @throws IllegalArgumentException when there is no such candidate
     */
    public SuggestionView(Suggestion suggestion, OptionalInt pick) {
        this.suggestion = suggestion;
        this.asked = pick.isPresent();
        if (asked
                && (pick.getAsInt() < 1
                        || pick.getAsInt() > suggestion.candidates().size())) {
            throw new IllegalArgumentException("no candidate " + pick.getAsInt() + ": there "
                    + (suggestion.candidates().size() == 1
                            ? "is 1"
                            : "are " + suggestion.candidates().size()));
        }
        this.picked = pick.orElseGet(() -> usual(suggestion));
    }

    private static int usual(Suggestion suggestion) {
        List<Candidate> candidates = suggestion.candidates();
        for (int i = 0; i < candidates.size(); i++) {
            Candidate one = candidates.get(i);
            boolean cheaper =
                    one.figures().nanosPerSecond() <= suggestion.today().nanosPerSecond();
            boolean larger = one.figures().byteSize() > suggestion.today().byteSize();
            if (cheaper && !larger && !one.needsLineAlignment()) {
                return i + 1;
            }
        }
        return Math.min(1, candidates.size());
    }

    /** {@return what was found} */
    public Suggestion suggestion() {
        return suggestion;
    }

    /** {@return today's layout} */
    public StructView before() {
        return new StructView(suggestion.before());
    }

    /** {@return the number of the candidate that is looked at, from 1; 0 when there is none} */
    public int picked() {
        return picked;
    }

    /** {@return the candidate that is looked at; nothing when there is none} */
    public Optional<Candidate> candidate() {
        return picked == 0
                ? Optional.empty()
                : Optional.of(suggestion.candidates().get(picked - 1));
    }

    /** {@return why this one is looked at} */
    public String why() {
        if (asked) {
            return "picked";
        }
        Candidate one = candidate().orElseThrow();
        boolean larger = one.figures().byteSize() > suggestion.today().byteSize();
        return larger || one.needsLineAlignment()
                ? "the cheapest; none costs less than today's and needs no more"
                : "the cheapest that is no larger than today's" + (picked == 1 ? "" : " and needs no alignment");
    }

    /**
     * A row of the short list.
     *
     * @param name {@code "today"}, or the number
     * @param picked whether it is looked at
     * @param byteSize its size
     * @param lines its lines that somebody touches
     * @param cost what it costs all CPUs
     * @param saves how much less than today's, empty for today's
     * @param proof how close to the best it is
     * @param needs what it asks for besides
     * @param gain what it does for the operations that gain most in all, empty when for none
     */
    public record Row(
            String name,
            boolean picked,
            String byteSize,
            String lines,
            String cost,
            String saves,
            String proof,
            List<String> needs,
            String gain) {
        /** Copies the list. */
        public Row {
            needs = List.copyOf(needs);
        }
    }

    /** {@return today's layout and the candidates} */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.add(row("today", false, suggestion.today(), "", suggestion.certificate(), List.of(), ""));
        for (int i = 0; i < suggestion.candidates().size(); i++) {
            Candidate one = suggestion.candidates().get(i);
            rows.add(row(
                    String.valueOf(i + 1),
                    i + 1 == picked,
                    one.figures(),
                    saves(one),
                    one.certificate(),
                    needs(one),
                    gains(one).stream().findFirst().orElse("")));
        }
        return rows;
    }

    private static Row row(
            String name,
            boolean picked,
            Figures figures,
            String saves,
            Certificate certificate,
            List<String> needs,
            String gain) {
        return new Row(
                name,
                picked,
                String.valueOf(figures.byteSize()),
                String.valueOf(figures.lines()),
                cpus(figures.nanosPerSecond()),
                saves,
                proof(certificate),
                needs,
                gain);
    }

    private String saves(Candidate candidate) {
        double today = suggestion.today().nanosPerSecond();
        double saved = today - candidate.figures().nanosPerSecond();
        return today == 0 ? percent(0) : percent(saved / today);
    }

    private static List<String> needs(Candidate candidate) {
        List<String> needs = new ArrayList<>();
        if (!candidate.opened().isEmpty()) {
            needs.add("changes " + String.join(", ", candidate.opened()));
        }
        if (candidate.needsLineAlignment()) {
            needs.add("aligned to a line");
        }
        return needs;
    }

    private static String proof(Certificate certificate) {
        return certificate.isProved() ? "optimal" : "gap " + percent(certificate.gap());
    }

    /** {@return what somebody besides the struct's owner must do for the candidate, a line each} */
    public List<String> asks() {
        Candidate one = candidate().orElseThrow();
        List<String> asks = new ArrayList<>();
        for (String path : one.opened()) {
            String type = one.layout()
                    .resolve(path)
                    .map(field -> field.type().spelling())
                    .orElse(path);
            asks.add("changes " + type + ", and so every struct that embeds it; --whole looks for layouts that do not");
        }
        if (one.needsLineAlignment()) {
            asks.add(
                    "objects must be allocated at the start of a line, which today's need not; --no-align asks for none");
        }
        return asks;
    }

    /**
     * What a candidate does for the operations that change most.
     *
     * @param candidate which
     * @return a line each: {@code "sender: get, use, put takes 243 ns, not 301 ns"}
     */
    public List<String> gains(Candidate candidate) {
        return candidate.gains().stream()
                .filter(gain -> Math.abs(gain.nanosPerOp()) >= NOTHING_NANOS)
                .limit(MOST_GAINS)
                .map(SuggestionView::gain)
                .toList();
    }

    private static String gain(Gain gain) {
        double saved = gain.nanosPerOp();
        return gain.role() + ": " + gain.operation() + " " + Saving.nanos(gain.beforeNanos()) + " -> "
                + Saving.nanos(gain.afterNanos()) + ", " + Saving.nanos(Math.abs(saved))
                + (saved < 0 ? " more" : " less");
    }

    /** {@return what no layout undercuts, and how that is known; nothing when nobody is known to touch it} */
    public List<String> bound() {
        Certificate today = suggestion.certificate();
        List<String> lines = new ArrayList<>();
        if (suggestion.before().access().uses().isEmpty()) {
            return lines;
        }
        lines.add("by the sum of line costs, which knows no queues: today's layout "
                + cpus(today.modelCost()) + " CPUs, no layout of " + today.conditions() + " less than "
                + cpus(today.lowerBound()) + how(today));
        candidate().ifPresent(one -> {
            Certificate certificate = one.certificate();
            String gap = certificate.isProved()
                    ? "gap 0: optimal for the model"
                    : "gap " + percent(certificate.gap()) + ": no layout costs less than "
                            + cpus(certificate.lowerBound());
            lines.add(picked + ": " + cpus(certificate.modelCost()) + " CPUs, " + gap + "; given: "
                    + certificate.conditions() + how(certificate));
        });
        return lines;
    }

    private static String how(Certificate certificate) {
        return certificate.how().isEmpty() ? "" : " (" + certificate.how() + ")";
    }

    /** {@return what there is to say when the list is empty} */
    public String nothing() {
        if (suggestion.todayIsOptimal()) {
            return "Nothing to win: today's layout is optimal for the model.";
        }
        return "Nothing better was found. No layout is cheaper than today's by more than "
                + percent(suggestion.certificate().gap()) + "; --effort high looks further.";
    }

    /** {@return what a reader should know before believing the numbers} */
    public List<String> caveats() {
        Analysis before = suggestion.before();
        List<String> caveats = new ArrayList<>();
        if (before.access().uses().isEmpty()) {
            caveats.add("Nobody is known to touch it: no profile, and no type tells anything. Only size can be won;"
                    + " --profile FILE says who touches what.");
            return caveats;
        }
        if (before.access().certainty() != Certainty.DECLARED) {
            caveats.add("Who touches what is inferred from types, and rates are assumed: which layout is better than"
                    + " which is a guess, and by how much is nothing to go by. --profile FILE says who touches what.");
        } else if (before.bill().map(bill -> bill.assumedRates()).orElse(false)) {
            caveats.add("Some rates are assumed, since the profile states none.");
        }
        if (before.access().activities().stream().noneMatch(FieldActivity::isWritten)) {
            caveats.add("Nobody writes: no line is fought over. What a layout can win is lines touched.");
        }
        if (suggestion.today().cpus() > before.machine().cpus().value()) {
            caveats.add(
                    "Cost is the CPUs' time that would be lost if everything were done as often as the profile wants it. Here"
                            + " that takes more CPUs than there are, so less will be done.");
        }
        if (!suggestion.todayFits()) {
            caveats.add("Today's layout is not one of those asked for, so candidates may cost more than it does.");
        }
        return caveats;
    }

    /** {@return members that are elsewhere, in words, and how many more there are} */
    public List<String> moves() {
        List<Move> moves = candidate().map(Candidate::moves).orElse(List.of());
        List<String> lines = new ArrayList<>();
        int width = moves.stream()
                .limit(MOST_MOVES)
                .mapToInt(move -> name(move).length())
                .max()
                .orElse(0);
        for (Move move : moves.subList(0, Math.min(moves.size(), MOST_MOVES))) {
            String name = name(move);
            lines.add(name
                    + " ".repeat(width - name.length())
                    + String.format(Locale.ROOT, "  %5d -> %-5d", move.fromOffset(), move.toOffset())
                    + (move.changesLine() ? "  line " + move.fromLine() + " -> " + move.toLine() : ""));
        }
        if (moves.size() > MOST_MOVES) {
            lines.add("and " + (moves.size() - MOST_MOVES) + " more");
        }
        return lines.stream().map(String::stripTrailing).toList();
    }

    private static String name(Move move) {
        return VisibleText.of(move.from().equals(move.to()) ? move.from() : move.from() + ", now " + move.to());
    }

    /** {@return what each separated field is worth, in words} */
    public List<String> contributions() {
        List<Contribution> all = candidate().map(Candidate::contributions).orElse(List.of());
        List<String> lines = new ArrayList<>();
        for (Contribution one : all.subList(0, Math.min(all.size(), MOST_CONTRIBUTIONS))) {
            lines.add(String.join(" and ", one.fields()) + ", away from " + String.join(" and ", one.apartFrom())
                    + ": wins " + Saving.nanos(one.nanosPerOp()) + " of " + one.role() + ": " + one.operation());
        }
        if (all.size() > MOST_CONTRIBUTIONS) {
            lines.add("and " + (all.size() - MOST_CONTRIBUTIONS) + " more that win less");
        }
        return lines;
    }

    /**
     * One world of the robustness table.
     *
     * @param world what is different
     * @param today what today's layout costs there
     * @param candidate what the candidate costs there
     * @param verdict how much less, or more
     * @param holds whether it is no more
     */
    public record Trial(String world, String today, String candidate, String verdict, boolean holds) {}

    /** {@return how the candidate does elsewhere} */
    public List<Trial> trials() {
        return candidate().map(one -> one.sensitivity().trials()).orElse(List.of()).stream()
                .map(SuggestionView::trial)
                .toList();
    }

    private static Trial trial(SensitivityResult.Trial trial) {
        double change = trial.todayNanos() == 0 ? 0 : trial.candidateNanos() / trial.todayNanos() - 1;
        String verdict =
                Math.abs(change) < 5e-4 ? "the same" : percent(Math.abs(change)) + (change < 0 ? " less" : " more");
        return new Trial(trial.world(), cpus(trial.todayNanos()), cpus(trial.candidateNanos()), verdict, trial.holds());
    }

    /** {@return in a line, where the candidate does not hold} */
    public String robustness() {
        SensitivityResult sensitivity = candidate().orElseThrow().sensitivity();
        long fails =
                sensitivity.trials().stream().filter(trial -> !trial.holds()).count();
        String regret = sensitivity.mostRegretted().regretNanos() <= 0
                ? ""
                : "; most regretted at " + sensitivity.mostRegretted().world() + ", where another of these costs "
                        + cpus(sensitivity.mostRegretted().regretNanos()) + " CPUs less";
        return (fails == 0
                        ? "costs no more than today's in any world tried"
                        : "costs more than today's in " + fails + " of "
                                + sensitivity.trials().size() + " worlds tried")
                + regret;
    }

    /** {@return what is wrong with the candidate still: warnings and errors, a line each, then a count of the notes} */
    public List<String> left() {
        List<Finding> findings = candidate()
                .map(one -> one.analysis().findings())
                .orElse(suggestion.before().findings());
        List<String> lines = new ArrayList<>();
        int notes = 0;
        for (Finding finding : findings) {
            if (finding.severity() == Severity.INFO) {
                notes++;
            } else {
                String saving = finding.saving().map(one -> "; " + one.words()).orElse("");
                lines.add(finding.severity().word() + " " + finding.rule() + ": " + String.join(", ", finding.fields())
                        + saving);
            }
        }
        if (notes > 0) {
            lines.add(notes + " of severity info");
        }
        return lines.isEmpty() ? List.of("nothing") : lines;
    }

    /** {@return a cost in CPUs' worth of time: {@code "0.824"}} */
    static String cpus(double nanosPerSecond) {
        double cpus = nanosPerSecond * 1e-9;
        String form = cpus >= 1000 ? "%,.0f" : cpus >= 100 ? "%.1f" : cpus >= 10 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, cpus == 0 || cpus >= 0.001 ? form : "%.1e", cpus);
    }

    private static String percent(double share) {
        double percent = 100 * share;
        return String.format(Locale.ROOT, Math.abs(percent) < 9.95 ? "%.1f %%" : "%.0f %%", percent);
    }
}

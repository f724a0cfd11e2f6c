package dev.faultline.report.build;

import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Saving;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.AggregateKind;
import dev.faultline.report.document.Document;
import dev.faultline.report.document.DocumentBlock;
import dev.faultline.report.document.DocumentBlock.Column;
import dev.faultline.report.document.DocumentBlock.Fact;
import dev.faultline.report.document.DocumentBlock.Facts;
import dev.faultline.report.document.DocumentBlock.Heading;
import dev.faultline.report.document.DocumentBlock.LineMaps;
import dev.faultline.report.document.DocumentBlock.Paragraph;
import dev.faultline.report.document.DocumentBlock.Row;
import dev.faultline.report.document.DocumentBlock.Table;
import dev.faultline.report.document.Headline;
import dev.faultline.report.document.Tone;
import dev.faultline.suggest.Candidate;
import dev.faultline.suggest.Certificate;
import dev.faultline.suggest.Contribution;
import dev.faultline.suggest.Figures;
import dev.faultline.suggest.Gain;
import dev.faultline.suggest.Move;
import dev.faultline.suggest.RemainingFinding;
import dev.faultline.suggest.SensitivityResult;
import dev.faultline.suggest.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The document of a suggestion: the list of candidates, then one of them in detail. */
public final class SuggestionDocument {

    private static final int MOST_MOVES = 16;
    private static final int MOST_CONTRIBUTIONS = 10;
    private static final int MOST_GAINS = 3;
    /** A gain below this is rounding. */
    private static final double NOTHING_NANOS = 0.005;

    /** A candidate that saves this many times as much as the one shown is told beside it. */
    private static final double MUCH_MORE = 1.5;

    private final PickedCandidate picked;
    private final Suggestion suggestion;
    private final StructWords today;
    private final String name;
    private final boolean hasRates;
    private final List<DocumentBlock> blocks = new ArrayList<>();

    private SuggestionDocument(PickedCandidate picked) {
        this.picked = picked;
        this.suggestion = picked.suggestion();
        this.today = new StructWords(suggestion.before());
        this.name = suggestion.before().subject().reference();
        this.hasRates = suggestion.before().access().isPriced();
    }

    /** {@return the document} */
    public static Document of(PickedCandidate picked) {
        return new SuggestionDocument(picked).build();
    }

    private Document build() {
        List<Fact> facts = new ArrayList<>(List.of(
                new Fact("layout", today.layout().provenance().describe()),
                new Fact("placement", today.placement()),
                new Fact("access", today.access())));
        BufferedStores.of(suggestion.before()).ifPresent(pair -> facts.add(new Fact("stores", pair)));
        if (hasRates) {
            facts.add(new Fact("cost", today.costBasis()));
            facts.add(new Fact("rates", today.rateBasis()));
        }
        blocks.add(new Facts(facts));
        picked.caveats().forEach(caveat -> blocks.add(new Paragraph(Tone.MIXED, caveat)));
        Optional<Candidate> candidate = picked.candidate();
        if (candidate.isPresent()) {
            blocks.add(hasRates ? candidates() : candidatesWithoutRates());
            bounds();
            detail(candidate.get());
            lines("Findings that remain", findings(candidate.get().analysis().findings()));
        } else {
            bounds();
            blocks.add(new LineMaps(List.of(StructLinesBuilder.of(suggestion.before()))));
            lines(
                    hasRates
                            ? "Findings of today's layout, which no order of its members fixes"
                            : "Findings of today's layout, which no layout found here fixes",
                    findings(suggestion.before().findings()));
        }
        lines(
                "What findings of today's layout say can be saved, and no layout found here does",
                suggestion.unrepaired().stream().map(SuggestionDocument::words).toList());
        Headline headline = candidate
                .map(one -> Headline.verdict(Tone.GOOD, verdict(one)))
                .orElseGet(() -> Headline.verdict(Tone.PLAIN, picked.nothing()));
        return new Document("A layout for " + name, today.size(), Optional.of(headline), Optional.empty(), blocks);
    }

    /**
     * {@return {@code "candidate 1 saves 38 %: 2.488 -> 1.553 CPUs lost"}, and what the first candidate saves where that
     * is much more}
     */
    private String verdict(Candidate candidate) {
        Figures then = candidate.figures();
        String name = "candidate " + picked.picked();
        Candidate best = suggestion.candidates().get(0);
        boolean isLarger = best.figures().byteSize() > suggestion.today().byteSize();
        String bestName = "; candidate 1, which " + (isLarger ? "is larger" : "must start on a line") + ", ";
        if (hasRates) {
            double today = suggestion.today().nanosPerSecond();
            double most = today - best.figures().nanosPerSecond();
            return name + " saves " + saves(candidate) + ": "
                    + cpus(today) + " -> " + cpus(then.nanosPerSecond()) + " CPUs lost"
                    + (most > MUCH_MORE * (today - then.nanosPerSecond()) ? bestName + "saves " + saves(best) : "");
        }
        int findings = candidate.analysis().findings().size();
        int before = suggestion.before().findings().size();
        int fewest = best.analysis().findings().size();
        return name + " has " + FindingWords.many(findings, "finding", "findings") + ", today's layout " + before
                + (fewest < findings ? bestName + "has " + fewest : "");
    }

    /** Without rates there are no costs: candidates differ in size and in what the code shows on shared lines. */
    private Table candidatesWithoutRates() {
        List<Row> rows = new ArrayList<>();
        rows.add(
                row("today", Tone.PLAIN, suggestion.today(), suggestion.before().findings(), ""));
        for (int i = 0; i < suggestion.candidates().size(); i++) {
            Candidate one = suggestion.candidates().get(i);
            boolean isPicked = i + 1 == picked.picked();
            rows.add(row(
                    isPicked ? "=> " + (i + 1) : String.valueOf(i + 1),
                    isPicked ? Tone.GOOD : Tone.PLAIN,
                    one.figures(),
                    one.analysis().findings(),
                    needs(one)));
        }
        return new Table(
                "Candidates: none is beaten by another in findings and size at once",
                List.of(
                        Column.text("layout"),
                        Column.number("bytes"),
                        Column.number("lines"),
                        Column.number("findings"),
                        Column.text("needs")),
                rows);
    }

    private static Row row(String name, Tone tone, Figures figures, List<Finding> findings, String needs) {
        return Row.of(
                tone,
                name,
                String.valueOf(figures.byteSize()),
                String.valueOf(figures.lines()),
                String.valueOf(findings.size()),
                needs);
    }

    private Table candidates() {
        List<Row> rows = new ArrayList<>();
        rows.add(row("today", Tone.PLAIN, suggestion.today(), "", suggestion.certificate(), "", ""));
        for (int i = 0; i < suggestion.candidates().size(); i++) {
            Candidate one = suggestion.candidates().get(i);
            boolean isPicked = i + 1 == picked.picked();
            rows.add(row(
                    isPicked ? "=> " + (i + 1) : String.valueOf(i + 1),
                    isPicked ? Tone.GOOD : Tone.PLAIN,
                    one.figures(),
                    saves(one),
                    one.certificate(),
                    needs(one),
                    gains(one).stream().findFirst().orElse("")));
        }
        return new Table(
                "Candidates: none is beaten by another in cost, size and lines at once",
                List.of(
                        Column.text("layout"),
                        Column.number("bytes"),
                        Column.number("lines"),
                        Column.number("CPUs lost"),
                        Column.number("saves"),
                        Column.text("for the model"),
                        Column.text("needs"),
                        Column.detail("gains most")),
                rows);
    }

    private static Row row(
            String name, Tone tone, Figures figures, String saves, Certificate certificate, String needs, String gain) {
        return Row.of(
                tone,
                name,
                String.valueOf(figures.byteSize()),
                String.valueOf(figures.lines()),
                cpus(figures.nanosPerSecond()),
                saves,
                model(certificate, figures),
                needs,
                gain);
    }

    /** The additive model leaves out queues: where they matter, it proves nothing about the cost shown. */
    private static String model(Certificate certificate, Figures figures) {
        if (figures.isModelClose()) {
            return certificate.isProved() ? "optimal" : "gap " + percent(certificate.gap());
        }
        return certificate.isProved() ? "best without queues" : "gap " + percent(certificate.gap()) + " without queues";
    }

    private String saves(Candidate candidate) {
        double cost = suggestion.today().nanosPerSecond();
        return percent(cost == 0 ? 0 : (cost - candidate.figures().nanosPerSecond()) / cost);
    }

    private static String needs(Candidate candidate) {
        List<String> needs = new ArrayList<>();
        if (!candidate.opened().isEmpty()) {
            needs.add("changes " + String.join(", ", candidate.opened()));
        }
        if (candidate.needsLineAlignment()) {
            needs.add("aligned to a line");
        }
        return String.join("; ", needs);
    }

    /** What a candidate does for the operations that change most. */
    private static List<String> gains(Candidate candidate) {
        return candidate.gains().stream()
                .filter(gain -> Math.abs(gain.nanosPerOp()) >= NOTHING_NANOS)
                .map(SuggestionDocument::words)
                .distinct() // guessed operations have no names of their own
                .limit(MOST_GAINS)
                .toList();
    }

    private static String words(RemainingFinding one) {
        return one.finding().rule() + ": " + String.join(", ", one.finding().fields()) + "; "
                + one.finding().saving().map(Saving::words).orElse("") + ". It remains because " + one.reason();
    }

    private static String words(Gain gain) {
        List<String> nanos = Saving.nanosAlike(gain.beforeNanos(), gain.afterNanos(), Math.abs(gain.nanosPerOp()));
        return gain.role() + ": " + gain.operation() + " " + nanos.get(0) + " -> " + nanos.get(1) + ", " + nanos.get(2)
                + (gain.nanosPerOp() < 0 ? " more" : " less");
    }

    /** What no layout undercuts, and how that is known; nothing when no access is known. */
    private void bounds() {
        if (suggestion.before().access().uses().isEmpty() || !hasRates) {
            return;
        }
        Certificate certificate = suggestion.certificate();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                "bound",
                "lower bound (additive model): no layout of " + certificate.conditions() + " loses less than "
                        + cpus(certificate.lowerBound()) + " CPUs; today's loses " + cpus(certificate.modelCost())
                        + how(certificate)
                        + (suggestion.today().isModelClose()
                                ? ""
                                : "; with queues, which this model leaves out, today's loses "
                                        + cpus(suggestion.today().nanosPerSecond()))));
        picked.candidate().map(Candidate::certificate).ifPresent(own -> {
            boolean isClose = picked.candidate().orElseThrow().figures().isModelClose();
            String gap = own.isProved()
                    ? "gap 0: " + (isClose ? "optimal for the model" : "the best without queues")
                    : "gap " + percent(own.gap()) + ": no layout costs less than " + cpus(own.lowerBound());
            facts.add(new Fact(
                    "",
                    "candidate " + picked.picked() + ": " + cpus(own.modelCost()) + " CPUs, " + gap + "; given: "
                            + own.conditions() + how(own)));
        });
        blocks.add(new Facts(facts));
    }

    private static String how(Certificate certificate) {
        return certificate.how().isEmpty() ? "" : " (" + certificate.how() + ")";
    }

    private void detail(Candidate candidate) {
        blocks.add(new Heading("Candidate " + picked.picked() + ", " + picked.why()));
        if (hasRates) {
            gains(candidate).forEach(gain -> blocks.add(new Paragraph(Tone.GOOD, gain)));
        }
        picked.asks().forEach(ask -> blocks.add(Paragraph.of(ask)));
        boolean isClass = today.layout().kind() == AggregateKind.CLASS;
        blocks.add(Paragraph.of("the same command with --emit "
                + (isClass ? "java or layout" : "c, java, layout or diff --against FILE")
                + " prints its declaration"
                + candidate
                        .analysis()
                        .subject()
                        .form()
                        .map(form -> "; java is the form of the source, " + form.title())
                        .orElse("")));
        blocks.add(new LineMaps(List.of(
                StructLinesBuilder.of(suggestion.before(), name + " today"),
                StructLinesBuilder.of(candidate.analysis(), name + ", candidate " + picked.picked()))));
        if (!candidate.moves().isEmpty()) {
            blocks.add(moves(candidate.moves()));
        }
        if (!hasRates) {
            return;
        }
        lines("What each move contributes", contributions(candidate.contributions()));
        blocks.add(new Table(
                "What-if cases, in CPUs lost",
                List.of(Column.text("case"), Column.number("today"), Column.number("then"), Column.number("")),
                candidate.sensitivity().trials().stream()
                        .map(SuggestionDocument::row)
                        .toList()));
        blocks.add(Paragraph.of(words(candidate.sensitivity())));
    }

    private static Table moves(List<Move> moves) {
        List<Row> rows = new ArrayList<>();
        moves.stream()
                .limit(MOST_MOVES)
                .map(move -> Row.of(
                        move.from().equals(move.to()) ? move.from() : move.from() + ", now " + move.to(),
                        move.fromOffset() + " -> " + move.toOffset(),
                        move.changesLine() ? move.fromLine() + " -> " + move.toLine() : ""))
                .forEach(rows::add);
        if (moves.size() > MOST_MOVES) {
            rows.add(Row.of("and " + (moves.size() - MOST_MOVES) + " more", "", ""));
        }
        return new Table(
                "Moves, by offset", List.of(Column.text("member"), Column.number("byte"), Column.number("line")), rows);
    }

    private static List<String> contributions(List<Contribution> all) {
        List<String> lines = all.stream()
                .limit(MOST_CONTRIBUTIONS)
                .map(one -> String.join(" and ", one.fields()) + ", away from " + String.join(" and ", one.apartFrom())
                        + ": saves " + Saving.nanos(one.nanosPerOp()) + " per " + one.role() + ": " + one.operation())
                .collect(Collectors.toCollection(ArrayList::new));
        if (all.size() > MOST_CONTRIBUTIONS) {
            lines.add("and " + (all.size() - MOST_CONTRIBUTIONS) + " more that save less");
        }
        return lines;
    }

    private static Row row(SensitivityResult.Trial trial) {
        double change = trial.todayNanos() == 0 ? 0 : trial.candidateNanos() / trial.todayNanos() - 1;
        return Row.of(
                trial.holds() ? Tone.PLAIN : Tone.BAD,
                trial.caseName(),
                cpus(trial.todayNanos()),
                cpus(trial.candidateNanos()),
                Math.abs(change) < 5e-4 ? "the same" : percent(Math.abs(change)) + (change < 0 ? " less" : " more"));
    }

    private static String words(SensitivityResult sensitivity) {
        List<SensitivityResult.Trial> trials = sensitivity.trials();
        String worse = trials.stream()
                .filter(trial -> !trial.holds())
                .map(trial -> trial.caseName() + " (+" + cpus(trial.candidateNanos() - trial.todayNanos()) + " CPUs)")
                .collect(Collectors.joining(", "));
        long count = trials.stream().filter(trial -> !trial.holds()).count();
        SensitivityResult.Trial most = sensitivity.mostRegretted();
        return (count == 0
                        ? "no worse than today's in any of the " + trials.size() + " what-if cases"
                        : "worse than today's in " + count + " of " + trials.size() + " what-if cases: " + worse)
                + (most.regretNanos() <= 0
                        ? ""
                        : "; another layout is better by most in the case " + most.caseName() + ", by "
                                + cpus(most.regretNanos()) + " CPUs");
    }

    /** Warnings and errors, a line each, then a count of the notes. */
    private static List<String> findings(List<Finding> findings) {
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
        return lines.isEmpty() ? List.of("none") : lines;
    }

    private void lines(String caption, List<String> lines) {
        if (!lines.isEmpty()) {
            blocks.add(Table.ofLines(caption, lines));
        }
    }

    /** CPUs' worth of time: {@code "0.824"}. */
    private static String cpus(double nanosPerSecond) {
        double cpus = nanosPerSecond * 1e-9;
        String form = cpus >= 1000 ? "%,.0f" : cpus >= 100 ? "%.1f" : cpus >= 10 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, cpus == 0 || cpus >= 0.001 ? form : "%.1e", cpus);
    }

    /** {@return a share in percent: {@code "4.2 %"}} */
    static String percent(double share) {
        double percent = 100 * share;
        return String.format(Locale.ROOT, Math.abs(percent) < 9.95 ? "%.1f %%" : "%.0f %%", percent);
    }
}

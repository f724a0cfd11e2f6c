package dev.faultline.suggest.java;

import dev.faultline.analysis.Analysis;
import dev.faultline.analysis.Analyzer;
import dev.faultline.cost.Cost;
import dev.faultline.layout.FieldRef;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.ClassOutline;
import dev.faultline.source.jvm.VmMode;
import dev.faultline.suggest.Candidate;
import dev.faultline.suggest.Certificate;
import dev.faultline.suggest.Contribution;
import dev.faultline.suggest.Gain;
import dev.faultline.suggest.Move;
import dev.faultline.suggest.SensitivityResult;
import dev.faultline.suggest.Suggestion;
import dev.faultline.suggest.cost.RelaxedBound;
import dev.faultline.suggest.cost.SearchWorkload;
import dev.faultline.suggest.cost.SensitivityAnalysis;
import dev.faultline.suggest.packing.LowerBound;
import dev.faultline.suggest.packing.SearchEffort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes candidates of options: figures, gains, moves, contributions of the separations, and sensitivity. */
record ClassAppraisal(
        Analyzer analyzer,
        SearchEffort effort,
        Analysis before,
        ClassCostEvaluator evaluator,
        List<VmMode> modes,
        ClassOutline outline) {

    private static final String CONDITIONS = "own and inherited fields at any offset, any number of lines";

    ClassSuggestion suggest(List<ClassSuggester.Option> options) {
        Subject today = before.subject();
        LowerBound bound = new RelaxedBound(
                        evaluator.layoutCosts(),
                        today.placement(),
                        today.layout().byteAlignment(),
                        effort)
                .bound();
        List<SensitivityResult> sensitivity = sensitivity(options);
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < options.size(); i++) {
            Subject laidOut = options.get(i).laidOut().withProfile(today.profile());
            Analysis after = analyzer.analyze(laidOut, ClassCostEvaluator.moved(before.access(), laidOut.layout()));
            candidates.add(new Candidate(
                    after,
                    evaluator.figures(laidOut),
                    certificate(laidOut, bound),
                    false,
                    List.of(),
                    moves(laidOut),
                    gains(laidOut),
                    contributions(options.get(i)),
                    sensitivity.get(i)));
        }
        Suggestion suggestion =
                new Suggestion(before, evaluator.figures(today), certificate(today, bound), true, candidates);
        return new ClassSuggestion(
                suggestion, options.stream().map(ClassSuggester.Option::plan).toList());
    }

    private Certificate certificate(Subject subject, LowerBound bound) {
        double cost = evaluator.figures(subject).modelNanosPerSecond();
        return new Certificate(cost, Math.min(cost, bound.value()), bound.how(), CONDITIONS);
    }

    private List<Move> moves(Subject laidOut) {
        int lineBytes = evaluator.lineBytes();
        List<Move> moves = new ArrayList<>();
        for (ClassOutline.OwnField field : outline.fields()) {
            Optional<FieldRef> from = before.subject().layout().resolve(field.name());
            Optional<FieldRef> to = laidOut.layout().resolve(field.name());
            long fromByte = from.orElseThrow().bytes().start();
            long toByte = to.orElseThrow().bytes().start();
            if (fromByte != toByte) {
                moves.add(new Move(
                        field.name(), field.name(), fromByte, toByte, fromByte / lineBytes, toByte / lineBytes));
            }
        }
        moves.sort(Comparator.comparingLong(Move::fromOffset));
        return moves;
    }

    private List<Gain> gains(Subject laidOut) {
        return evaluator.layoutCosts().gains(evaluator.cost(before.subject()), evaluator.cost(laidOut)).stream()
                .sorted(Comparator.comparingDouble(gain -> -gain.cpusSaved()))
                .toList();
    }

    /** {@return for each group that is apart, what moving it back to the start would lose; largest first} */
    private List<Contribution> contributions(ClassSuggester.Option option) {
        List<Contribution> contributions = new ArrayList<>();
        if (evaluator.layoutCosts().workload().tasks().isEmpty()) {
            return contributions; // it only repairs what the source keeps apart
        }
        for (int i = 0; i < option.grouping().apart().size(); i++) {
            contributions.add(contribution(option, i));
        }
        contributions.sort(Comparator.comparingDouble((Contribution one) -> -one.cpusLost()));
        return contributions;
    }

    private Contribution contribution(ClassSuggester.Option option, int group) {
        ClassGroups without = option.grouping().without(group);
        ClassPlan plan =
                without.plan(outline, before.access().uses(), option.plan().padBytes());
        Cost back = evaluator.cost(outline.tiered(plan.tiers(), outline.mode()));
        Cost here = evaluator.cost(option.laidOut());
        List<String> fields = option.grouping().apart().get(group);
        List<String> start = evaluator.layoutCosts().workload().fields().stream()
                .map(FieldRef::path)
                .filter(path -> option.grouping().apart().stream().noneMatch(any -> any.contains(path)))
                .toList();
        return evaluator
                .layoutCosts()
                .contribution(
                        fields,
                        start,
                        i -> back.operations().get(i).totalNanos()
                                - here.operations().get(i).totalNanos());
    }

    /** {@return the sensitivity of each option: the usual what-if cases, and the other VMs} */
    private List<SensitivityResult> sensitivity(List<ClassSuggester.Option> options) {
        SensitivityAnalysis whatIf = new SensitivityAnalysis(
                SearchWorkload.of(before.access(), before.machine()),
                before.subject().placement());
        List<List<Double>> all = new ArrayList<>(List.of(costs(whatIf, before.subject())));
        options.forEach(option -> all.add(costs(whatIf, option.laidOut())));
        List<SensitivityResult> sensitivity = new ArrayList<>();
        for (int i = 0; i < options.size(); i++) {
            List<SensitivityResult.Trial> trials = new ArrayList<>(
                    whatIf.compare(all.get(0), all.get(i + 1), all).trials());
            for (VmMode mode : modes.subList(1, modes.size())) {
                trials.add(trial(options, options.get(i), mode));
            }
            sensitivity.add(new SensitivityResult(trials));
        }
        return sensitivity;
    }

    private List<Double> costs(SensitivityAnalysis whatIf, Subject subject) {
        return whatIf.costs(evaluator.fields(subject.layout()), subject.placement());
    }

    private SensitivityResult.Trial trial(
            List<ClassSuggester.Option> options, ClassSuggester.Option option, VmMode mode) {
        double today = evaluator.nanosPerSecond(outline.asIs(mode));
        double least =
                options.stream().mapToDouble(any -> nanosIn(any, mode)).min().orElse(today);
        return new SensitivityResult.Trial(mode.toString(), today, nanosIn(option, mode), Math.min(today, least));
    }

    private double nanosIn(ClassSuggester.Option option, VmMode mode) {
        return evaluator.nanosPerSecond(outline.tiered(option.plan().tiers(), mode));
    }
}

package dev.faultline.suggest.java;

import dev.faultline.analysis.Analysis;
import dev.faultline.analysis.Analyzer;
import dev.faultline.cost.Workload;
import dev.faultline.cost.closedform.CostModel;
import dev.faultline.input.InputException;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.ClassOutline;
import dev.faultline.source.jvm.VmMode;
import dev.faultline.suggest.Figures;
import dev.faultline.suggest.cost.LayoutCostEvaluator;
import dev.faultline.suggest.packing.SearchEffort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Finds chains of superclasses that keep fields of a Java class apart which different threads use. Immutable and safe for use by
 * several threads; the same question has the same answer.
 *
 * <p>It begins with every group of fields apart that is used alike and written by somebody, and gives up the separation that is
 * worth least, one after the other, by putting two groups together or one at the start, beside what is inherited; the best few
 * ways are pursued. Each is laid out by the model of the VM and costed over all placements. What another VM would spoil is not offered.
 */
public final class ClassSuggester {

    /** A separation that saves less than this part of today's cost is not worth its padding. */
    private static final double WORTH = 0.01;

    private static final int PAD_STEP = 8;

    /** Groupings with equally many groups that are pursued. */
    private static final int BEAM = 8;

    private final Analyzer analyzer;
    private final SearchEffort effort;

    /**
     * A suggester.
     *
     * @param analyzer what today's layout and every candidate are judged by
     * @param effort how long to look for the lower bound
     */
    public ClassSuggester(Analyzer analyzer, SearchEffort effort) {
        this.analyzer = Objects.requireNonNull(analyzer);
        this.effort = Objects.requireNonNull(effort);
    }

    /** A grouping that keeps what it promises, and its layout in the VM of the outline. */
    record Option(ClassGroups grouping, ClassPlan plan, Subject laidOut, double nanosPerSecond) {
        long byteSize() {
            return laidOut.layout().byteSize();
        }
    }

    /**
     * Looks for better layouts of a class.
     *
     * @param outline the class
     * @param today its layout in the VM of the outline, with the profile when there is one
     * @param others VMs for which it must not be worse either
     * @return what was found, cheapest first; no candidates when nothing is better
     * @throws InputException when its fields cannot be spread
     */
    public ClassSuggestion suggest(ClassOutline outline, Subject today, List<VmMode> others) {
        Optional<String> obstacle = outline.obstacle();
        if (obstacle.isPresent()) {
            throw new InputException(outline.name(), "", obstacle.get());
        }
        Analysis before = analyzer.analyze(today);
        Workload workload = Workload.of(before.access(), before.machine().cpus().value());
        ClassCostEvaluator evaluator =
                new ClassCostEvaluator(new LayoutCostEvaluator(workload, new CostModel(before.machine())));
        Set<VmMode> modes = new LinkedHashSet<>(List.of(outline.mode()));
        modes.addAll(others);
        List<Option> found = new Search(outline, before, evaluator, List.copyOf(modes)).run();
        List<Option> options = worthwhile(found, evaluator.nanosPerSecond(today));
        return new ClassAppraisal(
                        analyzer, effort.among(workload.tasks().size()), before, evaluator, List.copyOf(modes), outline)
                .of(options);
    }

    /** Those that cost less than today and are worth their bytes, cheapest first. */
    private static List<Option> worthwhile(List<Option> found, double cost) {
        List<Option> bySize = found.stream()
                .sorted(Comparator.comparingLong(Option::byteSize).thenComparingDouble(Option::nanosPerSecond))
                .toList();
        List<Option> kept = new ArrayList<>();
        double least = cost;
        for (Option option : bySize) {
            if (option.nanosPerSecond() < least - WORTH * cost) {
                kept.add(0, option);
                least = option.nanosPerSecond();
            }
        }
        return kept;
    }

    /** The groupings of one class, from the finest on. */
    private record Search(ClassOutline outline, Analysis before, ClassCostEvaluator evaluator, List<VmMode> modes) {

        List<Option> run() {
            List<Option> found = new ArrayList<>();
            List<ClassGroups> beam =
                    List.of(ClassGroups.finest(outline, before.access().uses()));
            while (!beam.isEmpty()) {
                List<Option> best = beam.stream()
                        .distinct()
                        .filter(grouping -> !grouping.apart().isEmpty())
                        .flatMap(grouping -> option(grouping).stream())
                        .sorted(Comparator.comparingDouble(Option::nanosPerSecond))
                        .limit(BEAM)
                        .toList();
                best.stream().filter(this::isNowhereWorse).findFirst().ifPresent(found::add);
                beam = best.stream()
                        .flatMap(option -> option.grouping().coarser().stream())
                        .toList();
            }
            return found;
        }

        /** With as little padding as keeps the groups apart in every VM; nothing when none does. */
        private Optional<Option> option(ClassGroups grouping) {
            int lineBytes = evaluator.lineBytes();
            for (int pad = lineBytes; pad <= 2 * lineBytes; pad += PAD_STEP) {
                ClassPlan plan = grouping.plan(outline, before.access().uses(), pad);
                boolean holds = modes.stream()
                        .allMatch(mode -> IsolationCheck.holds(plan, outline.tiered(plan.tiers(), mode), lineBytes));
                if (holds) {
                    Subject laidOut = outline.tiered(plan.tiers(), outline.mode());
                    return Optional.of(new Option(grouping, plan, laidOut, evaluator.nanosPerSecond(laidOut)));
                }
            }
            return Optional.empty();
        }

        private boolean isNowhereWorse(Option option) {
            return modes.stream()
                    .allMatch(mode -> Figures.noMore(
                            evaluator.nanosPerSecond(outline.tiered(option.plan().tiers(), mode)),
                            evaluator.nanosPerSecond(outline.asIs(mode))));
        }
    }
}

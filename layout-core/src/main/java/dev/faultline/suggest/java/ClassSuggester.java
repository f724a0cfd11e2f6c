package dev.faultline.suggest.java;

import dev.faultline.analysis.Analysis;
import dev.faultline.analysis.Analyzer;
import dev.faultline.cost.Workload;
import dev.faultline.input.InputException;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.ClassOutline;
import dev.faultline.source.jvm.VmMode;
import dev.faultline.suggest.Figures;
import dev.faultline.suggest.cost.LayoutCostEvaluator;
import dev.faultline.suggest.cost.SearchWorkload;
import dev.faultline.suggest.packing.SearchEffort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Finds chains of superclasses that separate the fields of a Java class which different threads use. Immutable and
 * safe for use by several threads; the same input gives the same result.
 *
 * <p>The search starts with every group of equally used and written fields apart. Step by step it gives up one
 * separation, by merging two groups or moving one to the start beside the inherited fields, and keeps the best few
 * groupings. Each is laid out by the model of the VM and costed over all placements. An option that is worse in one
 * of the other VMs is dropped.
 */
public final class ClassSuggester {

    /** A saving below this share of the cost of today does not justify more padding. */
    private static final double LEAST_SAVING = 0.01;

    /** Step of the padding size, in bytes. */
    private static final int PAD_STEP = 8;

    /** Number of groupings kept in each step. */
    private static final int BEAM = 8;

    private final Analyzer analyzer;
    private final SearchEffort effort;

    /**
     * Creates a suggester.
     *
     * @param analyzer analyzer for today's layout and every candidate
     * @param effort effort for the lower bound
     */
    public ClassSuggester(Analyzer analyzer, SearchEffort effort) {
        this.analyzer = Objects.requireNonNull(analyzer);
        this.effort = Objects.requireNonNull(effort);
    }

    /** A grouping whose groups do not share lines in any VM, and its layout in the VM of the outline. */
    record Option(ClassGroups grouping, ClassPlan plan, Subject laidOut, double nanosPerSecond) {
        long byteSize() {
            return laidOut.layout().byteSize();
        }
    }

    /**
     * Searches for better layouts of a class.
     *
     * @param outline the class
     * @param today its layout in the VM of the outline, with the profile if there is one
     * @param others other VMs in which a candidate must not be worse either
     * @return the candidates, cheapest first; none when nothing better was found
     * @throws InputException when its fields cannot be moved to superclasses
     */
    public ClassSuggestion suggest(ClassOutline outline, Subject today, List<VmMode> others) {
        Optional<String> obstacle = outline.obstacle();
        if (obstacle.isPresent()) {
            throw new InputException(outline.name(), "", obstacle.get());
        }
        Analysis before = analyzer.analyze(today);
        SearchWorkload search = SearchWorkload.of(before.access(), before.machine());
        Workload workload = search.workload();
        ClassCostEvaluator evaluator = new ClassCostEvaluator(new LayoutCostEvaluator(workload, search.model()));
        Set<VmMode> modes = new LinkedHashSet<>(List.of(outline.mode()));
        modes.addAll(others);
        ToDoubleFunction<Subject> cost =
                before.access().isPriced() ? evaluator::nanosPerSecond : subject -> findings(before, subject);
        List<Option> found = new Search(outline, before, evaluator.lineBytes(), cost, List.copyOf(modes)).run();
        List<Option> options = worthwhile(found, cost.applyAsDouble(today), guardsHold(outline, today, evaluator));
        return new ClassAppraisal(
                        analyzer, effort.among(workload.tasks().size()), before, evaluator, List.copyOf(modes), outline)
                .suggest(options);
    }

    /** {@return the number of findings of a layout: without rates, what is left to tell is all that can be compared} */
    private double findings(Analysis before, Subject laidOut) {
        return analyzer.analyze(laidOut, ClassCostEvaluator.moved(before.access(), laidOut.layout()))
                .findings()
                .size();
    }

    /** {@return whether today's layout keeps apart what the source keeps apart} */
    private static boolean guardsHold(ClassOutline outline, Subject today, ClassCostEvaluator evaluator) {
        ClassPlan plan = ClassGroups.ofSource(outline).plan(outline, List.of(), 0);
        return IsolationCheck.holds(plan, today, evaluator.lineBytes());
    }

    /**
     * {@return the options that cost less than today and justify their size, cheapest first; the smallest in any case
     * when today's layout does not keep apart what the source keeps apart}
     */
    private static List<Option> worthwhile(List<Option> found, double cost, boolean guardsHold) {
        List<Option> bySize = found.stream()
                .sorted(Comparator.comparingLong(Option::byteSize).thenComparingDouble(Option::nanosPerSecond))
                .toList();
        List<Option> kept = new ArrayList<>();
        double least = cost;
        for (Option option : bySize) {
            boolean repairs = !guardsHold && kept.isEmpty();
            if (repairs || option.nanosPerSecond() < least - LEAST_SAVING * cost) {
                kept.add(0, option);
                least = option.nanosPerSecond();
            }
        }
        return kept;
    }

    /** The beam search over the groupings of one class. */
    private record Search(
            ClassOutline outline, Analysis before, int lineBytes, ToDoubleFunction<Subject> cost, List<VmMode> modes) {

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

        /**
         * {@return the option with the least padding that separates the groups in every VM; empty when no padding
         * does}
         */
        private Optional<Option> option(ClassGroups grouping) {
            for (int pad = lineBytes; pad <= 2 * lineBytes; pad += PAD_STEP) {
                ClassPlan plan = grouping.plan(outline, before.access().uses(), pad);
                boolean holds = modes.stream()
                        .allMatch(mode -> IsolationCheck.holds(plan, outline.tiered(plan.tiers(), mode), lineBytes));
                if (holds) {
                    Subject laidOut = outline.tiered(plan.tiers(), outline.mode());
                    return Optional.of(new Option(grouping, plan, laidOut, cost.applyAsDouble(laidOut)));
                }
            }
            return Optional.empty();
        }

        private boolean isNowhereWorse(Option option) {
            return modes.stream()
                    .allMatch(mode -> Figures.isAtMost(
                            cost.applyAsDouble(outline.tiered(option.plan().tiers(), mode)),
                            cost.applyAsDouble(outline.asIs(mode))));
        }
    }
}

package dev.faultline.reorder.jvm;

import dev.faultline.Analysis;
import dev.faultline.Analyzer;
import dev.faultline.input.InputException;
import dev.faultline.machine.Machine;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.ClassOutline;
import dev.faultline.source.jvm.VmMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds chains of superclasses that keep fields of a Java class apart which different threads use. Immutable and safe for use by
 * several threads; the same question has the same answer.
 *
 * <p>It begins with every group of fields apart that is used alike and written by somebody, and gives up the separation that is
 * worth least, one after the other: by putting two groups together or one at the start, beside what is inherited. Each step is
 * laid out by the model of the VM and costed over all placements. What another VM would spoil is not offered.
 */
public final class ClassSuggester {

    /** A separation that saves less than this part of today's cost is not worth its padding. */
    private static final double WORTH = 0.01;

    private static final int PAD_STEP = 8;

    private final Analyzer analyzer;

    /**
     * A suggester.
     *
     * @param analyzer what today's layout and every candidate are judged by
     */
    public ClassSuggester(Analyzer analyzer) {
        this.analyzer = Objects.requireNonNull(analyzer);
    }

    /** A grouping that keeps what it promises. */
    record Option(Grouping grouping, ClassPlan plan, Subject laidOut, double nanos) {
        long byteSize() {
            return laidOut.layout().byteSize();
        }
    }

    /**
     * Looks for better layouts of a class.
     *
     * @param outline the class
     * @param today its layout in the VM of the outline, with the profile when there is one
     * @param others VMs for which it must be better too
     * @return what was found, cheapest first; no candidates when nothing is better
     * @throws InputException when its fields cannot be spread
     */
    public ClassSuggestion suggest(ClassOutline outline, Subject today, List<VmMode> others) {
        Optional<String> obstacle = outline.obstacle();
        if (obstacle.isPresent()) {
            throw new InputException(outline.name(), "", obstacle.get());
        }
        Analysis before = analyzer.analyze(today);
        World world = new World(before.access(), before.machine());
        List<VmMode> modes = new ArrayList<>(List.of(outline.mode()));
        others.stream().filter(mode -> !modes.contains(mode)).forEach(modes::add);
        Search search = new Search(outline, world, modes);
        double cost = world.nanosPerSecond(today);
        List<Option> options = worthwhile(search.run(), today, cost);
        List<Analysis> after = options.stream()
                .map(option -> analyzer.analyze(
                        option.laidOut().withProfile(today.profile()),
                        world.accessOf(option.laidOut().layout())))
                .toList();
        return new Appraisal(world, before, modes, outline).suggestion(options, after);
    }

    /** Those that cost less than today in every VM and are worth their bytes, cheapest first. */
    private static List<Option> worthwhile(List<Option> found, Subject today, double cost) {
        List<Option> bySize = found.stream()
                .sorted(Comparator.comparingLong(Option::byteSize).thenComparingDouble(Option::nanos))
                .toList();
        List<Option> kept = new ArrayList<>();
        double least = cost;
        for (Option option : bySize) {
            if (option.nanos() < least - WORTH * cost) {
                kept.add(0, option);
                least = option.nanos();
            }
        }
        return kept;
    }

    /** The groupings of one class, from the finest on. */
    private static final class Search {
        private final ClassOutline outline;
        private final World world;
        private final List<VmMode> modes;

        Search(ClassOutline outline, World world, List<VmMode> modes) {
            this.outline = outline;
            this.world = world;
            this.modes = modes;
        }

        List<Option> run() {
            List<Option> found = new ArrayList<>();
            Grouping grouping = Grouping.finest(outline, world.access().uses());
            while (!grouping.apart().isEmpty()) {
                option(grouping).filter(this::betterEverywhere).ifPresent(found::add);
                Optional<Option> next = Optional.empty();
                for (Grouping coarser : grouping.coarser()) {
                    Optional<Option> one = option(coarser);
                    if (one.isPresent()
                            && (next.isEmpty() || one.get().nanos() < next.get().nanos())) {
                        next = one;
                    }
                }
                grouping = next.map(Option::grouping).orElse(new Grouping(List.of()));
            }
            return found;
        }

        /** With as little padding as keeps the groups apart in every VM; nothing when none does. */
        private Optional<Option> option(Grouping grouping) {
            int lineBytes = world.lineBytes();
            for (int pad = lineBytes; pad <= 2 * lineBytes; pad += PAD_STEP) {
                ClassPlan plan = grouping.plan(outline, world.access().uses(), pad);
                boolean holds = modes.stream()
                        .allMatch(mode -> Isolation.holds(plan, outline.tiered(plan.tiers(), mode), lineBytes));
                if (holds) {
                    Subject laidOut = outline.tiered(plan.tiers(), outline.mode());
                    return Optional.of(new Option(grouping, plan, laidOut, world.nanosPerSecond(laidOut)));
                }
            }
            return Optional.empty();
        }

        private boolean betterEverywhere(Option option) {
            return modes.stream()
                    .allMatch(mode ->
                            world.nanosPerSecond(outline.tiered(option.plan().tiers(), mode))
                                    <= world.nanosPerSecond(outline.asIs(mode)));
        }
    }

    static Machine times(Machine machine, double factor) {
        int cpus = (int) Math.max(1, Math.round(machine.cpus().value() * factor));
        return machine.withCpus(cpus, "for comparison");
    }
}

package dev.faultline.suggest.struct;

import dev.faultline.suggest.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which layouts are offered: none that is worse than today's without being smaller, none that another makes pointless. */
final class ParetoFilter {

    /** A list that a person reads. */
    private static final int MOST = 4;
    /** For less than this part of the cost nobody makes a struct larger, or moves it to other lines. */
    static final double NEGLIGIBLE = 1e-3;

    private static final Comparator<LayoutProposal> CHEAPEST_FIRST = Comparator.comparingDouble(
                    (LayoutProposal proposal) -> proposal.figures().nanosPerSecond())
            .thenComparingLong(proposal -> proposal.figures().byteSize())
            .thenComparing(LayoutProposal::needsLineAlignment)
            .thenComparingInt(proposal -> proposal.rebuilt().changed().size())
            .thenComparingInt(proposal -> proposal.rebuilt().moves().size());

    private ParetoFilter() {}

    /**
     * Chooses.
     *
     * @param proposals all there is
     * @param today what today's layout is measured by; empty when today's breaks the constraints, so that anything is better
     * @return at most four, cheapest first
     */
    static List<LayoutProposal> choose(List<LayoutProposal> proposals, Optional<Figures> today) {
        List<LayoutProposal> sorted = new ArrayList<>(proposals);
        sorted.removeIf(proposal -> today.isPresent() && !isWorthIt(proposal, today.get()));
        sorted.sort(CHEAPEST_FIRST);
        List<LayoutProposal> front = new ArrayList<>();
        for (LayoutProposal proposal : sorted) {
            if (front.stream().noneMatch(other -> other.makesPointless(proposal, 0))) {
                front.removeIf(other -> proposal.makesPointless(other, NEGLIGIBLE));
                front.add(proposal);
            }
        }
        return few(front, today);
    }

    /**
     * Cheaper, and by more than nothing where it asks for something; or smaller, and dearer by no larger a part than it is smaller:
     * bytes that keep threads apart are not to be saved.
     */
    private static boolean isWorthIt(LayoutProposal proposal, Figures today) {
        Figures figures = proposal.figures();
        boolean asks =
                figures.byteSize() > today.byteSize() || figures.lines() > today.lines() || proposal.needsLineAlignment();
        if (asks) {
            return figures.costsNoMoreThan(today)
                    && figures.nanosPerSecond() < today.nanosPerSecond() * (1 - NEGLIGIBLE);
        }
        return figures.costsLessThan(today)
                || figures.byteSize() < today.byteSize() && isFairTrade(figures, today)
                || figures.costsNoMoreThan(today) && figures.lines() < today.lines();
    }

    private static boolean isFairTrade(Figures figures, Figures today) {
        double smaller = (double) today.byteSize() / figures.byteSize();
        return Figures.noMore(figures.nanosPerSecond(), today.nanosPerSecond() * smaller)
                && Figures.noMore(figures.modelNanosPerSecond(), today.modelNanosPerSecond() * smaller);
    }

    /** The cheapest, the cheapest of those that are no larger than today, the smallest; then what is cheapest. */
    private static List<LayoutProposal> few(List<LayoutProposal> front, Optional<Figures> today) {
        if (front.size() <= MOST) {
            return front;
        }
        List<LayoutProposal> chosen = new ArrayList<>(List.of(front.get(0)));
        long size = today.map(Figures::byteSize).orElse(Long.MAX_VALUE);
        front.stream()
                .filter(proposal -> proposal.figures().byteSize() <= size && !proposal.needsLineAlignment())
                .findFirst()
                .ifPresent(chosen::add);
        front.stream()
                .min(Comparator.comparingLong(proposal -> proposal.figures().byteSize()))
                .ifPresent(chosen::add);
        front.stream().filter(proposal -> !proposal.needsLineAlignment()).findFirst().ifPresent(chosen::add);
        List<LayoutProposal> few = new ArrayList<>();
        for (LayoutProposal proposal : front) {
            if (chosen.contains(proposal)) {
                few.add(proposal);
            }
        }
        for (LayoutProposal proposal : front) {
            if (few.size() < MOST && !few.contains(proposal)) {
                few.add(proposal);
            }
        }
        few.sort(CHEAPEST_FIRST);
        return few;
    }
}

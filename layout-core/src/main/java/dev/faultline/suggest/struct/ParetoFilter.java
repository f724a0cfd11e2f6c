package dev.faultline.suggest.struct;

import dev.faultline.suggest.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** Selects proposals: none that costs more than today without being smaller, none that another dominates. */
final class ParetoFilter {

    /** Number of proposals that are kept. */
    private static final int MOST = 4;
    /** A saving below this share of the cost does not justify a larger struct or more lines. */
    static final double NEGLIGIBLE = 1e-3;
    /** A saving below this share of the cost does not justify moving members within the same bytes and lines. */
    private static final double WORTH_MOVING = 5e-3;

    private static final Comparator<LayoutProposal> CHEAPEST_FIRST = Comparator.comparingDouble(
                    (LayoutProposal proposal) -> proposal.figures().nanosPerSecond())
            .thenComparingLong(proposal -> proposal.figures().byteSize())
            .thenComparing(LayoutProposal::needsLineAlignment)
            .thenComparingInt(proposal -> proposal.rebuilt().changed().size())
            .thenComparingInt(proposal -> proposal.rebuilt().moves().size());

    private ParetoFilter() {}

    /**
     * Selects the proposals worth showing.
     *
     * @param proposals all proposals
     * @param today figures of today's layout; empty when it violates the constraints, so that any proposal is better
     * @return at most four proposals, cheapest first
     */
    static List<LayoutProposal> choose(List<LayoutProposal> proposals, Optional<Figures> today) {
        List<LayoutProposal> sorted = new ArrayList<>(proposals);
        sorted.removeIf(proposal -> today.isPresent() && !isWorthIt(proposal, today.get()));
        sorted.sort(CHEAPEST_FIRST);
        List<LayoutProposal> front = new ArrayList<>();
        for (LayoutProposal proposal : sorted) {
            if (front.stream().noneMatch(other -> other.dominates(proposal, 0))) {
                front.removeIf(other -> proposal.dominates(other, NEGLIGIBLE));
                front.add(proposal);
            }
        }
        return limit(front, today);
    }

    /**
     * Selects the proposals with the fewest findings, by size.
     *
     * @param proposals all proposals
     * @param findings how many findings a proposal has
     * @param today how many findings today's layout has
     * @return the smallest that needs no alignment to a line, then the smallest of all where that is smaller; empty
     * when
     *     none has fewer findings than today's layout
     */
    static List<LayoutProposal> fewest(
            List<LayoutProposal> proposals, ToIntFunction<LayoutProposal> findings, int today) {
        Map<LayoutProposal, Integer> counts = new IdentityHashMap<>();
        proposals.forEach(proposal -> counts.put(proposal, findings.applyAsInt(proposal)));
        int least = counts.values().stream().mapToInt(count -> count).min().orElse(today);
        if (least >= today) {
            return List.of();
        }
        List<LayoutProposal> fewest = new ArrayList<>(proposals);
        fewest.removeIf(proposal -> counts.get(proposal) > least);
        fewest.sort(Comparator.comparing(LayoutProposal::needsLineAlignment)
                .thenComparingLong(proposal -> proposal.figures().byteSize()));
        List<LayoutProposal> chosen = new ArrayList<>();
        for (LayoutProposal proposal : fewest) {
            boolean isSmaller = chosen.stream()
                    .allMatch(other ->
                            proposal.figures().byteSize() < other.figures().byteSize());
            if (isSmaller) {
                chosen.add(proposal);
            }
        }
        return chosen;
    }

    /**
     * {@return whether a proposal is worth showing: it costs less, and not negligibly so where it needs more bytes,
     * lines or alignment, or only moves members; or it is smaller, and its cost grows by no larger factor than its size
     * shrinks, since padding that keeps threads apart is worth its bytes}
     */
    private static boolean isWorthIt(LayoutProposal proposal, Figures today) {
        Figures figures = proposal.figures();
        boolean needsMore = figures.byteSize() > today.byteSize()
                || figures.lines() > today.lines()
                || proposal.needsLineAlignment();
        if (needsMore) {
            return figures.nanosPerSecond() < today.nanosPerSecond() * (1 - NEGLIGIBLE);
        }
        boolean takesLess = figures.byteSize() < today.byteSize() || figures.lines() < today.lines();
        return figures.costsLessThan(today)
                        && (takesLess || figures.nanosPerSecond() <= today.nanosPerSecond() * (1 - WORTH_MOVING))
                || figures.byteSize() < today.byteSize() && isFairTrade(figures, today)
                || figures.costsNoMoreThan(today) && figures.lines() < today.lines();
    }

    private static boolean isFairTrade(Figures figures, Figures today) {
        double smaller = (double) today.byteSize() / figures.byteSize();
        return Figures.isAtMost(figures.nanosPerSecond(), today.nanosPerSecond() * smaller);
    }

    /**
     * {@return at most four: the cheapest, the cheapest that is no larger than today, the smallest, then the next
     * cheapest}
     */
    private static List<LayoutProposal> limit(List<LayoutProposal> front, Optional<Figures> today) {
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
        front.stream()
                .filter(proposal -> !proposal.needsLineAlignment())
                .findFirst()
                .ifPresent(chosen::add);
        return Stream.concat(front.stream().filter(chosen::contains), front.stream())
                .distinct()
                .limit(MOST)
                .sorted(CHEAPEST_FIRST)
                .toList();
    }
}

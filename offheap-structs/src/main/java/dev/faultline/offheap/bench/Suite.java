package dev.faultline.offheap.bench;

import java.util.List;

/**
 * Things of one kind, and what is done with them.
 *
 * @param name what people type
 * @param summary what is compared, in a line
 * @param entries the contestants, the one all others are compared with first
 * @param shapes the scenarios
 */
public record Suite(String name, String summary, List<Entry> entries, List<Shape> shapes) {

    /** Copies the lists. */
    public Suite {
        entries = List.copyOf(entries);
        shapes = List.copyOf(shapes);
    }

    /** {@return the names of the contestants} */
    public List<String> contestants() {
        return entries.stream().map(Entry::name).toList();
    }

    /**
     * Names what is done.
     *
     * @param isThorough whether what takes long is meant, too
     * @return the names of the scenarios
     */
    public List<String> scenarios(boolean isThorough) {
        return shapes.stream()
                .filter(shape -> isThorough || shape.isBrief())
                .map(Shape::name)
                .toList();
    }

    /**
     * Finds what some contestants can do.
     *
     * @param contestants names of contestants
     * @param scenarios names of scenarios
     * @param threads how many are asked for
     * @return those of the scenarios in which at least one of them takes part
     */
    List<Shape> shapes(List<String> contestants, List<String> scenarios, int threads) {
        return shapes.stream()
                .filter(shape -> scenarios.contains(shape.name()))
                .filter(shape ->
                        shape.of(entries, threads).stream().map(Entry::name).anyMatch(contestants::contains))
                .toList();
    }

    /** {@return whether any of some contestants takes part in any of some scenarios, by name, with so many threads} */
    public boolean meet(List<String> contestants, List<String> scenarios, int threads) {
        return !shapes(contestants, scenarios, threads).isEmpty();
    }
}

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
}

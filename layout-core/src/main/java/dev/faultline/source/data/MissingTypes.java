package dev.faultline.source.data;

import dev.faultline.input.VisibleText;
import dev.faultline.source.Inventory;
import dev.faultline.source.Lookup;
import dev.faultline.source.SelectiveSource;
import java.util.List;
import java.util.function.Predicate;

/**
 * The types of a program that has no debug information.
 *
 * @param description the name of the program
 * @param reason one line that says what the program is and what to do, without its name
 */
public record MissingTypes(String description, String reason) implements SelectiveSource {

    @Override
    public List<Entry> entries() {
        return List.of();
    }

    @Override
    public Lookup find(String name) {
        return new Lookup.Missing(description + ": " + reason);
    }

    @Override
    public Inventory inventory(Predicate<Entry> wanted) {
        return new Inventory("structs", List.of(), List.of(), 0, List.of(VisibleText.of(description + ": " + reason)));
    }
}

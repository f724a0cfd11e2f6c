package dev.faultline.source.detect;

import dev.faultline.source.Inventory;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.SelectiveSource;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A source of which one struct was read; all others are read when another one, or all, are asked for. */
final class FoundAlone implements SelectiveSource {

    private final String description;
    private final String name;
    private final Lookup.Found found;
    private final List<String> notes;
    private final Supplier<LayoutSource> open;
    private LayoutSource whole;

    /**
     * @param description the name of the source for users
     * @param name the name of the struct, as it was looked for
     * @param found the struct
     * @param notes what users should know about the source
     * @param open opens the whole source; called once at most
     */
    FoundAlone(String description, String name, Lookup.Found found, List<String> notes, Supplier<LayoutSource> open) {
        this.description = description;
        this.name = name;
        this.found = found;
        this.notes = notes;
        this.open = open;
    }

    private LayoutSource whole() {
        if (whole == null) {
            whole = open.get();
        }
        return whole;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public List<Entry> entries() {
        return whole().entries();
    }

    @Override
    public Lookup find(String wanted) {
        return wanted.equals(name) ? found : whole().find(wanted);
    }

    @Override
    public Inventory inventory(Predicate<Entry> wanted) {
        return whole().inventory(wanted);
    }

    @Override
    public Inventory missing(Predicate<Entry> wanted) {
        return whole().missing(wanted);
    }

    @Override
    public List<String> notes() {
        return whole == null ? notes : whole.notes();
    }
}

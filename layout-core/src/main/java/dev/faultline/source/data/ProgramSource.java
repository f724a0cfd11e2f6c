package dev.faultline.source.data;

import dev.faultline.source.Inventory;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.SelectiveSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** The types of a program and, behind them, its data. */
public final class ProgramSource implements SelectiveSource {

    private final LayoutSource types;
    private final ProgramData data;

    /**
     * @param types its types
     * @param data its global variables
     */
    public ProgramSource(LayoutSource types, ProgramData data) {
        this.types = Objects.requireNonNull(types);
        this.data = Objects.requireNonNull(data);
    }

    /** {@return the source of the types alone} */
    public LayoutSource types() {
        return types;
    }

    /** {@return its global variables} */
    public ProgramData data() {
        return data;
    }

    @Override
    public String description() {
        return types.description();
    }

    @Override
    public List<Entry> entries() {
        return joined(types.entries(), data.entries());
    }

    @Override
    public Lookup find(String name) {
        if (ProgramData.isSection(name)) {
            return data.find(name);
        }
        Lookup found = types.find(name);
        return found instanceof Lookup.Missing
                ? data.sectionOf(name.strip())
                        .<Lookup>map(section -> isVariable(name.strip(), section))
                        .orElse(found)
                : found;
    }

    private Lookup.Missing isVariable(String name, String section) {
        return new Lookup.Missing(description() + ": " + name
                + " is a variable, not a struct; its neighbours are in the section: " + description() + "#" + section);
    }

    @Override
    public Inventory inventory(Predicate<Entry> wanted) {
        return joined(types.inventory(wanted), data.inventory(wanted));
    }

    @Override
    public Inventory missing(Predicate<Entry> wanted) {
        return types.missing(wanted);
    }

    @Override
    public List<String> notes() {
        return joined(types.notes(), data.notes());
    }

    private static Inventory joined(Inventory ofTypes, Inventory ofData) {
        return new Inventory(
                ofTypes.noun(),
                joined(ofTypes.subjects(), ofData.subjects()),
                joined(ofTypes.leftOut(), ofData.leftOut()),
                ofTypes.withoutInstances(),
                joined(ofTypes.unread(), ofData.unread()));
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}

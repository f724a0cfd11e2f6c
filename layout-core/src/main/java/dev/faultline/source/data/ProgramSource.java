package dev.faultline.source.data;

import dev.faultline.source.Inventory;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** The types of a program and, behind them, its data. */
public final class ProgramSource implements LayoutSource {

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
        return ProgramData.isSection(name) ? data.find(name) : types.find(name);
    }

    @Override
    public List<Subject> all() {
        return joined(types.all(), data.inventory(any -> true).subjects());
    }

    @Override
    public Inventory inventory() {
        return joined(types.inventory(), data.inventory(any -> true));
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

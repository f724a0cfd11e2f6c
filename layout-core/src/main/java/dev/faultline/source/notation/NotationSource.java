package dev.faultline.source.notation;

import dev.faultline.input.InputException;
import dev.faultline.input.Nearest;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.layout.object.MemoryLayoutReader;
import dev.faultline.layout.object.ObjectTextReader;
import dev.faultline.machine.Placement;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The structs or objects of a text, which is read completely when the source is opened. */
public final class NotationSource implements LayoutSource {

    private final String description;
    private final List<StructLayout> layouts;
    private final boolean areObjects;
    private final Map<String, List<Subject>> byName = new HashMap<>();

    private NotationSource(String description, List<StructLayout> layouts, boolean areObjects) {
        this.areObjects = areObjects;
        this.description = description;
        this.layouts = layouts;
        for (StructLayout layout : layouts) {
            for (String name : List.of(layout.name(), layout.spelling())) {
                byName.computeIfAbsent(name, any -> new ArrayList<>(1)).add(subject(layout));
            }
        }
    }

    /**
     * Reads a text.
     *
     * @param description the name of the text in messages
     * @param text the text
     * @return the source
     * @throws InputException when it declares no struct or is inconsistent
     */
    public static NotationSource read(String description, String text) {
        List<StructLayout> objects = ObjectTextReader.read(description, text);
        if (!objects.isEmpty()) {
            return new NotationSource(description, objects, true);
        }
        List<StructLayout> memoryLayouts = MemoryLayoutReader.read(description, text);
        return new NotationSource(
                description, memoryLayouts.isEmpty() ? NotationReader.read(description, text) : memoryLayouts, false);
    }

    private Subject subject(StructLayout layout) {
        Subject subject = Subject.of(layout);
        return areObjects
                ? subject.withPlacement(new Placement(layout.byteAlignment(), "HotSpot object alignment"))
                : subject;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public List<Entry> entries() {
        return layouts.stream()
                .map(layout -> new Entry(layout.name(), "", layout.byteSize(), layout.spelling()))
                .toList();
    }

    @Override
    public Lookup find(String name) {
        List<Subject> found = byName.getOrDefault(name, List.of());
        if (!found.isEmpty()) {
            return new Lookup.Found(found);
        }
        List<String> names = layouts.stream().map(StructLayout::name).toList();
        return new Lookup.Missing(description + " declares no " + name + Nearest.hint(name, names));
    }

    @Override
    public List<Subject> all() {
        return layouts.stream().map(this::subject).toList();
    }
}

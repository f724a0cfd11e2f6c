package dev.faultline.source.notation;

import dev.faultline.input.InputException;
import dev.faultline.input.Nearest;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.dialect.TextDialect;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.layout.notation.TextLayouts;
import dev.faultline.layout.object.MemoryLayoutReader;
import dev.faultline.layout.object.ObjectTextReader;
import dev.faultline.layout.syntax.SkippedDeclaration;
import dev.faultline.machine.Placement;
import dev.faultline.source.Inventory;
import dev.faultline.source.Lookup;
import dev.faultline.source.SelectiveSource;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The structs or objects of a text, which is read completely when the source is opened. */
public final class NotationSource implements SelectiveSource {

    /** How many reasons a user reads; the first ones often cause the others. */
    private static final int MOST_REASONS = 3;

    private final String description;
    private final List<StructLayout> layouts;
    private final List<SkippedDeclaration> skipped;
    private final List<String> notes;
    private final boolean areObjects;
    private final Map<String, List<Subject>> byName = new HashMap<>();

    private NotationSource(String description, TextLayouts text, boolean areObjects) {
        this.areObjects = areObjects;
        this.description = description;
        this.layouts = text.layouts();
        this.skipped = text.skipped();
        this.notes = text.notes();
        for (StructLayout layout : layouts) {
            for (String name : List.of(layout.name(), layout.spelling())) {
                byName.computeIfAbsent(name, any -> new ArrayList<>(1)).add(subject(layout));
            }
        }
        text.otherNames().forEach((name, spelling) -> {
            if (byName.containsKey(spelling)) {
                byName.putIfAbsent(name, byName.get(spelling));
            }
        });
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
            return new NotationSource(description, TextLayouts.of(objects, List.of()), true);
        }
        for (TextDialect dialect : TextDialect.ALL) {
            Optional<TextLayouts> read = dialect.read(description, text);
            if (read.isPresent()) {
                return new NotationSource(description, read.get(), false);
            }
        }
        List<StructLayout> memoryLayouts = MemoryLayoutReader.read(description, text);
        if (!memoryLayouts.isEmpty()) {
            return new NotationSource(description, TextLayouts.of(memoryLayouts, List.of()), false);
        }
        return new NotationSource(description, NotationReader.readAll(description, text), false);
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
        return layouts.stream().map(NotationSource::entry).toList();
    }

    private static Entry entry(StructLayout layout) {
        return new Entry(layout.name(), "", layout.byteSize(), layout.spelling());
    }

    @Override
    public Lookup find(String name) {
        List<Subject> found = byName.getOrDefault(name, List.of());
        if (!found.isEmpty()) {
            return new Lookup.Found(found);
        }
        for (SkippedDeclaration one : skipped) {
            if (isNamed(one, name)) {
                return new Lookup.Missing(one.reason().getMessage());
            }
        }
        List<String> names = layouts.stream().map(StructLayout::name).toList();
        return new Lookup.Missing(description + " declares no " + name + Nearest.hint(name, names));
    }

    @Override
    public Inventory inventory(Predicate<Entry> wanted) {
        List<Subject> subjects = layouts.stream()
                .filter(layout -> wanted.test(entry(layout)))
                .map(this::subject)
                .toList();
        List<Inventory.LeftOut> leftOut = skipped.stream()
                .filter(one -> wanted.test(new Entry(tag(one), "", -1, one.name())))
                .map(one -> Inventory.LeftOut.damaged(one.name(), one.reason().getMessage()))
                .toList();
        List<String> reasons = leftOut.stream()
                .map(Inventory.LeftOut::reason)
                .distinct()
                .limit(MOST_REASONS)
                .toList();
        return new Inventory("structs", subjects, leftOut, 0, reasons);
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    private static boolean isNamed(SkippedDeclaration one, String name) {
        return one.name().equals(name) || tag(one).equals(name);
    }

    private static String tag(SkippedDeclaration one) {
        return one.name().substring(one.name().indexOf(' ') + 1);
    }
}

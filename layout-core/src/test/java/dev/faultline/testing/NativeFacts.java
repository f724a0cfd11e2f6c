package dev.faultline.testing;

import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Compares layouts that were read from texts with what a compiler says of the same types. */
public final class NativeFacts {

    private final NativeTypes types;
    private final Map<String, List<StructLayout>> texts;

    /**
     * Compares layouts.
     *
     * @param types the types
     * @param texts the layouts read from each text, by what printed it
     */
    public NativeFacts(NativeTypes types, Map<String, List<StructLayout>> texts) {
        this.types = types;
        this.texts = texts;
    }

    /** {@return the differences, a line each} */
    public List<String> differences(NativeCompiler compiler) throws IOException, InterruptedException {
        Set<String> bitNames = new HashSet<>(); // a type may be embedded in another one
        types.types().forEach(type -> type.bits().forEach(path -> bitNames.add(lastName(path))));
        Map<String, Set<NativeQuestion>> questions = new HashMap<>();
        for (NativeTypes.Type type : types.types()) {
            Set<String> paths = new TreeSet<>(type.fields());
            paths.addAll(type.inherited());
            Set<String> bits = new HashSet<>(type.bits());
            for (List<StructLayout> layouts : texts.values()) {
                find(layouts, type).ifPresent(layout -> {
                    for (Slot.Field field : own(layout)) {
                        paths.add(field.path());
                        if (field.bits().isPresent() || bitNames.contains(lastName(field.path()))) {
                            bits.add(field.path());
                        }
                    }
                });
            }
            Set<NativeQuestion> asked = questions.computeIfAbsent(type.name(), any -> new LinkedHashSet<>());
            paths.forEach(path -> asked.add(NativeQuestion.of(path, bits.contains(path))));
        }
        Map<String, Map<String, String>> facts = compiler.facts(questions);
        List<String> differences = new ArrayList<>();
        texts.forEach((text, layouts) -> {
            for (NativeTypes.Type type : types.types()) {
                Optional<StructLayout> layout = find(layouts, type);
                if (layout.isPresent()) {
                    compare(text + ": " + type.name(), type, layout.get(), facts.get(type.name()), differences);
                } else if (!(text.startsWith("pahole")
                        && type.spelling().contains("space::"))) { // prints none of a namespace
                    differences.add(text + ": " + type.name() + " was not read");
                }
            }
        });
        return differences;
    }

    private static void compare(
            String label,
            NativeTypes.Type type,
            StructLayout layout,
            Map<String, String> facts,
            List<String> differences) {
        List<String> found = new ArrayList<>();
        expect(found, "size", String.valueOf(layout.byteSize()), facts.get(""));
        for (String path : type.fields()) {
            if (layout.resolve(path).isEmpty()) {
                found.add(path + " is missing");
            }
        }
        for (Slot.Field field : own(layout)) {
            String theirs = facts.get(field.path());
            boolean isWhole = field.bits().isEmpty() && theirs.contains("..");
            expect(
                    found,
                    field.path(),
                    isWhole ? whole(field, theirs, facts) : place(FieldRef.of(field), field.byteOffset()),
                    theirs);
        }
        for (Slot slot : layout.slots()) {
            boolean isOwn = slot instanceof Slot.Hole hole && hole.owner().isEmpty()
                    || slot instanceof Slot.Padding padding && padding.owner().isEmpty();
            if (isOwn) {
                if (type.isPolymorphic() && slot.bytes().start() < 8) {
                    found.add(slot + " is the pointer to a table");
                }
                for (String path : type.inherited()) {
                    String[] place = facts.get(path).split(" ");
                    ByteRange bytes = ByteRange.ofSize(Long.parseLong(place[0]), Math.max(1, Long.parseLong(place[1])));
                    if (slot.bits().isEmpty() && slot.bytes().overlaps(bytes)) {
                        found.add(slot + " is where " + path + " of a base class stands");
                    }
                }
            }
        }
        found.forEach(one -> differences.add(label + ": " + one));
    }

    /**
     * {@return the bits of a bit-field as wide as its type, of which clang states the first byte only; behind bits
     * without a name, which it does not describe, no reader can know in which bit of that byte it starts}
     */
    private static String whole(Slot.Field field, String theirs, Map<String, String> facts) {
        long first = Long.parseLong(theirs.substring(0, theirs.indexOf("..")));
        boolean isBehindOther = facts.values().stream().anyMatch(bits -> bits.endsWith(".." + (first - 1)));
        long start = field.byteOffset() * 8;
        long bit = isBehindOther || first / 8 * 8 != start ? 0 : first - start;
        return start + bit + ".." + (field.bytes().end() * 8 - 1 + bit);
    }

    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static void expect(List<String> found, String what, String ours, String theirs) {
        if (!ours.equals(theirs)) {
            found.add(what + ": read " + ours + ", the compiler says " + theirs);
        }
    }

    private static String place(FieldRef field, long unitOffset) {
        if (field.bits().isEmpty()) {
            return field.bytes().start() + " " + field.type().byteSize();
        }
        long first = unitOffset * 8 + field.bits().get().bitOffset();
        return first + ".." + (first + field.bits().get().bitSize() - 1);
    }

    /** {@return the fields that a type declares itself} */
    private static List<Slot.Field> own(StructLayout layout) {
        Set<String> pinned = new HashSet<>();
        pinned(layout, "", pinned);
        return layout.fields().stream()
                .filter(field -> pinned.stream()
                        .noneMatch(name ->
                                field.path().equals(name) || field.path().startsWith(name + ".")))
                .toList();
    }

    private static void pinned(StructLayout layout, String prefix, Set<String> paths) {
        for (Member member : layout.members()) {
            String path = prefix + member.name();
            if (member.role().isPinned()) {
                paths.add(path);
            } else if (member.type() instanceof FieldType.Aggregate inner) {
                pinned(inner.layout(), member.isAnonymous() ? prefix : path + ".", paths);
            }
        }
    }

    private static Optional<StructLayout> find(List<StructLayout> layouts, NativeTypes.Type type) {
        return layouts.stream()
                .filter(layout -> name(layout.name()).equals(type.name()))
                .findFirst();
    }

    private static String name(String name) {
        int scope = name.split("<", 2)[0].lastIndexOf("::");
        return name.substring(scope < 0 ? 0 : scope + 2);
    }
}

package dev.faultline.testing;

import dev.faultline.layout.ByteRange;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares every member of layouts, those of base classes and of embedded structs included, with what a compiler says
 * of
 * the same types, and their names with those in a text of another tool.
 *
 * @param types the types; the name of each is the one that its layouts must have
 * @param model layouts from another reader, which has every member; of a type that is missing here, members are not
 *     missed; names as in {@link #canonical}
 * @param notShown what debug information does not place, as {@code Type.member}: virtual base classes; their bytes must
 *     be ones that the layout calls not shown
 */
public record NativePlaces(NativeTypes types, Map<String, StructLayout> model, Set<String> notShown) {

    /**
     * {@return the differences of each list of layouts, by the label of the list; empty lists where there is none}
     *
     * @param read the layouts that were read, by a label
     * @param compiler the compiler that laid the types out
     */
    public Map<String, List<String>> differences(Map<String, List<StructLayout>> read, NativeCompiler compiler)
            throws IOException, InterruptedException {
        Map<String, Map<String, StructLayout>> found = new LinkedHashMap<>();
        Map<String, List<String>> differences = new LinkedHashMap<>();
        read.forEach((label, layouts) ->
                found.put(label, named(layouts, differences.computeIfAbsent(label, any -> new ArrayList<>()))));
        Map<String, Collection<NativeQuestion>> questions = new TreeMap<>();
        for (NativeTypes.Type type : types.types()) {
            Map<String, NativeQuestion> asked = new LinkedHashMap<>();
            boolean isModelled = model.containsKey(canonical(type.name()));
            if (isModelled) {
                NativeQuestion.of(model.get(canonical(type.name())))
                        .forEach(question -> asked.put(canonical(question.path()), question));
            }
            found.values().stream()
                    .filter(layouts -> layouts.containsKey(type.name()))
                    .flatMap(layouts -> NativeQuestion.of(layouts.get(type.name())).stream())
                    .filter(question -> !isModelled || question.kind() == NativeQuestion.Kind.OFFSET)
                    .forEach(question -> asked.putIfAbsent(canonical(question.path()), question));
            questions.put(type.name(), asked.values());
        }
        Map<String, Map<String, String>> facts = compiler.facts(questions);
        found.forEach((label, layouts) -> {
            for (NativeTypes.Type type : types.types()) {
                if (layouts.containsKey(type.name())) {
                    compare(layouts.get(type.name()), type, facts.get(type.name()), differences.get(label));
                }
            }
        });
        return differences;
    }

    /**
     * {@return a name without what differs between compilers: spaces, keywords, and how they write numbers and enums}
     */
    public static String canonical(String name) {
        return name.replaceAll("\\b(struct|class|union|enum) ", "")
                .replace("_vptr$", "_vptr.")
                .replace("(Shade)1", "Shade::LIGHT")
                .replace("(Plain)1", "PLAIN_B")
                .replaceAll("\\b(long|short) int\\b", "$1")
                .replaceAll("\\b(\\d+)[uU]?[lL]*\\b", "$1")
                .replace(" ", "");
    }

    private Map<String, StructLayout> named(List<StructLayout> layouts, List<String> differences) {
        Map<String, StructLayout> named = new TreeMap<>();
        for (NativeTypes.Type type : types.types()) {
            List<StructLayout> same = layouts.stream()
                    .filter(layout -> canonical(layout.name()).equals(canonical(type.name())))
                    .toList();
            if (same.size() == 1) {
                named.put(type.name(), same.get(0));
            } else {
                differences.add(type.name() + ": " + same.size() + " layouts instead of one");
            }
        }
        return named;
    }

    private void compare(
            StructLayout layout, NativeTypes.Type type, Map<String, String> facts, List<String> differences) {
        List<String> found = new ArrayList<>();
        expect(found, "the size", String.valueOf(layout.byteSize()), facts.get(""));
        long alignment = Long.parseLong(facts.get("alignment"));
        boolean isPacked = type.name().contains("packed"); // DWARF does not say which members may start anywhere
        if (layout.byteAlignment() > alignment && !isPacked) {
            found.add("the alignment: read " + layout.byteAlignment() + ", the compiler says " + alignment);
        }
        Map<String, NativeQuestion> ours = new TreeMap<>();
        for (NativeQuestion question : NativeQuestion.of(layout)) {
            if (ours.put(canonical(question.path()), question) != null) {
                found.add(question.path() + " is there twice");
            }
        }
        Map<String, String> answers = new TreeMap<>();
        facts.forEach((path, answer) -> answers.put(canonical(path), answer));
        Map<String, NativeQuestion> theirs = new TreeMap<>();
        if (model.containsKey(canonical(type.name()))) {
            NativeQuestion.of(model.get(canonical(type.name())))
                    .forEach(question -> theirs.put(canonical(question.path()), question));
            theirs.keySet().removeIf(path -> isNotShown(layout, type, path, answers.get(path)));
            compare(theirs, ours, found);
        }
        ours.forEach((path, question) -> {
            // what others use the tail of is smaller than its type; both readers say so
            boolean isShared =
                    theirs.containsKey(path) && theirs.get(path).answer().equals(question.answer());
            if (answers.containsKey(path) && !isShared) {
                boolean isOffset = question.kind() == NativeQuestion.Kind.OFFSET;
                String answer = answers.get(path);
                expect(found, path, question.answer(), isOffset ? answer.split(" ")[0] : answer);
            }
        });
        found.forEach(one -> differences.add(type.name() + ": " + one));
    }

    private boolean isNotShown(StructLayout layout, NativeTypes.Type type, String path, String answer) {
        if (!notShown.contains(type.name() + "." + path.replaceFirst("\\..*", ""))) {
            return false;
        }
        if (answer == null) {
            return true; // the compiler cannot tell without running
        }
        String[] place = answer.split(" ");
        ByteRange bytes = ByteRange.ofSize(Long.parseLong(place[0]), place.length < 2 ? 1 : Long.parseLong(place[1]));
        return layout.slots().stream()
                .filter(slot -> slot.bytes().overlaps(bytes))
                .allMatch(Slot.NotShown.class::isInstance);
    }

    /** Compares the names of members, and the places of references. */
    private static void compare(
            Map<String, NativeQuestion> theirs, Map<String, NativeQuestion> ours, List<String> found) {
        theirs.forEach((path, question) -> {
            if (!ours.containsKey(path)) {
                found.add(path + " is missing");
            } else if (question.kind() == NativeQuestion.Kind.REFERENCE) {
                expect(found, path, ours.get(path).answer(), question.answer());
            }
        });
        ours.forEach((path, question) -> {
            boolean isEmptyBase = question.kind() == NativeQuestion.Kind.OFFSET; // clang's text shows no empty base
            if (!theirs.containsKey(path) && !isEmptyBase) {
                found.add(path + " is read, but the model has none");
            }
        });
    }

    private static void expect(List<String> found, String what, String ours, String theirs) {
        if (!ours.equals(theirs)) {
            found.add(what + ": read " + ours + ", the compiler says " + theirs);
        }
    }
}

package dev.faultline.source.dwarf;

import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.Subject;
import dev.faultline.source.notation.NotationSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares what rustc prints of its types with what is read from its debug information. The two name types by different
 * paths, so only the last part of each path counts.
 *
 * @param compared the types that both have
 * @param differences of these, a line each
 */
record RustSizes(Set<String> compared, List<String> differences) {

    /** The compiler prints no discriminants of niches, and those of coroutines without place. */
    private static final Set<String> DISCRIMINANTS = Set.of("discriminant", "__state");

    static RustSizes of(String printed, Collection<List<StructLayout>> read) {
        Map<String, List<StructLayout>> byName = new HashMap<>();
        read.forEach(all -> all.forEach(layout -> byName.computeIfAbsent(name(layout.name()), any -> new ArrayList<>())
                .add(layout)));
        Set<String> compared = new TreeSet<>();
        List<String> differences = new ArrayList<>();
        for (Subject subject : NotationSource.read("rustc", printed).all()) {
            StructLayout theirs = subject.layout();
            String name = name(theirs.name());
            List<StructLayout> ours = byName.getOrDefault(name, List.of());
            if (!ours.isEmpty() && theirs.slots().stream().noneMatch(slot -> slot instanceof Slot.NotShown)) {
                compared.add(name);
                if (ours.stream().noneMatch(one -> facts(one).equals(facts(theirs)) || isWideBox(one, theirs))) {
                    differences.add(name + ": read " + facts(ours.get(0)) + ", rustc prints " + facts(theirs));
                }
            }
        }
        return new RustSizes(compared, differences);
    }

    /**
     * {@return whether it is a box with a length or a table: the debug information names these, rustc prints one field}
     */
    private static boolean isWideBox(StructLayout ours, StructLayout theirs) {
        return theirs.name().startsWith("std::boxed::Box<")
                && theirs.byteSize() == 16
                && ours.byteSize() == 16
                && ours.members().size() == 2;
    }

    private static String name(String name) {
        return name.replaceAll("'\\w+(, )?", "")
                .replace("<>", "")
                .replaceAll(", (\\w+::)*Global(?=[>,])", "")
                .replaceAll("(?:[\\w{}#]+::)+(?=[\\w{(&\\[*<])", "")
                .replace(" ", "");
    }

    private static Map<String, String> facts(StructLayout layout) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("", layout.byteSize() + " bytes aligned to " + layout.byteAlignment());
        fields(layout, "", 0, facts);
        return facts;
    }

    private static void fields(StructLayout layout, String prefix, long base, Map<String, String> facts) {
        for (Member member : layout.members()) {
            String path = prefix + member.name();
            long offset = base + member.byteOffset();
            if (member.type() instanceof FieldType.Aggregate inner && inner.isInline()) {
                fields(inner.layout(), member.isAnonymous() ? prefix : path + ".", offset, facts);
            } else if (member.type().byteSize() > 0 && !DISCRIMINANTS.contains(path)) {
                facts.put(path, offset + " " + member.type().byteSize());
            }
        }
    }
}

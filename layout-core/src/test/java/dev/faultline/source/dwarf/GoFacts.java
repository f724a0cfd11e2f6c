package dev.faultline.source.dwarf;

import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a Go program says of its structs: a line for each, and one for each field. */
final class GoFacts {

    private GoFacts() {}

    /**
     * {@return how layouts differ from what a program printed}
     *
     * @param printed name, field, offset and size separated by tabs; without field, the size and the alignment
     * @param read the layouts by name
     */
    static List<String> differences(String printed, Map<String, List<StructLayout>> read) {
        Map<String, List<String>> expected = new LinkedHashMap<>();
        for (String line : printed.split("\n")) {
            String[] words = line.split("\t", 2);
            List<String> facts = expected.computeIfAbsent(words[0], any -> new ArrayList<>());
            if (words[1].startsWith("\t")) {
                facts.clear(); // a struct that several others have is printed with each
            }
            facts.add(words[1]);
        }
        List<String> differences = new ArrayList<>();
        expected.forEach((name, facts) -> {
            List<StructLayout> ours = read.getOrDefault(name, List.of());
            if (ours.size() != 1 || !facts(ours.get(0)).equals(facts)) {
                differences.add(name + ": the program prints " + facts + ", read "
                        + ours.stream().map(GoFacts::facts).toList());
            }
        });
        return differences;
    }

    private static List<String> facts(StructLayout layout) {
        List<String> facts = new ArrayList<>();
        facts.add("\t" + layout.byteSize() + "\t" + layout.byteAlignment());
        for (Member member : layout.members()) {
            facts.add(member.name() + "\t" + member.byteOffset() + "\t"
                    + member.type().byteSize());
        }
        return facts;
    }
}

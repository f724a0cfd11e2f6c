package dev.faultline.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Questions to a compiler whose answers are constants in the object file that it makes: three numbers for each in the
 * section {@code .facts}, of which the first is the number of the question from 1, and for each bit-field a section
 * with
 * an object in which only its bits are set. What the compiler does not know, such as the place of a virtual base class,
 * is zeros, and not among the answers.
 */
final class NativeConstants {

    private record Asked(String type, NativeQuestion question) {}

    private final boolean isCxx;
    private final StringBuilder text = new StringBuilder();
    private final List<Asked> asked = new ArrayList<>();

    NativeConstants(boolean isCxx) {
        this.isCxx = isCxx;
    }

    void ask(NativeTypes.Type type, String alignment, Collection<NativeQuestion> questions) {
        numbers(
                type,
                new NativeQuestion("", "", NativeQuestion.Kind.OFFSET, ""),
                "sizeof(" + type.spelling() + ")",
                "0");
        numbers(type, new NativeQuestion("alignment", "", NativeQuestion.Kind.OFFSET, ""), alignment, "0");
        boolean isAggregate = questions.stream()
                .noneMatch(question ->
                        question.expression().contains("&)") || question.kind() == NativeQuestion.Kind.POINTER);
        for (NativeQuestion question : questions) {
            String field = question.expression().replaceFirst("\\bv\\b", "(*(" + type.spelling() + " *)4096)");
            String offset = "((unsigned long long)(__UINTPTR_TYPE__)&" + field + ") - 4096";
            switch (question.kind()) {
                case POINTER, REFERENCE -> {} // no program runs that could look
                case OFFSET -> numbers(type, question, offset, "0");
                case PLACE -> numbers(type, question, offset, "sizeof(" + field + ")");
                case BITS -> {
                    if (isAggregate) {
                        bits(type, question);
                    }
                }
            }
        }
    }

    private void numbers(NativeTypes.Type type, NativeQuestion question, String first, String second) {
        asked.add(new Asked(type.name(), question));
        text.append(variable(".facts", "unsigned long long", "fact", "[]"))
                .append(asked.size() + ", " + first + ", " + second + "};\n");
    }

    private void bits(NativeTypes.Type type, NativeQuestion question) {
        asked.add(new Asked(type.name(), question));
        String designator = question.expression().substring(1);
        String value = isCxx ? "(decltype(((" + type.spelling() + " *)0)->" + designator.substring(1) + "))-1" : "-1";
        text.append(variable(".bits" + asked.size(), type.spelling(), "object", ""))
                .append(designator + " = " + value + "};\n");
    }

    private String variable(String section, String type, String name, String dimension) {
        return "__attribute__((section(\"" + section + "\"), used)) " + type + " " + name + asked.size() + dimension
                + " = {";
    }

    String text() {
        return text.toString();
    }

    Map<String, Map<String, String>> read(Path object) throws IOException {
        NativeSections sections = new NativeSections(object);
        Map<String, Map<String, String>> answers = new TreeMap<>();
        for (ByteBuffer facts = sections.content(".facts"); facts.remaining() >= 24; ) {
            int number = (int) facts.getLong();
            long first = facts.getLong();
            long second = facts.getLong();
            if (number > 0) {
                boolean isPlace = asked.get(number - 1).question.kind() == NativeQuestion.Kind.PLACE;
                put(answers, number, first + (isPlace ? " " + second : ""));
            }
        }
        for (int number = 1; number <= asked.size(); number++) {
            if (asked.get(number - 1).question.kind() == NativeQuestion.Kind.BITS) {
                put(answers, number, setBits(sections.content(".bits" + number)));
            }
        }
        return answers;
    }

    private void put(Map<String, Map<String, String>> answers, int number, String answer) {
        Asked one = asked.get(number - 1);
        answers.computeIfAbsent(one.type, any -> new TreeMap<>()).put(one.question.path(), answer);
    }

    /**
     * {@return the first and the last bit that is set, in the order of addresses: of a byte the lowest bit first, on
     * big-endian machines the highest}
     */
    private static String setBits(ByteBuffer object) {
        long first = -1;
        long last = -1;
        boolean isBig = object.order() == ByteOrder.BIG_ENDIAN;
        for (int i = 0; i < object.limit() * 8; i++) {
            if ((object.get(i / 8) >> (isBig ? 7 - i % 8 : i % 8) & 1) != 0) {
                first = first < 0 ? i : first;
                last = i;
            }
        }
        return first + ".." + last;
    }
}

package dev.faultline.source.jvm.declared;

import dev.faultline.source.jvm.declared.InitialiserRunner.Answer;
import dev.faultline.source.jvm.declared.InitialiserRunner.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Values of static fields that running static initialisers has told, read with bounds: what is no value is left out.
 */
final class ComputedValues {

    /** None was run. */
    static final ComputedValues NONE = new ComputedValues();

    private static final int MOST_NAME = 1000;
    private static final int MOST_PROBLEM = 400;

    private final Map<String, Map<String, StaticValue>> values = new HashMap<>();
    private final Map<String, String> problems = new HashMap<>();

    private ComputedValues() {}

    /** {@return the values in the answers of classes} */
    static ComputedValues of(List<Request> requests, List<Answer> answers) {
        ComputedValues computed = new ComputedValues();
        for (int i = 0; i < Math.min(requests.size(), answers.size()); i++) {
            String type = requests.get(i).type().replace('.', '/');
            computed.add(type, new HashSet<>(requests.get(i).fields()), answers.get(i));
        }
        return computed;
    }

    private void add(String type, Set<String> fields, Answer answer) {
        if (!answer.problem().isEmpty()) {
            problems.put(type, "the initialiser " + answer.problem());
        }
        for (String line : answer.lines()) {
            List<String> words = List.of(line.split(" ", -1));
            if (words.size() < 3 || !words.get(0).equals("field")) {
                continue;
            }
            String field = decoded(words.get(1));
            StaticValue value = value(words.subList(2, words.size()));
            if (fields.contains(field) && !value.equals(StaticValue.UNKNOWN)) {
                values.computeIfAbsent(type, any -> new HashMap<>()).put(field, value);
            }
        }
    }

    private static StaticValue value(List<String> words) {
        try {
            return words.size() == 1
                    ? new StaticValue.Whole(Long.parseLong(words.get(0)))
                    : new StaticValue.Layout(new Layouts(words).whole());
        } catch (LayoutRefusal | IllegalArgumentException unreadable) {
            return StaticValue.UNKNOWN;
        }
    }

    /** {@return the value of a static field; unknown when it was not told} */
    StaticValue value(String type, String field) {
        return values.getOrDefault(type, Map.of()).getOrDefault(field, StaticValue.UNKNOWN);
    }

    /** {@return whether running an initialiser has told the value of a static field} */
    boolean has(String type, String field) {
        return values.getOrDefault(type, Map.of()).containsKey(field);
    }

    /** {@return why running a class has told nothing; empty when it was not run, or has} */
    String problem(String type) {
        return problems.getOrDefault(type, "");
    }

    /** {@return what kept an initialiser from giving values, as lines of an answer tell it; empty when nothing has} */
    static String problem(List<String> lines) {
        for (String line : lines) {
            int blank = line.indexOf(' ');
            String reason = blank < 0 ? "" : decoded(line.substring(blank + 1));
            switch (blank < 0 ? "" : line.substring(0, blank)) {
                case "threw" -> {
                    return "threw " + shortened(reason);
                }
                case "absent" -> {
                    return "was not run: a VM finds no class " + shortened(reason)
                            + " on this class path; unpack archives that carry classes in directories or jars";
                }
                case "old" -> {
                    String[] versions = reason.split(" ", -1);
                    return "was not run: it needs JDK " + shortened(versions[0]) + " or newer, and this is JDK "
                            + shortened(versions[versions.length - 1]) + "; --java-home names another one";
                }
                default -> {
                    // a value
                }
            }
        }
        return "";
    }

    private static String shortened(String text) {
        return text.length() > MOST_PROBLEM ? text.substring(0, MOST_PROBLEM) + "..." : text;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return "";
        }
    }

    /** Reads a layout and what is in it, word by word, and makes it as the library does. */
    private static final class Layouts {

        private static final int DEEPEST = 32;
        private static final int MOST = 10_000;
        private static final String VALUES = "zbcsijfda";

        private final List<String> words;
        private int at;
        private int count;

        Layouts(List<String> words) {
            this.words = words;
        }

        MemoryLayoutValue whole() {
            MemoryLayoutValue layout = next(0);
            if (at != words.size()) {
                throw new IllegalArgumentException("more words than a layout has");
            }
            return layout;
        }

        private String word() {
            if (at == words.size()) {
                throw new IllegalArgumentException("fewer words than a layout has");
            }
            return words.get(at++);
        }

        private long number() {
            long number = Long.parseLong(word());
            if (number < 0) {
                throw new IllegalArgumentException("a negative number");
            }
            return number;
        }

        private MemoryLayoutValue next(int depth) {
            if (depth > DEEPEST || ++count > MOST) {
                throw new IllegalArgumentException("too many layouts");
            }
            String kind = word();
            long byteSize = number();
            long byteAlignment = number();
            String name = word();
            MemoryLayoutValue plain = switch (kind) {
                case "[" -> MemoryLayoutValue.struct(members(depth));
                case "|" -> MemoryLayoutValue.union(members(depth));
                case "*" -> MemoryLayoutValue.sequence(number(), next(depth + 1));
                case "x" -> MemoryLayoutValue.padding(byteSize);
                default -> value(kind, byteSize);
            };
            MemoryLayoutValue layout = plain.byteAlignment() == byteAlignment ? plain : plain.aligned(byteAlignment);
            if (layout.byteSize() != byteSize) {
                throw new IllegalArgumentException("a size that its members do not have");
            }
            return name.startsWith("=") ? layout.named(name(name)) : layout;
        }

        private static String name(String word) {
            String name = decoded(word.substring(1));
            if (name.length() > MOST_NAME) {
                throw new IllegalArgumentException("a name that is too long");
            }
            return name;
        }

        private List<MemoryLayoutValue> members(int depth) {
            long number = number();
            if (number > MOST) {
                throw new IllegalArgumentException("too many layouts");
            }
            List<MemoryLayoutValue> members = new ArrayList<>();
            for (long i = 0; i < number; i++) {
                members.add(next(depth + 1));
            }
            return members;
        }

        private static MemoryLayoutValue value(String kind, long byteSize) {
            boolean isValue = kind.length() == 1
                    && VALUES.indexOf(Character.toLowerCase(kind.charAt(0))) >= 0
                    && (byteSize == 1 || byteSize == 2 || byteSize == 4 || byteSize == 8);
            if (!isValue) {
                throw new IllegalArgumentException("no kind of layout");
            }
            return MemoryLayoutValue.value(kind.charAt(0), byteSize);
        }
    }
}

package dev.faultline.machine;

import dev.faultline.input.InputException;
import dev.faultline.input.YamlTree;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values of one mapping of a machine file. Values that the file does not give are inherited from another machine.
 */
final class MachineValues {

    private static final String NUMBER = "[+-]?\\d{1,30}(\\.\\d{1,30})?([eE][+-]?\\d{1,3})?";
    private static final int LONGEST_QUOTED = 60;

    private final String source;
    private final String like;
    private final Map<String, YamlTree> given;

    MachineValues(String source, String like, Map<String, YamlTree> given) {
        this.source = source;
        this.like = like;
        this.given = given;
    }

    /** {@return whether the file gives this value} */
    boolean has(String key) {
        return given.containsKey(key);
    }

    /** {@return an error at the place of a value that the file gives} */
    InputException problem(String key, String text) {
        return given.get(key).problem(key + ": " + text);
    }

    /** A value that the file gives. */
    private record Given(YamlTree tree, String text, String source) {
        InputException expected(String key, String what) {
            String found = text.length() <= LONGEST_QUOTED ? text : text.substring(0, LONGEST_QUOTED) + "...";
            return tree.problem(key + ": expected " + what + ", found " + found);
        }
    }

    private Given given(String key) {
        YamlTree tree = given.get(key);
        if (!tree.isMapping()) {
            return new Given(tree, tree.word(), source);
        }
        Map<String, YamlTree> entries = tree.mapping(List.of("value", "source"));
        YamlTree value = tree.required(entries, "value");
        YamlTree from = entries.get("source");
        if (from != null && from.text().isEmpty()) {
            throw from.problem(key + ": `source` is empty; leave it out or fill it in");
        }
        return new Given(value, value.word(), from == null ? source : from.text());
    }

    private <T> Sourced<T> taken(Sourced<T> other) {
        return new Sourced<>(other.value(), "as " + like + ": " + other.source());
    }

    Sourced<Integer> whole(String key, Sourced<Integer> other, int least, int most) {
        if (!has(key)) {
            return taken(other);
        }
        Given value = given(key);
        int number = value.text().matches("\\d{1,9}") ? Integer.parseInt(value.text()) : -1;
        if (number < least || number > most) {
            throw value.expected(key, "a whole number from " + least + " to " + most);
        }
        return new Sourced<>(number, value.source());
    }

    /** {@return a whole number of entries, from 1 to {@code most}, among figures that are shares and times} */
    Sourced<Double> entries(String key, Sourced<Double> other, int most) {
        if (!has(key)) {
            return taken(other);
        }
        Sourced<Integer> count = whole(key, new Sourced<>(other.value().intValue(), other.source()), 1, most);
        return new Sourced<>((double) count.value(), count.source());
    }

    Sourced<Integer> powerOfTwo(String key, Sourced<Integer> other, int least, int most) {
        if (!has(key)) {
            return taken(other);
        }
        Given value = given(key);
        int number = value.text().matches("\\d{1,10}") ? (int) Math.min(Long.parseLong(value.text()), most + 1L) : 0;
        if (Integer.bitCount(number) != 1 || number < least || number > most) {
            throw value.expected(key, "a power of two from " + least + " to " + most);
        }
        return new Sourced<>(number, value.source());
    }

    Sourced<Double> share(String key, Sourced<Double> other, boolean mayBeZero) {
        if (!has(key)) {
            return taken(other);
        }
        Given value = given(key);
        String range = mayBeZero ? "a number from 0 to 1" : "a number above 0 and at most 1";
        double number = number(value, value.text(), key, range);
        if (!(number >= 0 && number <= 1) || number == 0 && !mayBeZero) {
            throw value.expected(key, range);
        }
        return new Sourced<>(number, value.source());
    }

    Sourced<Double> nanos(String key, Sourced<Double> other, double most, boolean mayBeZero) {
        if (!has(key)) {
            return taken(other);
        }
        Given value = given(key);
        double nanos = nanos(value, key);
        if (!(nanos >= 0 && nanos <= most) || nanos == 0 && !mayBeZero) {
            throw value.expected(key, "a time from " + (mayBeZero ? "0 ns" : "above 0 ns") + " to 1 s");
        }
        return new Sourced<>(nanos, value.source());
    }

    private static double nanos(Given value, String key) {
        String text = value.text();
        String unit = unit(text);
        if (List.of("cycles", "cycle", "clocks", "cy").contains(unit)) {
            throw value.tree()
                    .problem(
                            key
                                    + ": expected ns, found cycles; divide by the clock in GHz and say how, such as {value: 1.5ns, source: \"...\"}");
        }
        String wanted = "a time with unit ns, us, ms or s, such as 1.5ns";
        double scale = scale(unit).orElseThrow(() -> value.expected(key, wanted));
        return scale
                * number(value, text.substring(0, text.length() - unit.length()).strip(), key, wanted);
    }

    private static String unit(String text) {
        int start = text.length();
        while (start > 0 && Character.isLetter(text.charAt(start - 1))) {
            start--;
        }
        return text.substring(start);
    }

    private static Optional<Double> scale(String unit) {
        return switch (unit) {
            case "ns" -> Optional.of(1.0);
            case "us" -> Optional.of(1e3);
            case "ms" -> Optional.of(1e6);
            case "s" -> Optional.of(1e9);
            default -> Optional.empty();
        };
    }

    private static double number(Given value, String digits, String key, String wanted) {
        if (!digits.matches(NUMBER)) {
            throw value.expected(key, wanted);
        }
        return Double.parseDouble(digits);
    }
}

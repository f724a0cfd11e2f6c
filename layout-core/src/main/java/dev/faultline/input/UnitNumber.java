package dev.faultline.input;

import dev.faultline.api.Internal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads numbers with a unit, as people write them in files: {@code 5e6}, {@code 10M}, {@code 1.5us}, {@code 20
 * ns}. Units are case-sensitive, since {@code m} and {@code M} differ by a factor of a billion.
 */
@Internal
public final class UnitNumber {

    /** Units of rates and counts. */
    public static final Map<String, Double> MULTIPLES = inOrder(List.of("k", "M", "G"), 1e3, 1e6, 1e9);

    /** Units of times, in ns. */
    public static final Map<String, Double> TIMES = inOrder(List.of("ns", "us", "ms", "s"), 1, 1e3, 1e6, 1e9);

    private static final Pattern NUMBER = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,18})?(?:[eE][+-]?\\d{1,3})?)(.*)");
    private static final int LONGEST_SHOWN = 40;

    private UnitNumber() {}

    private static Map<String, Double> inOrder(List<String> units, double... factors) {
        Map<String, Double> all = new LinkedHashMap<>();
        for (int i = 0; i < factors.length; i++) {
            all.put(units.get(i), factors[i]);
        }
        return Collections.unmodifiableMap(all);
    }

    /**
     * Reads a number.
     *
     * @param text the text
     * @param units the units it may have, with what they multiply by
     * @param needsUnit whether it must have one, as times do
     * @param most the largest value
     * @return the value, from 0 to {@code most}
     * @throws IllegalArgumentException when it is no such number; the message says what it is and how to write it
     */
    public static double parse(String text, Map<String, Double> units, boolean needsUnit, double most) {
        Matcher number = NUMBER.matcher(text);
        if (!number.matches()) {
            throw new IllegalArgumentException(noNumber(text));
        }
        String unit = number.group(2).strip();
        if (unit.isEmpty() ? needsUnit : !units.containsKey(unit)) {
            throw new IllegalArgumentException(noUnit(text, number.group(1), unit, units));
        }
        double value = Double.parseDouble(number.group(1)) * (unit.isEmpty() ? 1 : units.get(unit));
        if (!(value <= most)) {
            throw new IllegalArgumentException(text + " is beyond " + largest(most, units));
        }
        return value;
    }

    private static String noNumber(String text) {
        if (text.matches("\\.\\d.*")) {
            return "expected a digit before the point, as in 0" + shown(text) + ", found " + shown(text);
        }
        return "expected a number that is not negative, found " + shown(text);
    }

    private static String noUnit(String text, String digits, String unit, Map<String, Double> units) {
        String known = String.join(", ", units.keySet());
        if (unit.isEmpty()) {
            return "expected a time with unit ns, us, ms or s, such as " + digits + "ns, found " + shown(text);
        }
        if (units.isEmpty()) {
            return "expected a number without a unit, found " + shown(text);
        }
        if (unit.matches("[,_\\d].*|\\.\\d.*")) {
            return "expected a number such as 5000000 or 5e6, without separators, found " + shown(text);
        }
        Optional<String> meant = units.keySet().stream()
                .filter(one -> one.equalsIgnoreCase(unit) || one.equals("us") && unit.matches("[\u00b5\u03bc]s"))
                .findFirst();
        return "unknown unit `" + shown(unit) + "`"
                + meant.map(one -> " (did you mean " + digits + one + "?)").orElse("") + "; known are " + known;
    }

    private static String largest(double most, Map<String, Double> units) {
        return units.containsKey("ns")
                ? String.format(Locale.ROOT, "%.0fs", most / 1e9)
                : String.format(Locale.ROOT, most < 1e6 ? "%.0f" : "%.0e", most).replace("e+", "e");
    }

    private static String shown(String text) {
        return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text;
    }
}

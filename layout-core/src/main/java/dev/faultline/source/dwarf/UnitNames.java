package dev.faultline.source.dwarf;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names of units as reports show them: {@code net/ipv4/route.c}. Absolute names are shown without the directory
 * that all of these share.
 *
 * @param shared the directory, with a slash at its end; empty when there is none
 */
record UnitNames(String shared) {

    /** Behind it, Rust names a part of the crate. */
    private static final String CODEGEN_UNIT = "/@/";

    /** {@return how to show these names} */
    static UnitNames of(Collection<String> units) {
        String shared = null;
        for (String unit : units) {
            String name = withoutPart(unit);
            if (name.startsWith("/")) {
                String directory = name.substring(0, name.lastIndexOf('/') + 1);
                shared = shared == null ? directory : commonDirectory(shared, directory);
            }
        }
        return new UnitNames(shared == null ? "" : shared);
    }

    private static String commonDirectory(String one, String other) {
        int length = 0;
        while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return one.substring(0, one.lastIndexOf('/', length - 1) + 1);
    }

    private static String withoutPart(String unit) {
        int part = unit.indexOf(CODEGEN_UNIT);
        return part < 0 ? unit : unit.substring(0, part);
    }

    /** {@return the name of a unit as reports show it} */
    String shown(String unit) {
        String name = withoutPart(unit);
        if (!shared.isEmpty() && name.startsWith(shared)) {
            return name.substring(shared.length());
        }
        return name.startsWith("./") ? name.substring(2) : name;
    }

    /**
     * {@return the units of several structs, each with its line or number where the unit alone does not tell it from
     * the others}
     *
     * @param units the unit of each, as shown
     * @param lines where each is declared; 0 when unknown
     */
    static List<String> distinct(List<String> units, List<Integer> lines) {
        Map<String, Integer> counts = new HashMap<>();
        units.forEach(unit -> counts.merge(unit, 1, Integer::sum));
        Set<String> names = new LinkedHashSet<>();
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < units.size(); i++) {
            String unit = units.get(i).isEmpty() ? "unit" : units.get(i);
            boolean isOnly = counts.get(units.get(i)) == 1 && !units.get(i).isEmpty();
            String name = isOnly ? unit : unit + ":" + lines.get(i);
            String numbered = name;
            while (!names.add(numbered)) {
                numbered = name + ":" + numbers.merge(name, 2, (before, two) -> before + 1);
            }
        }
        return List.copyOf(names);
    }

    /** {@return whether what was typed means a unit: all of its name as shown, or the last part of it} */
    static boolean isMeant(String typed, String shown) {
        return shown.equals(typed)
                || shown.endsWith("/" + typed)
                || shown.startsWith(typed + ":")
                || shown.contains("/" + typed + ":")
                || typed.endsWith("/" + shown);
    }
}

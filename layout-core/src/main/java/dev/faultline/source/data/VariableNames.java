package dev.faultline.source.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names that tell variables apart, where several files of a program define a static one of the same name. */
final class VariableNames {

    private VariableNames() {}

    /**
     * {@return the same variables under names of which none occurs twice}
     *
     * <p>A name that several have is followed by the source file, {@code n (a.c)}, or where that is not known or does
     * not tell, by the address too: {@code n (a.c:0x4030)}.
     *
     * @param variables the variables
     */
    static List<GlobalVariable> unique(List<GlobalVariable> variables) {
        Map<String, Integer> plain = counts(variables);
        List<GlobalVariable> byUnit = new ArrayList<>(variables.size());
        for (GlobalVariable one : variables) {
            boolean isUnique = plain.get(one.name()) == 1;
            byUnit.add(isUnique || one.unit().isEmpty() ? one : one.called(one.name() + " (" + file(one.unit()) + ")"));
        }
        Map<String, Integer> qualified = counts(byUnit);
        List<GlobalVariable> unique = new ArrayList<>(variables.size());
        for (int i = 0; i < variables.size(); i++) {
            GlobalVariable one = variables.get(i);
            boolean isUnique = qualified.get(byUnit.get(i).name()) == 1;
            unique.add(isUnique ? byUnit.get(i) : one.called(one.name() + " (" + place(one) + ")"));
        }
        return unique;
    }

    private static String place(GlobalVariable one) {
        return (one.unit().isEmpty() ? "" : file(one.unit()) + ":") + "0x" + Long.toHexString(one.byteAddress());
    }

    private static Map<String, Integer> counts(List<GlobalVariable> variables) {
        Map<String, Integer> counts = new HashMap<>();
        variables.forEach(variable -> counts.merge(variable.name(), 1, Integer::sum));
        return counts;
    }

    private static String file(String unit) {
        return unit.substring(Math.max(unit.lastIndexOf('/'), unit.lastIndexOf('\\')) + 1);
    }
}

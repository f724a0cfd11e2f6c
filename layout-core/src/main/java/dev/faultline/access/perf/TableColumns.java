package dev.faultline.access.perf;

import java.util.ArrayList;
import java.util.List;

/**
 * The columns of a table of perf: a line of names, and below it a ruler of dots that says where each column is.
 *
 * @param names the names, such as {@code "Offset"}, in order; empty where a column has none
 */
record TableColumns(List<String> names) {

    TableColumns {
        names = List.copyOf(names);
    }

    /** {@return whether a line is a ruler of dots, each at least two} */
    static boolean isRuler(String line) {
        String dots = line.strip();
        dots = dots.startsWith("#") ? dots.substring(1).strip() : dots;
        return dots.length() >= 4 && dots.startsWith("..") && dots.chars().allMatch(c -> c == '.' || c == ' ');
    }

    /** {@return the columns that a ruler and the line of names above it describe} */
    static TableColumns under(String head, String ruler) {
        List<String> names = new ArrayList<>();
        int end = 0;
        for (int start = ruler.indexOf('.'); start >= 0; start = ruler.indexOf('.', end)) {
            end = start;
            while (end < ruler.length() && ruler.charAt(end) == '.') {
                end++;
            }
            int to = ruler.indexOf('.', end) < 0 ? head.length() : end;
            names.add(
                    start >= head.length()
                            ? ""
                            : head.substring(start, Math.max(start, Math.min(to, head.length())))
                                    .strip());
        }
        return new TableColumns(names);
    }

    /** {@return the index of a column by its name, after another index; -1 when there is none} */
    int after(int from, String... wanted) {
        for (int i = from + 1; i < names.size(); i++) {
            for (String name : wanted) {
                if (names.get(i).equalsIgnoreCase(name)) {
                    return i;
                }
            }
        }
        return -1;
    }

    /** {@return the index of the first column of such a name; -1 when there is none} */
    int of(String... wanted) {
        return after(-1, wanted);
    }
}

package dev.faultline.input;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds the known names nearest to a misspelt one. */
public final class Nearest {

    private static final int MOST = 3;

    private Nearest() {}

    private record Scored(String name, int distance) {}

    /**
     * {@return at most three of the known names that a person may have meant, nearest first; empty when none is near}
     *
     * <p>Near means: at most a third of the letters differ (Damerau-Levenshtein, adjacent swaps count one, case
     * ignored), or the wanted name is a part of the known one. Takes time in the product of the name lengths, a name.
     */
    public static List<String> of(String wanted, Collection<String> known) {
        String lower = wanted.toLowerCase(java.util.Locale.ROOT);
        int limit = Math.max(1, wanted.length() / 3);
        List<Scored> near = new ArrayList<>();
        for (String name : known) {
            String candidate = name.toLowerCase(java.util.Locale.ROOT);
            int distance = Math.abs(candidate.length() - lower.length()) > limit
                    ? Integer.MAX_VALUE
                    : distance(lower, candidate);
            if (distance <= limit) {
                near.add(new Scored(name, distance));
            } else if (lower.length() >= 3 && candidate.contains(lower)) {
                near.add(new Scored(name, limit + candidate.length() - lower.length()));
            }
        }
        return near.stream()
                .sorted(Comparator.comparingInt(Scored::distance).thenComparing(Scored::name))
                .map(Scored::name)
                .distinct()
                .limit(MOST)
                .toList();
    }

    /** {@return {@code " (did you mean a, b?)"} for the nearest names, or nothing when none is near} */
    public static String hint(String wanted, Collection<String> known) {
        List<String> near = of(wanted, known);
        return near.isEmpty() ? "" : " (did you mean " + String.join(", ", near) + "?)";
    }

    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}

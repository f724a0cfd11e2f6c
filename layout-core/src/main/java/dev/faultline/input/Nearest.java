package dev.faultline.input;

import dev.faultline.api.Internal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds the known names nearest to a misspelt one. */
@Internal
public final class Nearest {

    private static final int MOST = 3;

    /** Longest name to compare; the time is the product of both lengths. */
    private static final int LONGEST = 128;

    private static final int LETTERS = 128;

    private Nearest() {}

    private record Scored(String name, int distance) {}

    /**
     * {@return at most three known names that are similar to a wanted one, nearest first}
     *
     * <p>Similar means that at most a third of the characters differ (Damerau-Levenshtein distance, case ignored), or
     * that the wanted name is part of the known one. Names above {@value #LONGEST} characters are not similar to any.
     */
    public static List<String> of(String wanted, Collection<String> known) {
        if (wanted.length() > LONGEST) {
            return List.of();
        }
        String lower = wanted.toLowerCase(java.util.Locale.ROOT);
        int limit = Math.max(1, wanted.length() / 3);
        int[] letters = letters(lower);
        List<Scored> near = new ArrayList<>();
        for (String name : known) {
            if (name.length() > LONGEST) {
                continue;
            }
            String candidate = name.toLowerCase(java.util.Locale.ROOT);
            boolean isFar =
                    Math.abs(candidate.length() - lower.length()) > limit || hasOtherLetters(letters, candidate, limit);
            int distance = isFar ? Integer.MAX_VALUE : distance(lower, candidate, limit);
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

    /** {@return {@code " (did you mean a, b?)"} with the nearest names; empty when there are none} */
    public static String hint(String wanted, Collection<String> known) {
        List<String> near = of(wanted, known);
        return near.isEmpty() ? "" : " (did you mean " + String.join(", ", near) + "?)";
    }

    /** {@return how often each letter occurs, letters of the same last bits taken together} */
    private static int[] letters(String text) {
        int[] counts = new int[LETTERS];
        for (int i = 0; i < text.length(); i++) {
            counts[text.charAt(i) % LETTERS]++;
        }
        return counts;
    }

    /** {@return whether a name has more letters that the wanted one lacks than a near one has; cheap} */
    private static boolean hasOtherLetters(int[] wanted, String candidate, int limit) {
        int[] left = wanted.clone();
        int others = 0;
        for (int i = 0; i < candidate.length() && others <= limit; i++) {
            others += --left[candidate.charAt(i) % LETTERS] < 0 ? 1 : 0;
        }
        return others > limit;
    }

    /**
     * {@return the distance, or a number above the limit when it is larger}
     *
     * <p>Cells farther from the diagonal than the limit are not computed.
     */
    private static int distance(String a, String b, int limit) {
        int[][] d = new int[3][b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = d[i % 3];
            int[] above = d[(i + 2) % 3];
            Arrays.fill(row, limit + 1);
            row[0] = i;
            int least = i;
            for (int j = Math.max(1, i - limit); j <= Math.min(b.length(), i + limit); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(above[j], row[j - 1]) + 1, above[j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], d[(i + 1) % 3][j - 2] + 1);
                }
                least = Math.min(least, row[j]);
            }
            if (least > limit + 1) {
                return least;
            }
        }
        return d[a.length() % 3][b.length()];
    }
}

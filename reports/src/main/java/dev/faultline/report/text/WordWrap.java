package dev.faultline.report.text;

import dev.faultline.input.VisibleText;
import java.util.ArrayList;
import java.util.List;

/** Breaks text at blanks, after it is made {@link VisibleText}, whose escapes take room. */
public final class WordWrap {

    /** Characters behind which a long word may end a line. */
    private static final String PART_ENDS = "./:_-,$#=+<>()[]";

    private WordWrap() {}

    /** {@return the text in lines of at most {@code width} characters, longer only where a single word is} */
    public static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : VisibleText.of(text).split(" ")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** {@return the text in lines of at most {@code width} characters, all but the first indented by two blanks} */
    static List<String> hanging(String text, int width) {
        List<String> lines = wrap(text, width);
        if (lines.size() == 1) {
            return lines;
        }
        String first = lines.get(0);
        String rest = VisibleText.of(text).substring(first.length() + 1);
        List<String> hanging = new ArrayList<>(List.of(first));
        wrap(rest, width - 2).forEach(line -> hanging.add("  " + line));
        return hanging;
    }

    /**
     * {@return a word in lines of at most {@code width} characters, which end where a part of it ends: behind a dot, a
     * slash, a colon, an underscore and the like, or before a capital; in the middle only where there is none}
     */
    static List<String> cut(String word, int width) {
        List<String> lines = new ArrayList<>();
        String rest = word;
        while (rest.length() > width) {
            int end = width;
            while (end > width / 2 && !isBetweenParts(rest, end)) {
                end--;
            }
            end = end > width / 2 ? end : width;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end);
        }
        lines.add(rest);
        return lines;
    }

    private static boolean isBetweenParts(String word, int at) {
        char before = word.charAt(at - 1);
        char after = word.charAt(at);
        return Character.isLowerCase(before) && Character.isUpperCase(after)
                || PART_ENDS.indexOf(before) >= 0 && PART_ENDS.indexOf(after) < 0;
    }
}

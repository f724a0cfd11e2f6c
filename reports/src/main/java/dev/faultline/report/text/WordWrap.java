package dev.faultline.report.text;

import dev.faultline.input.VisibleText;
import java.util.ArrayList;
import java.util.List;

/** Breaks text at blanks, after it is made {@link VisibleText}, whose escapes take room. */
public final class WordWrap {

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
}

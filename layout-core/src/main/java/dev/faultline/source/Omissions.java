package dev.faultline.source;

import dev.faultline.api.Internal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a report on a source does not show, because it could not be laid out or read.
 *
 * @param source the name of the source
 * @param noun what it holds, in the plural
 * @param laidOut how many of these were laid out
 * @param leftOut those that were not
 * @param unread a line for each part of the source that could not be read
 */
@Internal
public record Omissions(String source, String noun, int laidOut, List<Inventory.LeftOut> leftOut, List<String> unread) {

    private static final int MOST_NAMED = 3;
    private static final int MOST_CAUSES = 4;

    /** How the cause begins that a class path can remove. */
    public static final String WITHOUT_SUPERCLASS = "without superclass ";

    public Omissions {
        leftOut = List.copyOf(leftOut);
        unread = List.copyOf(unread);
    }

    /** {@return what an inventory lacks} */
    public static Omissions of(String source, Inventory inventory) {
        return new Omissions(
                source, inventory.noun(), inventory.subjects().size(), inventory.leftOut(), inventory.unread());
    }

    /** {@return whether nothing is missing} */
    public boolean isEmpty() {
        return leftOut.isEmpty() && unread.isEmpty();
    }

    /** {@return the number of all that have a layout} */
    public int total() {
        return laidOut + leftOut.size();
    }

    /** {@return what was left out by its cause, the most frequent cause first} */
    public Map<String, List<Inventory.LeftOut>> byCause() {
        Map<String, List<Inventory.LeftOut>> groups = new LinkedHashMap<>();
        for (Inventory.LeftOut one : leftOut) {
            groups.computeIfAbsent(one.cause(), any -> new ArrayList<>()).add(one);
        }
        Map<String, List<Inventory.LeftOut>> sorted = new LinkedHashMap<>();
        groups.entrySet().stream()
                .sorted((a, b) ->
                        Integer.compare(b.getValue().size(), a.getValue().size()))
                .forEach(group -> sorted.put(group.getKey(), group.getValue()));
        return sorted;
    }

    /** {@return how many were left out: {@code "36 classes, 31 left out"}} */
    public String counts() {
        return total() + " " + (total() == 1 ? singular() : noun) + ", "
                + (laidOut == 0 ? "all left out" : leftOut.size() + " left out");
    }

    private String singular() {
        return noun.equals("classes") ? "class" : "struct";
    }

    /** {@return a line with the number of all and of those left out, their causes, and some of their names} */
    public String line() {
        Map<String, List<Inventory.LeftOut>> groups = byCause();
        String causes = groups.entrySet().stream()
                .limit(MOST_CAUSES)
                .map(group -> cause(group.getKey(), group.getValue()))
                .collect(Collectors.joining("; "));
        int more = groups.size() - MOST_CAUSES;
        return source + ": " + counts() + ": " + causes
                + (more > 0 ? "; and " + more + " more " + (more == 1 ? "cause" : "causes") : "")
                + (groups.keySet().stream().anyMatch(cause -> cause.startsWith(WITHOUT_SUPERCLASS))
                        ? "; a class path can name the jars that have them: a.jar:b.jar"
                        : "");
    }

    /** {@return what is missing, a few words each} */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        byCause().forEach((cause, group) -> {
            if (words.size() < MOST_CAUSES) {
                words.add(cause((group.size() == 1 ? singular() : noun) + " " + cause, group));
            }
        });
        if (!leftOut.isEmpty()) {
            words.add("in all " + leftOut.size() + " of " + total() + " " + noun);
        }
        words.addAll(unread);
        return words;
    }

    /** {@return all lines for the user} */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!leftOut.isEmpty()) {
            lines.add(line());
        }
        lines.addAll(unread);
        return lines;
    }

    /** {@return a group in words: {@code "29 without superclass lib.Base (app.A, app.B, app.C, ...)"}} */
    public static String cause(String cause, List<Inventory.LeftOut> group) {
        return group.size() + " " + cause + " ("
                + group.stream().limit(MOST_NAMED).map(Inventory.LeftOut::name).collect(Collectors.joining(", "))
                + (group.size() > MOST_NAMED ? ", ..." : "") + ")";
    }
}

package dev.faultline.report.view;

import dev.faultline.compare.Comparison;
import dev.faultline.compare.SourceComparison;
import dev.faultline.compare.Verdict;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What became of the structs of a source, made ready for showing. */
public final class SourceComparisonView {

    private static final int MOST_CAUSES = 5;
    private static final int MOST_NAMES = 8;

    private final SourceComparison comparison;

    /** A view of a comparison. */
    public SourceComparisonView(SourceComparison comparison) {
        this.comparison = comparison;
    }

    /** {@return how many structs changed, came and went, in one line} */
    public String counts() {
        return String.format(
                Locale.ROOT,
                "%,d %s changed, %,d as before, %,d added, %,d removed",
                comparison.changed().size(),
                comparison.changed().size() == 1 ? "struct" : "structs",
                comparison.unchanged(),
                comparison.added().size(),
                comparison.removed().size());
    }

    /** {@return how many changed structs are better, worse, mixed and the same} */
    public Map<Verdict, Integer> verdicts() {
        Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
        for (Verdict verdict : Verdict.values()) {
            verdicts.put(verdict, 0);
        }
        comparison.changed().forEach(one -> verdicts.merge(one.comparison().verdict(), 1, Integer::sum));
        return verdicts;
    }

    /** {@return how many of the changed structs only embed what changed, most frequent first; empty when none does} */
    public String embedders() {
        Map<String, Integer> causes = new TreeMap<>();
        int only = 0;
        for (SourceComparison.Changed changed : comparison.changed()) {
            if (changed.isByEmbedding()) {
                only++;
                changed.causes().forEach(cause -> causes.merge(cause, 1, Integer::sum));
            }
        }
        if (only == 0) {
            return "";
        }
        List<String> words = causes.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Integer> one) -> -one.getValue()))
                .limit(MOST_CAUSES)
                .map(one -> one.getKey() + " (" + one.getValue() + ")")
                .toList();
        String more = causes.size() > MOST_CAUSES ? " and " + (causes.size() - MOST_CAUSES) + " more" : "";
        return String.format(
                Locale.ROOT,
                "%,d of these changed only because they embed what did: %s%s",
                only,
                String.join(", ", words),
                more);
    }

    /**
     * A struct in one line.
     *
     * @param verdict for its colour
     * @param name its name
     * @param size how much larger it is, with its sign
     * @param reason why
     */
    public record Row(Verdict verdict, String name, String size, String reason) {}

    /** {@return the first changed structs, at most so many} */
    public List<Row> rows(int most) {
        List<Row> rows = new ArrayList<>();
        for (SourceComparison.Changed changed : comparison
                .changed()
                .subList(0, Math.min(most, comparison.changed().size()))) {
            Comparison one = changed.comparison();
            rows.add(new Row(
                    one.verdict(),
                    one.after().subject().reference(),
                    one.bytesMore() == 0 ? "=" : String.format(Locale.ROOT, "%+d", one.bytesMore()),
                    one.reason()));
        }
        return rows;
    }

    /** {@return the first names of structs that came or went, and how many more there are} */
    public static String names(List<Subject> subjects, int most) {
        int shown = Math.min(most, subjects.size());
        List<String> names =
                subjects.stream().limit(shown).map(Subject::reference).toList();
        String more = subjects.size() > shown ? " and " + (subjects.size() - shown) + " more" : "";
        return String.join(", ", names) + more;
    }

    /** {@return how many names are shown when nobody asked for all} */
    public static int fewNames() {
        return MOST_NAMES;
    }
}

package dev.faultline.report.view;

import dev.faultline.contract.Outcome;
import dev.faultline.contract.Section;
import java.util.ArrayList;
import java.util.List;

/** Which promises are kept, made ready for showing. */
public final class CheckView {

    private final List<Section> sections;

    /** A view. */
    public CheckView(List<Section> sections) {
        this.sections = List.copyOf(sections);
    }

    /** {@return how many outcomes have that status, in all sections} */
    public int count(Outcome.Status status) {
        return sections.stream().mapToInt(section -> section.count(status)).sum();
    }

    /** {@return how many promises there are: all outcomes but notes} */
    public int promises() {
        return count(Outcome.Status.KEPT) + count(Outcome.Status.BROKEN) + count(Outcome.Status.UNJUDGED);
    }

    /** {@return how many things could not be checked: promises, structs, sources, files} */
    public int unchecked() {
        return sections.stream()
                .mapToInt(section -> section.complaints().size())
                .sum();
    }

    /** {@return {@code "12 promises: 11 kept, 1 broken"}} */
    public String summary() {
        List<String> parts = new ArrayList<>();
        add(parts, count(Outcome.Status.KEPT), "kept");
        add(parts, count(Outcome.Status.BROKEN), "broken");
        add(parts, count(Outcome.Status.UNJUDGED), "not judged");
        int besides = unchecked() - count(Outcome.Status.UNJUDGED);
        int promises = promises();
        return promises
                + (promises == 1 ? " promise" : " promises")
                + (parts.isEmpty() ? "" : ": " + String.join(", ", parts))
                + (besides == 0
                        ? ""
                        : "; " + besides + (besides == 1 ? " thing" : " things") + " could not be checked");
    }

    private static void add(List<String> parts, int count, String what) {
        if (count > 0) {
            parts.add(count + " " + what);
        }
    }

    /** {@return the word for a status, as a column of a text and a value of JSON} */
    public static String word(Outcome.Status status) {
        return switch (status) {
            case KEPT -> "kept";
            case BROKEN -> "broken";
            case NOTE -> "note";
            case UNJUDGED -> "not-judged";
        };
    }
}

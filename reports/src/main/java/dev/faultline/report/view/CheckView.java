package dev.faultline.report.view;

import dev.faultline.contract.ContractResult;
import dev.faultline.contract.PromiseResult;
import java.util.ArrayList;
import java.util.List;

/** Which promises are kept, made ready for showing. */
public final class CheckView {

    private final List<ContractResult> sections;

    /** A view. */
    public CheckView(List<ContractResult> sections) {
        this.sections = List.copyOf(sections);
    }

    /** {@return how many outcomes have that status, in all sections} */
    public int count(PromiseResult.Status status) {
        return sections.stream().mapToInt(section -> section.count(status)).sum();
    }

    /** {@return how many promises there are: all outcomes but notes} */
    public int promises() {
        return count(PromiseResult.Status.KEPT)
                + count(PromiseResult.Status.BROKEN)
                + count(PromiseResult.Status.UNJUDGED);
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
        add(parts, count(PromiseResult.Status.KEPT), "kept");
        add(parts, count(PromiseResult.Status.BROKEN), "broken");
        add(parts, count(PromiseResult.Status.UNJUDGED), "not judged");
        int besides = unchecked() - count(PromiseResult.Status.UNJUDGED);
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
    public static String word(PromiseResult.Status status) {
        return switch (status) {
            case KEPT -> "kept";
            case BROKEN -> "broken";
            case NOTE -> "note";
            case UNJUDGED -> "not-judged";
        };
    }
}

package dev.faultline.suggest.java;

import dev.faultline.suggest.Suggestion;
import java.util.List;
import java.util.Objects;

/**
 * Better layouts of a class and how to get them.
 *
 * @param suggestion the layouts, as for structs
 * @param plans for each of its candidates, in the same order, the chain of classes that has that layout
 */
public record ClassSuggestion(Suggestion suggestion, List<ClassPlan> plans) {
    /** Copies the list; refuses another number of plans than of candidates: {@code IllegalArgumentException}. */
    public ClassSuggestion {
        Objects.requireNonNull(suggestion);
        plans = List.copyOf(plans);
        if (plans.size() != suggestion.candidates().size()) {
            throw new IllegalArgumentException(
                    plans.size() + " plans of " + suggestion.candidates().size() + " candidates");
        }
    }
}

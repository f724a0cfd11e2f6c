package dev.faultline.suggest.java;

import dev.faultline.suggest.Suggestion;
import java.util.List;
import java.util.Objects;

/**
 * Better layouts of a class and the class chains that produce them.
 *
 * @param suggestion the layouts, as for structs
 * @param plans the chain of classes of each candidate, in the same order
 */
public record ClassSuggestion(Suggestion suggestion, List<ClassPlan> plans) {
    public ClassSuggestion {
        Objects.requireNonNull(suggestion);
        plans = List.copyOf(plans);
        if (plans.size() != suggestion.candidates().size()) {
            throw new IllegalArgumentException(
                    plans.size() + " plans for " + suggestion.candidates().size() + " candidates");
        }
    }
}

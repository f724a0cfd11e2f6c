package dev.faultline.contract.promise;

import dev.faultline.machine.PlacementCount;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a promise is broken.
 *
 * @param what the fact, with bytes; one line, without the placements
 * @param fields paths of the fields concerned, for pointing at them
 * @param placements in how many placements, when that is the question
 */
public record Violation(String what, List<String> fields, Optional<PlacementCount> placements) {
    /** Refuses an empty text. */
    public Violation {
        if (what.isEmpty()) {
            throw new IllegalArgumentException("a breach needs words");
        }
        fields = List.copyOf(fields);
        Objects.requireNonNull(placements);
    }

    static Violation of(String what, List<String> fields) {
        return new Violation(what, fields, Optional.empty());
    }

    /** {@return the fact, and in how many placements when there are several} */
    public String words() {
        return what
                + placements
                        .filter(count -> count.of() > 1)
                        .map(count ->
                                count.always() ? ", in all " + count.of() + " placements" : ", in " + count.words())
                        .orElse("");
    }
}

package dev.faultline.contract.promise;

import dev.faultline.machine.PlacementCount;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The way in which a promise is broken.
 *
 * @param what the fact, with byte offsets; one line, without the placements
 * @param fields paths of the fields concerned, to point at them
 * @param placements the number of placements in which it is broken, if the promise depends on placements
 */
public record Violation(String what, List<String> fields, Optional<PlacementCount> placements) {
    public Violation {
        if (what.isEmpty()) {
            throw new IllegalArgumentException("a violation needs a text");
        }
        fields = List.copyOf(fields);
        Objects.requireNonNull(placements);
    }

    static Violation of(String what, List<String> fields) {
        return new Violation(what, fields, Optional.empty());
    }

    /** {@return the fact, with the number of placements when there are several} */
    public String words() {
        return what
                + placements
                        .filter(count -> count.of() > 1)
                        .map(count -> "," + count.phrase())
                        .orElse("");
    }
}

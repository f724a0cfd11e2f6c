package dev.faultline.source;

import dev.faultline.input.VisibleText;
import java.util.List;

/** The result of looking up a name in a source. */
public sealed interface Lookup {

    /**
     * The name exists.
     *
     * @param subjects all structs of that name, at least one; more than one where a source repeats names
     */
    record Found(List<Subject> subjects) implements Lookup {
        public Found {
            subjects = List.copyOf(subjects);
            if (subjects.isEmpty()) {
                throw new IllegalArgumentException("no subjects");
            }
        }
    }

    /**
     * The name does not exist or cannot be laid out.
     *
     * @param reason one line for the user, with the nearest names; control characters are escaped
     */
    record Missing(String reason) implements Lookup {
        public Missing {
            reason = VisibleText.of(reason);
        }
    }
}

package dev.faultline.source;

import dev.faultline.input.VisibleText;
import java.util.List;

/** What came of asking a source for a name. */
public sealed interface Lookup {

    /**
     * The name is there.
     *
     * @param subjects all that bear it, at least one; more than one where a source repeats names
     */
    record Found(List<Subject> subjects) implements Lookup {
        /** Refuses an empty list. */
        public Found {
            subjects = List.copyOf(subjects);
            if (subjects.isEmpty()) {
                throw new IllegalArgumentException("found nothing is not found");
            }
        }
    }

    /**
     * The name is not there, or cannot be laid out.
     *
     * @param reason one line for a person, with the nearest names when there are any
     */
    record Missing(String reason) implements Lookup {
        /** Keeps the reason on one line: names in it come from the source. */
        public Missing {
            reason = VisibleText.of(reason);
        }
    }
}

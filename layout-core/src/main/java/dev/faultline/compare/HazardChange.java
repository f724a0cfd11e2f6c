package dev.faultline.compare;

import dev.faultline.hazard.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A hazard that came, went, or is as bad as it was no longer. Known by its rule and the names of its fields.
 *
 * @param kind what happened
 * @param rule id of the rule
 * @param fields paths of the fields concerned, the culprit first; of what is gone, the old paths
 * @param before how bad it was; empty when it is new
 * @param after how bad it is; empty when it is gone
 * @param message what the rule says of it now, or said before
 */
public record HazardChange(
        Kind kind,
        String rule,
        List<String> fields,
        Optional<Severity> before,
        Optional<Severity> after,
        String message) {

    /** What can happen to a hazard. */
    public enum Kind {
        /** It was not there before. */
        NEW,
        /** It is there no longer. */
        GONE,
        /** It was there, less bad. */
        GRAVER,
        /** It was there, worse. */
        MILDER;

        /** {@return the word reports use} */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Copies the list. */
    public HazardChange {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(rule);
        fields = List.copyOf(fields);
        Objects.requireNonNull(before);
        Objects.requireNonNull(after);
        Objects.requireNonNull(message);
        if (before.isEmpty() && after.isEmpty()) {
            throw new IllegalArgumentException("a hazard that never was: " + rule);
        }
    }

    /** {@return whether there is more of it than before: new, or graver} */
    public boolean isUp() {
        return kind == Kind.NEW || kind == Kind.GRAVER;
    }

    /** {@return how bad it is, or was when it is gone} */
    public Severity severity() {
        return after.or(() -> before).orElseThrow();
    }
}

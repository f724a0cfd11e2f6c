package dev.faultline.compare;

import dev.faultline.hazard.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A hazard that is new, gone, or of another severity. Hazards are compared by rule and field names.
 *
 * @param kind the kind of change
 * @param rule id of the rule
 * @param fields paths of the fields concerned, the culprit first; the old paths when it is gone
 * @param before the old severity; empty when it is new
 * @param after the new severity; empty when it is gone
 * @param message the new message of the rule; the old one when it is gone
 */
public record HazardChange(
        Kind kind,
        String rule,
        List<String> fields,
        Optional<Severity> before,
        Optional<Severity> after,
        String message) {

    /** Kinds of changes. */
    public enum Kind {
        /** The hazard is new. */
        NEW,
        /** The hazard is gone. */
        GONE,
        /** The hazard was less severe. */
        GRAVER,
        /** The hazard was more severe. */
        MILDER;

        /** {@return the word used in reports} */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

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

    /** {@return whether it is new or graver} */
    public boolean isUp() {
        return kind == Kind.NEW || kind == Kind.GRAVER;
    }

    /** {@return its severity; the old one when it is gone} */
    public Severity severity() {
        return after.or(() -> before).orElseThrow();
    }
}

package dev.faultline.access;

import dev.faultline.api.Internal;
import java.util.Objects;

/**
 * Why an access is believed to happen.
 *
 * @param certainty how sure it is
 * @param reason what a guess rests on, such as {@code "reference count"}; empty for what a profile declares
 */
@Internal
public record Evidence(Certainty certainty, String reason) {
    /** A profile declares the access. */
    public static final Evidence PROFILE = new Evidence(Certainty.DECLARED, "");

    public Evidence {
        Objects.requireNonNull(certainty);
        Objects.requireNonNull(reason);
    }
}

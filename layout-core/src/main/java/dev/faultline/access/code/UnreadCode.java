package dev.faultline.access.code;

import dev.faultline.api.Internal;
import java.util.Objects;

/**
 * A class whose code could not be read, so that nothing is known about what it does.
 *
 * @param type the class, {@code com.acme.Ring}
 * @param reason why, in one line
 */
@Internal
public record UnreadCode(String type, String reason) {
    public UnreadCode {
        Objects.requireNonNull(type);
        Objects.requireNonNull(reason);
    }
}

package dev.faultline.access.object;

import dev.faultline.api.Internal;
import java.util.Objects;

/**
 * An annotation that asks the VM to keep fields apart.
 *
 * @param annotation its name with package
 * @param isHonoured whether the VM does so here
 */
@Internal
public record Separation(String annotation, boolean isHonoured) {
    public Separation {
        Objects.requireNonNull(annotation);
    }
}

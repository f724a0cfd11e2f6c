package dev.faultline.access.object;

import dev.faultline.api.Internal;
import java.util.Objects;

/**
 * An annotation that asks the VM to keep fields apart.
 *
 * @param annotation its name with package
 * @param isHonoured whether the VM does so here
 * @param needs what it takes that a VM does so, {@code "-XX:-RestrictContended"}
 */
@Internal
public record Separation(String annotation, boolean isHonoured, String needs) {
    public Separation {
        Objects.requireNonNull(annotation);
        Objects.requireNonNull(needs);
    }

    /** {@return the name without package} */
    public String simpleName() {
        return annotation.substring(annotation.lastIndexOf('.') + 1);
    }
}

package dev.faultline.access;

import dev.faultline.api.Internal;
import java.util.Objects;

/**
 * A set of threads that run the same operations.
 *
 * @param name its name in the profile
 * @param cpus the CPUs it runs on
 */
@Internal
public record Role(String name, Cpus cpus) {
    public Role {
        Objects.requireNonNull(name);
        Objects.requireNonNull(cpus);
    }
}

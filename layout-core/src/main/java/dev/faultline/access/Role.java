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

    // by hand, since the VM generates those of a record in its first call, which takes milliseconds

    @Override
    public boolean equals(Object object) {
        return object instanceof Role other && name.equals(other.name) && cpus.equals(other.cpus);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + cpus.hashCode();
    }
}

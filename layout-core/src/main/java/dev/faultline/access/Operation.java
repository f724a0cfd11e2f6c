package dev.faultline.access;

import dev.faultline.api.Internal;
import java.util.List;
import java.util.Objects;

/**
 * What one role does repeatedly.
 *
 * @param name its name in the profile
 * @param role name of the role
 * @param ratePerSecond operations per second on each CPU of the role, not negative; NaN when unknown
 * @param accesses its accesses, in order
 */
@Internal
public record Operation(String name, String role, double ratePerSecond, List<Access> accesses) {
    public Operation {
        Objects.requireNonNull(name);
        Objects.requireNonNull(role);
        accesses = List.copyOf(accesses);
        if (ratePerSecond < 0 || Double.isInfinite(ratePerSecond)) {
            throw new IllegalArgumentException(name + ": rate of " + ratePerSecond + " per second");
        }
    }
}

package dev.faultline.access;

import dev.faultline.api.Internal;
import java.util.List;

/**
 * A stretch of the program's run. Roles of different phases never run at the same time.
 *
 * @param name its name in the profile
 * @param roles names of the roles that run in it
 */
@Internal
public record Phase(String name, List<String> roles) {
    public Phase {
        roles = List.copyOf(roles);
    }
}

package dev.faultline.access;

import java.util.List;

/**
 * A span of the program's life. Roles of different phases never run at the same time.
 *
 * @param name what the profile calls it
 * @param roles names of the roles that run in it
 */
public record Phase(String name, List<String> roles) {
    /** Copies the list. */
    public Phase {
        roles = List.copyOf(roles);
    }
}

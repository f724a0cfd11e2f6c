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

    /** {@return whether two roles can run at the same time: some phase has both, or one is bound to none} */
    public static boolean concurrent(List<Phase> phases, String roleName, String otherName) {
        boolean bound = phases.stream().anyMatch(phase -> phase.roles().contains(roleName));
        boolean otherBound = phases.stream().anyMatch(phase -> phase.roles().contains(otherName));
        return !bound
                || !otherBound
                || phases.stream()
                        .anyMatch(phase -> phase.roles().contains(roleName)
                                && phase.roles().contains(otherName));
    }
}

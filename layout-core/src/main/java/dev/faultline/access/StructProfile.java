package dev.faultline.access;

import dev.faultline.api.Internal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which role runs which operations on the fields of one struct.
 *
 * @param struct name of the struct
 * @param title the title of the profile
 * @param roles the roles
 * @param operations the operations; each names one of the roles
 * @param phases which roles never run together; a role in no phase runs in all
 * @param source the file this is from, or the catalogue
 * @param observation the run it was seen in; empty when a person states it
 */
public record StructProfile(
        String struct,
        String title,
        @Internal List<Role> roles,
        @Internal List<Operation> operations,
        @Internal List<Phase> phases,
        String source,
        @Internal Optional<Observation> observation) {
    @Internal
    public StructProfile {
        Objects.requireNonNull(observation);
        Objects.requireNonNull(struct);
        Objects.requireNonNull(title);
        Objects.requireNonNull(source);
        roles = List.copyOf(roles);
        operations = List.copyOf(operations);
        phases = List.copyOf(phases);
        List<String> known = roles.stream().map(Role::name).toList();
        for (Operation operation : operations) {
            if (!known.contains(operation.role())) {
                throw new IllegalArgumentException(operation.name() + ": unknown role " + operation.role());
            }
        }
        for (Phase phase : phases) {
            if (!known.containsAll(phase.roles())) {
                throw new IllegalArgumentException(phase.name() + ": unknown role in " + phase.roles());
            }
        }
    }

    /**
     * A profile that a person states.
     *
     * @param struct name of the struct
     * @param title the title of the profile
     * @param roles the roles
     * @param operations the operations; each names one of the roles
     * @param phases which roles never run together; a role in no phase runs in all
     * @param source the file this is from, or the catalogue
     */
    @Internal
    public StructProfile(
            String struct,
            String title,
            List<Role> roles,
            List<Operation> operations,
            List<Phase> phases,
            String source) {
        this(struct, title, roles, operations, phases, source, Optional.empty());
    }

    /** {@return how it is known} */
    Certainty certainty() {
        return observation.map(Observation::certainty).orElse(Certainty.DECLARED);
    }
}

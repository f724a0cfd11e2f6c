package dev.faultline.access.code;

import dev.faultline.access.Cpus;
import dev.faultline.access.Role;
import dev.faultline.api.Internal;
import java.util.List;
import java.util.Objects;

/**
 * A method that others call, with everything that it does to the fields of one object.
 *
 * @param name the method, {@code offer}; with parameter types where two have the name
 * @param role the threads that run it
 * @param roleReason what the role rests on: {@code "it alone writes producerIndex"}; empty when the threads are unknown
 * @param isHot whether code suggests that it runs often: it loops, or it is no set-up or tear-down
 * @param effects what it does, those of methods it calls included, in the order of the code
 */
@Internal
public record CodeOperation(String name, Role role, String roleReason, boolean isHot, List<Reached> effects) {

    /** The role of operations of which the code does not show which threads run them; its reason is empty. */
    public static final Role UNKNOWN = new Role("unknown", new Cpus.Count(1));
    /** The role of operations that write under the lock of the object: they never run at the same time. */
    public static final Role LOCK_HOLDER = new Role("holder of the lock", new Cpus.Count(1));

    /**
     * One effect on a field of the layout.
     *
     * @param path path of the field in the layout
     * @param effect the effect
     */
    public record Reached(String path, FieldEffect effect) {
        public Reached {
            Objects.requireNonNull(path);
            Objects.requireNonNull(effect);
        }

        /** {@return whether each thread has an element of its own: of an array in the object, or of objects} */
        public boolean isOwnElement() {
            return path.contains("[own]")
                    || effect.isOnField() && effect.element().equals("own");
        }
    }

    public CodeOperation {
        Objects.requireNonNull(name);
        Objects.requireNonNull(role);
        Objects.requireNonNull(roleReason);
        effects = List.copyOf(effects);
    }

    /** {@return whether the code shows which threads run it} */
    public boolean hasRole() {
        return !roleReason.isEmpty();
    }
}

package dev.faultline.bench.layout.loop;

import dev.faultline.access.FieldUse;
import dev.faultline.cost.Task;

/**
 * An operation of a role. Operations of different layouts are compared when both names are the same.
 *
 * @param role the name of the role
 * @param operation the name of the operation
 */
public record PlayedOperation(String role, String operation) {

    static PlayedOperation of(Task task) {
        return new PlayedOperation(task.role(), task.operation());
    }

    static PlayedOperation of(FieldUse use) {
        return new PlayedOperation(use.role().name(), use.operation());
    }

    /** {@return how reports call it: {@code "sender: send one packet"}} */
    public String label() {
        return role + ": " + operation;
    }
}

package dev.faultline.measure;

import dev.faultline.machine.Machine;
import java.util.Objects;
import java.util.Optional;

/**
 * A machine whose costs were measured.
 *
 * @param machine the machine
 * @param fit how well a model with these costs has the times that they were fitted to; empty when only costs were
 *     measured that need no model
 */
public record Calibration(Machine machine, Optional<SharingGrid> fit) {
    public Calibration {
        Objects.requireNonNull(machine);
        Objects.requireNonNull(fit);
    }
}

package dev.faultline.hazard;

import dev.faultline.access.AccessMap;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Placement;
import java.util.Objects;

/**
 * All a rule may look at.
 *
 * @param layout the bytes
 * @param access who touches them
 * @param machine the hardware
 * @param placement where byte 0 may stand
 */
public record Examination(StructLayout layout, AccessMap access, Machine machine, Placement placement) {
    /** Refuses nulls. */
    public Examination {
        Objects.requireNonNull(layout);
        Objects.requireNonNull(access);
        Objects.requireNonNull(machine);
        Objects.requireNonNull(placement);
    }

    /** {@return the line size in bytes} */
    public int lineBytes() {
        return machine.lineBytes().value();
    }
}

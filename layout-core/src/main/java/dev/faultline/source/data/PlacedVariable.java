package dev.faultline.source.data;

import java.util.Objects;

/**
 * A global variable and the section whose layout has it.
 *
 * @param variable the variable, at its address in the file
 * @param section the name of the section's layout
 * @param sectionAddress the address of byte 0 of that layout in the file
 */
public record PlacedVariable(GlobalVariable variable, String section, long sectionAddress) {

    public PlacedVariable {
        Objects.requireNonNull(variable);
        Objects.requireNonNull(section);
    }
}

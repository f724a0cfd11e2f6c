package dev.faultline.access.object;

import dev.faultline.api.Internal;
import dev.faultline.layout.StructLayout;
import java.util.Objects;

/**
 * The layout of the same class in another VM.
 *
 * @param vm the VM
 * @param layout the layout
 */
@Internal
public record OtherMode(VmSizes vm, StructLayout layout) {
    public OtherMode {
        Objects.requireNonNull(vm);
        Objects.requireNonNull(layout);
    }
}

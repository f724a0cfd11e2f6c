package dev.faultline.access;

import dev.faultline.api.Internal;
import dev.faultline.input.InputException;
import dev.faultline.input.Nearest;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Resolves the paths of a profile to the bytes of a layout. */
@Internal
public final class Resolution {

    private Resolution() {}

    /**
     * Resolves every access of a profile.
     *
     * @param layout the layout
     * @param profile a profile for it
     * @return every use
     * @throws InputException when the layout lacks a field; names the nearest one
     */
    public static AccessMap resolve(StructLayout layout, StructProfile profile) {
        List<FieldUse> uses = new ArrayList<>();
        for (Operation operation : profile.operations()) {
            Role role = profile.roles().stream()
                    .filter(candidate -> candidate.name().equals(operation.role()))
                    .findFirst()
                    .orElseThrow();
            int position = 0;
            for (Access access : operation.accesses()) {
                Optional<FieldRef> field = layout.resolve(access.field());
                if (field.isEmpty()) {
                    throw new InputException(
                            profile.source(),
                            access.place().isEmpty() ? "operation " + operation.name() : access.place(),
                            layout.spelling() + " has no field " + access.field()
                                    + Nearest.hint(access.field(), layout.paths()));
                }
                uses.add(new FieldUse(
                        field.get(),
                        access.kind(),
                        role,
                        operation.name(),
                        position++,
                        operation.ratePerSecond(),
                        access.gapNanos(),
                        access.ownElement(),
                        Evidence.PROFILE));
            }
        }
        return new AccessMap(
                Certainty.DECLARED, profile.title() + " (" + profile.source() + ")", uses, profile.phases());
    }
}

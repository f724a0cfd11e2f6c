package dev.faultline.access;

import dev.faultline.api.Internal;
import dev.faultline.input.InputException;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Resolves the paths of a profile to the bytes of a layout. */
@Internal
public final class Resolution {

    /** The most elements of which one access touches a part each. */
    private static final long MOST_PARTS = 4096;

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
                Optional<ElementPath> found = ElementPath.find(layout, access.field());
                if (found.isEmpty()) {
                    throw new InputException(
                            profile.source(),
                            access.place().isEmpty() ? "operation " + operation.name() : access.place(),
                            ElementPath.problem(layout, access.field()));
                }
                checkParts(found.get(), access, operation, profile);
                uses.add(new FieldUse(
                        found.get().field(),
                        access.kind(),
                        role,
                        operation.name(),
                        position++,
                        operation.ratePerSecond(),
                        access.gapNanos(),
                        found.get().elements(),
                        Evidence.PROFILE));
            }
        }
        return new AccessMap(
                Certainty.DECLARED, profile.title() + " (" + profile.source() + ")", uses, profile.phases());
    }

    /** Parts of all elements are accessed one by one. */
    private static void checkParts(ElementPath path, Access access, Operation operation, StructProfile profile) {
        Elements elements = path.elements();
        if (elements.choice() == Elements.Choice.ALL
                && elements.strideBytes() > elements.byteSize()
                && elements.count() > MOST_PARTS) {
            throw new InputException(
                    profile.source(),
                    access.place().isEmpty() ? "operation " + operation.name() : access.place(),
                    access.field() + ": a part of each of " + elements.count() + " elements; at most " + MOST_PARTS
                            + " are accessed one by one: name the elements whole");
        }
    }
}

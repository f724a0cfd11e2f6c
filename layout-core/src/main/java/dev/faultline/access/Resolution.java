package dev.faultline.access;

import dev.faultline.api.Internal;
import dev.faultline.input.InputException;
import dev.faultline.input.InputProblems;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.BitSet;
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
     * @throws InputException when the layout lacks fields; names each with the nearest one
     */
    public static AccessMap resolve(StructLayout layout, StructProfile profile) {
        InputProblems problems = new InputProblems();
        List<FieldUse> uses = new ArrayList<>();
        Certainty certainty = profile.certainty();
        for (Operation operation : profile.operations()) {
            Role role = profile.roles().stream()
                    .filter(candidate -> candidate.name().equals(operation.role()))
                    .findFirst()
                    .orElseThrow();
            BitSet overlapping = operation.overlapping();
            double rate = operation.isAtFullRate() ? FullRate.of(profile, role.name()) : operation.ratePerSecond();
            int position = 0;
            for (int i = 0; i < operation.accesses().size(); i++) {
                Access access = operation.accesses().get(i);
                Optional<ElementPath> found = problems.attempt(() -> path(layout, profile, operation, access));
                if (found.isEmpty()) {
                    continue;
                }
                ElementPath path = found.get();
                boolean overlaps = overlapping.get(i);
                boolean awaits = access.kind() == AccessKind.AWAIT;
                FieldUse.Manner manner = new FieldUse.Manner(overlaps, awaits, operation.isAtFullRate(), 1);
                FieldUse use = new FieldUse(
                        path.field(),
                        used(access.kind()),
                        role,
                        operation.name(),
                        position++,
                        rate,
                        access.gapNanos(),
                        path.elements(),
                        manner,
                        new Evidence(certainty, "", access.counts()));
                uses.add(use);
                if (access.kind() == AccessKind.WRITE_IF_CHANGED && access.changeShare() > 0) {
                    uses.add(use.asWrite(position++, access.changeShare()));
                }
            }
        }
        problems.check();
        checkAwaited(profile, uses);
        return new AccessMap(
                certainty,
                profile.title() + " (" + profile.source() + ")",
                uses,
                profile.phases(),
                profile.observation());
    }

    /** {@return what a kind does to a line first} */
    private static AccessKind used(AccessKind declared) {
        return switch (declared) {
            case WRITE_IF_CHANGED, AWAIT -> AccessKind.READ;
            case READ, WRITE, VOLATILE_WRITE, RMW, CAS_LOOP -> declared;
        };
    }

    private static ElementPath path(StructLayout layout, StructProfile profile, Operation operation, Access access) {
        Optional<ElementPath> found = ElementPath.find(layout, access.field(), access.kind());
        if (found.isEmpty()) {
            throw new InputException(
                    profile.source(), place(access, operation), ElementPath.problem(layout, access.field()));
        }
        checkParts(found.get(), access, operation, profile);
        return found.get();
    }

    private static String place(Access access, Operation operation) {
        return access.place().isEmpty() ? "operation " + operation.name() : access.place();
    }

    /** What an operation waits for must happen. */
    private static void checkAwaited(StructProfile profile, List<FieldUse> uses) {
        for (FieldUse use : uses) {
            if (use.manner().awaits() && uses.stream().noneMatch(other -> other.mayEnd(use))) {
                throw new InputException(
                        profile.source(),
                        "operation " + use.operation(),
                        "waits for a change of " + use.field().path() + ", which no other CPU writes");
            }
        }
    }

    /** Parts of all elements are accessed one by one. */
    private static void checkParts(ElementPath path, Access access, Operation operation, StructProfile profile) {
        Elements elements = path.elements();
        if (elements.choice() == Elements.Choice.ALL
                && elements.strideBytes() > elements.byteSize()
                && elements.count() > MOST_PARTS) {
            throw new InputException(
                    profile.source(),
                    place(access, operation),
                    access.field() + ": a part of each of " + elements.count() + " elements; at most " + MOST_PARTS
                            + " are accessed one by one: name the elements whole");
        }
    }
}

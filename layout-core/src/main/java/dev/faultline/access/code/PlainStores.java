package dev.faultline.access.code;

import dev.faultline.access.Access;
import dev.faultline.access.AccessKind;
import dev.faultline.access.Operation;
import dev.faultline.access.StructProfile;
import dev.faultline.api.Internal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Accesses that a profile declares as {@code write}, and which the code does as stores that wait: those to a {@code
 * volatile} field. They cost as much as an {@code rmw}, and a {@code write} next to nothing.
 */
@Internal
public final class PlainStores {

    private static final int MOST_NAMED = 5;

    private PlainStores() {}

    /**
     * {@return what to tell of a profile, in one line; none when no such access is known}
     *
     * @param profile the profile of a class
     * @param code what its code does
     */
    public static List<String> hints(StructProfile profile, CodeAccess code) {
        Set<String> waiting = waiting(code);
        Set<String> fields = new LinkedHashSet<>();
        for (Operation operation : profile.operations()) {
            for (Access access : operation.accesses()) {
                if (access.kind() == AccessKind.WRITE && waiting.contains(access.field())) {
                    fields.add(access.field());
                }
            }
        }
        if (fields.isEmpty()) {
            return List.of();
        }
        List<String> some = fields.stream().limit(MOST_NAMED).toList();
        return List.of(profile.source() + ": " + profile.struct() + ": kind: write of " + String.join(", ", some)
                + (fields.size() > MOST_NAMED ? " and " + (fields.size() - MOST_NAMED) + " more" : "")
                + ": the code stores to a volatile field, which waits until the store has happened; that is kind: "
                + AccessKind.VOLATILE_WRITE.word() + " (write is for lazySet and setRelease)");
    }

    /**
     * {@return what a run saw, with the stores that wait as such: a profiler sees a store, the code tells that its field
     * is volatile}
     *
     * @param seen what a run saw of a class
     * @param code what its code does
     */
    public static StructProfile asInCode(StructProfile seen, CodeAccess code) {
        Set<String> waiting = waiting(code);
        List<Operation> operations = seen.operations().stream()
                .map(operation -> new Operation(
                        operation.name(),
                        operation.role(),
                        operation.ratePerSecond(),
                        operation.accesses().stream()
                                .map(access -> access.kind() == AccessKind.WRITE && waiting.contains(access.field())
                                        ? access.as(AccessKind.VOLATILE_WRITE)
                                        : access)
                                .toList()))
                .toList();
        return new StructProfile(
                seen.struct(),
                seen.title(),
                seen.roles(),
                operations,
                seen.phases(),
                seen.source(),
                seen.observation());
    }

    /** {@return the fields whose stores all wait} */
    private static Set<String> waiting(CodeAccess code) {
        Set<String> waiting = paths(code, true);
        waiting.removeAll(paths(code, false));
        return waiting;
    }

    /** {@return the fields with a store that waits, or with one that does not} */
    static Set<String> paths(CodeAccess code, boolean waits) {
        Set<String> paths = new LinkedHashSet<>();
        for (CodeOperation operation : code.operations()) {
            for (CodeOperation.Reached reached : operation.effects()) {
                FieldEffect effect = reached.effect();
                if (effect.isOnField()
                        && effect.kind() == AccessKind.WRITE
                        && (effect.order() == MemoryOrder.VOLATILE) == waits) {
                    paths.add(reached.path());
                }
            }
        }
        return paths;
    }
}

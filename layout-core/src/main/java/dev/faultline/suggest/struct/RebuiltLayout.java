package dev.faultline.suggest.struct;

import dev.faultline.access.Access;
import dev.faultline.access.Operation;
import dev.faultline.access.StructProfile;
import dev.faultline.layout.StructLayout;
import dev.faultline.suggest.Move;
import java.util.List;
import java.util.Map;

/**
 * A struct put together again.
 *
 * @param layout the layout
 * @param renames paths that changed, with their new ones: of members that moved into an opened struct
 * @param changed paths of the opened structs that are not what they were
 * @param moves members that are elsewhere, in order of where they are now
 */
record RebuiltLayout(StructLayout layout, Map<String, String> renames, List<String> changed, List<Move> moves) {

    RebuiltLayout {
        renames = Map.copyOf(renames);
        changed = List.copyOf(changed);
        moves = List.copyOf(moves);
    }

    /** {@return the new path of a field, an element or what is inside} */
    String pathOf(String old) {
        String whole = renames.get(old);
        if (whole != null) {
            return whole;
        }
        for (int i = old.length() - 1; i > 0; i--) {
            char c = old.charAt(i);
            if ((c == '.' || c == '[') && renames.containsKey(old.substring(0, i))) {
                return renames.get(old.substring(0, i)) + old.substring(i);
            }
        }
        return old;
    }

    /** {@return the same accesses to the same fields, by the paths they have now} */
    StructProfile profile(StructProfile today) {
        List<Operation> operations = today.operations().stream()
                .map(operation -> new Operation(
                        operation.name(),
                        operation.role(),
                        operation.ratePerSecond(),
                        operation.accesses().stream().map(this::access).toList()))
                .toList();
        return new StructProfile(
                today.struct(), today.title(), today.roles(), operations, today.phases(), today.source());
    }

    private Access access(Access access) {
        return new Access(
                pathOf(access.field()), access.kind(), access.gapNanos(), access.ownElement(), access.place());
    }
}

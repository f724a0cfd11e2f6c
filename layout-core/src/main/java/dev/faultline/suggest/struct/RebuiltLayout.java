package dev.faultline.suggest.struct;

import dev.faultline.access.Operation;
import dev.faultline.access.StructProfile;
import dev.faultline.layout.StructLayout;
import dev.faultline.suggest.Move;
import java.util.List;
import java.util.Map;

/**
 * A layout built from units.
 *
 * @param layout the layout
 * @param renames new paths by old path, of members that moved into an opened struct
 * @param changed paths of the opened structs whose declaration changes
 * @param moves members whose offset or path changed, in order of their new offset
 */
record RebuiltLayout(StructLayout layout, Map<String, String> renames, List<String> changed, List<Move> moves) {

    RebuiltLayout {
        renames = Map.copyOf(renames);
        changed = List.copyOf(changed);
        moves = List.copyOf(moves);
    }

    /** {@return the new path of a field, an array element or a nested field} */
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

    /** {@return the profile with the new paths of its fields} */
    StructProfile profile(StructProfile today) {
        List<Operation> operations = today.operations().stream()
                .map(operation -> new Operation(
                        operation.name(),
                        operation.role(),
                        operation.ratePerSecond(),
                        operation.accesses().stream()
                                .map(access -> access.renamed(this::pathOf))
                                .toList()))
                .toList();
        return new StructProfile(
                today.struct(),
                today.title(),
                today.roles(),
                operations,
                today.phases(),
                today.source(),
                today.observation());
    }
}

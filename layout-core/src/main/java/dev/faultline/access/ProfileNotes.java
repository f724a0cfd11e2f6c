package dev.faultline.access;

import dev.faultline.api.Internal;
import java.util.List;
import java.util.Map;

/**
 * Comments in a profile that is written for people to edit.
 *
 * @param head lines above everything
 * @param roles for each struct and role, lines above the role
 * @param fields for each struct and path, what stands behind the first access to it
 * @param structs for each struct, lines below its operations
 */
@Internal
public record ProfileNotes(
        List<String> head,
        Map<String, Map<String, List<String>>> roles,
        Map<String, Map<String, String>> fields,
        Map<String, List<String>> structs) {

    /** No comments. */
    public static final ProfileNotes NONE = new ProfileNotes(List.of(), Map.of(), Map.of(), Map.of());

    public ProfileNotes {
        head = List.copyOf(head);
        roles = Map.copyOf(roles);
        fields = Map.copyOf(fields);
        structs = Map.copyOf(structs);
    }

    /** {@return the lines above a role of a struct} */
    List<String> ofRole(String struct, String role) {
        return roles.getOrDefault(struct, Map.of()).getOrDefault(role, List.of());
    }

    /** {@return what stands behind the first access to each path of a struct} */
    Map<String, String> ofFields(String struct) {
        return fields.getOrDefault(struct, Map.of());
    }

    /** {@return the lines below the operations of a struct} */
    List<String> ofStruct(String struct) {
        return structs.getOrDefault(struct, List.of());
    }
}

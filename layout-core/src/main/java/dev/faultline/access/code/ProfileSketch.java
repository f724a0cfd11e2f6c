package dev.faultline.access.code;

import dev.faultline.access.Access;
import dev.faultline.access.AccessKind;
import dev.faultline.access.AccessMap;
import dev.faultline.access.Certainty;
import dev.faultline.access.FieldUse;
import dev.faultline.access.Inference;
import dev.faultline.access.Operation;
import dev.faultline.access.Role;
import dev.faultline.access.StructProfile;
import dev.faultline.api.Internal;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.SyncType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A profile of one struct to begin with: what its code shows, or what the types of its fields suggest. It has no rates,
 * since neither tells any.
 *
 * @param profile the profile
 * @param roleNotes for each role, what it rests on
 * @param notes what the profile leaves out
 */
@Internal
public record ProfileSketch(StructProfile profile, Map<String, List<String>> roleNotes, List<String> notes) {

    /** The most reasons that are given for one role. */
    private static final int MOST_REASONS = 8;

    public ProfileSketch {
        roleNotes = Map.copyOf(roleNotes);
        notes = List.copyOf(notes);
    }

    /**
     * Sketches a profile.
     *
     * @param layout the layout
     * @param code what its code does, when there is code
     * @return a profile; without operations when nothing tells who uses the fields
     */
    public static ProfileSketch of(StructLayout layout, Optional<CodeAccess> code) {
        AccessMap access =
                code.flatMap(known -> CodeInference.infer(layout, known)).orElseGet(() -> Inference.infer(layout));
        List<Role> roles = access.uses().stream().map(FieldUse::role).distinct().toList();
        boolean byCode = access.certainty() == Certainty.FROM_CODE;
        StructProfile profile = new StructProfile(
                layout.name(),
                layout.name() + (byCode ? ", from its code" : ", from the types of its fields"),
                roles,
                operations(access),
                List.of(),
                access.source());
        return new ProfileSketch(
                profile,
                byCode ? reasons(code.orElseThrow()) : guesses(access),
                byCode ? leftOut(code.orElseThrow()) : List.of());
    }

    private static List<Operation> operations(AccessMap access) {
        Map<List<String>, List<Access>> accesses = new LinkedHashMap<>();
        for (FieldUse use : access.uses()) {
            List<Access> known =
                    accesses.computeIfAbsent(List.of(use.operation(), use.role().name()), any -> new ArrayList<>());
            paths(use).forEach(path -> known.add(Access.of(path, use.kind(), 0)));
        }
        List<Operation> operations = new ArrayList<>();
        accesses.forEach((key, all) -> operations.add(new Operation(key.get(0), key.get(1), Double.NaN, all)));
        return operations;
    }

    /** {@return what a use touches; of an array with an element for each CPU, that element, or its counters and locks} */
    private static List<String> paths(FieldUse use) {
        String path = use.field().path();
        if (!use.elements().isOwn()) {
            return List.of(path);
        }
        String own = path.contains("[*]") ? path.replace("[*]", "[own]") : path + "[own]";
        List<String> parts = new ArrayList<>();
        if (use.field().type() instanceof FieldType.Array array
                && array.element() instanceof FieldType.Aggregate element
                && SyncType.of(element).isEmpty()) {
            for (Slot.Field part : element.layout().fields()) {
                if (SyncType.of(part.type()).isPresent()) {
                    parts.add(own + "." + part.path());
                }
            }
        }
        return parts.isEmpty() ? List.of(own) : parts;
    }

    private static Map<String, List<String>> reasons(CodeAccess code) {
        Map<String, List<String>> reasons = new LinkedHashMap<>();
        for (CodeOperation operation : code.operations()) {
            if (CodeInference.isUse(operation)) {
                List<String> known = reasons.computeIfAbsent(operation.role().name(), any -> new ArrayList<>());
                if (known.size() < MOST_REASONS) {
                    known.add(operation.name() + ": " + operation.roleReason());
                }
            }
        }
        return reasons;
    }

    private static Map<String, List<String>> guesses(AccessMap access) {
        Map<String, Set<String>> guesses = new LinkedHashMap<>();
        for (FieldUse use : access.uses()) {
            if (use.kind() != AccessKind.READ) {
                guesses.computeIfAbsent(use.role().name(), any -> new LinkedHashSet<>())
                        .add("a guess: " + use.field().path() + " is written (" + use.basis() + ")");
            }
        }
        return guesses.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().stream().limit(MOST_REASONS).toList()));
    }

    /** Operations of which the threads are unknown, in a form that becomes a part of the profile without its marks. */
    private static List<String> leftOut(CodeAccess code) {
        List<String> lines = new ArrayList<>();
        for (CodeOperation operation : code.operations()) {
            if (!CodeInference.isUse(operation)) {
                lines.add("  - name: " + operation.name());
                lines.add("    role: ?");
                lines.add("    accesses: [" + fields(operation) + "]");
            }
        }
        if (!lines.isEmpty()) {
            lines.add(0, "The code does not show which threads run these often, if any; move here what yours do:");
        }
        code.unseen().forEach(note -> lines.add("Not looked at: " + note + "."));
        return lines;
    }

    private static String fields(CodeOperation operation) {
        Set<String> fields = new LinkedHashSet<>();
        for (CodeOperation.Reached reached : operation.effects()) {
            if (reached.effect().isOnField()) {
                fields.add("{ field: " + reached.path() + ", kind: "
                        + reached.effect().kind().word() + " }");
            }
        }
        return String.join(", ", fields);
    }
}

package dev.faultline.access.code;

import dev.faultline.access.Access;
import dev.faultline.access.AccessKind;
import dev.faultline.access.AccessMap;
import dev.faultline.access.Certainty;
import dev.faultline.access.Cpus;
import dev.faultline.access.FieldUse;
import dev.faultline.access.Inference;
import dev.faultline.access.Operation;
import dev.faultline.access.ProfileReader;
import dev.faultline.access.Role;
import dev.faultline.access.StructProfile;
import dev.faultline.api.Internal;
import dev.faultline.input.YamlText;
import dev.faultline.layout.AggregateKind;
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
 * since neither tells any. Every field is in it or in its notes.
 *
 * @param profile the profile; {@link ProfileReader} reads it and the struct has all its fields
 * @param roleNotes for each role, what it rests on
 * @param fieldNotes for each path of the profile, what is there
 * @param notes what the profile leaves out
 */
@Internal
public record ProfileSketch(
        StructProfile profile,
        Map<String, List<String>> roleNotes,
        Map<String, String> fieldNotes,
        List<String> notes) {

    /** The most reasons that are given for one role. */
    private static final int MOST_REASONS = 8;

    private static final Role ANY = new Role("any CPU", new Cpus.All());

    public ProfileSketch {
        roleNotes = Map.copyOf(roleNotes);
        fieldNotes = Map.copyOf(fieldNotes);
        notes = List.copyOf(notes);
    }

    /**
     * Sketches a profile.
     *
     * @param layout the layout
     * @param code what its code does, when there is code
     * @return a profile; when nothing tells who uses the fields, one in which a role reads them all
     */
    public static ProfileSketch of(StructLayout layout, Optional<CodeAccess> code) {
        AccessMap access =
                code.flatMap(known -> CodeInference.infer(layout, known)).orElseGet(() -> Inference.infer(layout));
        boolean byCode = access.certainty() == Certainty.FROM_CODE;
        boolean isBlank = access.uses().isEmpty();
        SketchedFields fields = SketchedFields.of(layout);
        List<Operation> operations = bounded(isBlank ? reading(fields) : operations(access, layout));
        List<Role> roles = isBlank
                ? List.of(ANY)
                : access.uses().stream()
                        .map(FieldUse::role)
                        .distinct()
                        .filter(role ->
                                operations.stream().anyMatch(one -> one.role().equals(role.name())))
                        .toList();
        StructProfile profile = new StructProfile(
                layout.name(),
                layout.name() + (byCode ? ", from its code" : ", from the types of its fields"),
                roles,
                operations,
                List.of(),
                access.source());
        List<String> notes = new ArrayList<>(fields.besides(operations));
        notes.addAll(code.map(ProfileSketch::leftOut).orElse(List.of()));
        return new ProfileSketch(
                profile,
                isBlank ? unknown() : byCode ? reasons(code.orElseThrow()) : guesses(access),
                fields.notes(),
                notes);
    }

    /**
     * {@return what stands in comments beside a profile that a person wrote: the fields, and those it does not use}
     *
     * @param layout the layout
     * @param profile a profile for it
     */
    public static ProfileSketch beside(StructLayout layout, StructProfile profile) {
        SketchedFields fields = SketchedFields.of(layout);
        return new ProfileSketch(profile, Map.of(), fields.notes(), fields.besides(profile.operations()));
    }

    private static List<Operation> reading(SketchedFields fields) {
        List<Access> reads = fields.paths().stream()
                .map(path -> Access.of(path, AccessKind.READ, 0))
                .toList();
        return List.of(new Operation("use", ANY.name(), Double.NaN, reads));
    }

    private static Map<String, List<String>> unknown() {
        return Map.of(
                ANY.name(),
                List.of(
                        "Nothing tells who uses these fields. All are listed as read: make roles and operations of",
                        "your own, say what is written, and leave out what is rare."));
    }

    /** {@return as much of the operations as a profile may have} */
    private static List<Operation> bounded(List<Operation> operations) {
        List<Operation> some = new ArrayList<>();
        Set<String> roles = new LinkedHashSet<>();
        int left = ProfileReader.MOST_ACCESSES;
        for (Operation operation : operations) {
            boolean fits = roles.contains(operation.role()) || roles.size() < ProfileReader.MOST_ROLES;
            if (left > 0 && fits) {
                List<Access> accesses = operation
                        .accesses()
                        .subList(0, Math.min(left, operation.accesses().size()));
                some.add(new Operation(operation.name(), operation.role(), operation.ratePerSecond(), accesses));
                roles.add(operation.role());
                left -= accesses.size();
            }
        }
        return some;
    }

    private static List<Operation> operations(AccessMap access, StructLayout layout) {
        Map<List<String>, List<Access>> accesses = new LinkedHashMap<>();
        for (FieldUse use : access.uses()) {
            List<Access> known =
                    accesses.computeIfAbsent(List.of(use.operation(), use.role().name()), any -> new ArrayList<>());
            paths(use).forEach(path -> known.add(Access.of(path, kind(use, layout), 0)));
        }
        List<Operation> operations = new ArrayList<>();
        accesses.forEach((key, all) -> operations.add(new Operation(key.get(0), key.get(1), Double.NaN, all)));
        return operations;
    }

    /** {@return what a use does; a store to a volatile field of a class is taken to be a volatile one} */
    private static AccessKind kind(FieldUse use, StructLayout layout) {
        boolean isVolatile = layout.kind() == AggregateKind.CLASS
                && use.field().type().spelling().startsWith("volatile ");
        boolean isGuess = use.certainty() != Certainty.FROM_CODE;
        return use.kind() == AccessKind.WRITE && isVolatile && isGuess ? AccessKind.VOLATILE_WRITE : use.kind();
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
                lines.add("  - name: " + YamlText.word(operation.name()));
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
                fields.add("{ field: " + YamlText.word(reached.path()) + ", kind: "
                        + CodeInference.kind(reached.effect()).word() + " }");
            }
        }
        return String.join(", ", fields);
    }
}

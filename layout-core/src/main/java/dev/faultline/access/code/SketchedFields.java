package dev.faultline.access.code;

import dev.faultline.access.Access;
import dev.faultline.access.Operation;
import dev.faultline.input.YamlText;
import dev.faultline.layout.BitField;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of a layout as a profile names them, in order of offset, without padding and what a VM adds.
 *
 * @param notes for each path, its type, offset and size
 */
record SketchedFields(Map<String, String> notes) {

    /** The most parts of an element that are named. */
    private static final int MOST_PARTS = 16;

    static SketchedFields of(StructLayout layout) {
        Map<String, String> notes = new LinkedHashMap<>();
        for (Slot.Field field : layout.fields()) {
            if (!field.path().startsWith("(") && !field.isPadding()) {
                Optional<FieldRef> found = layout.resolve(field.path());
                found.ifPresent(ref -> notes.putIfAbsent(field.path(), note(field, ref)));
            }
        }
        return new SketchedFields(notes);
    }

    private static String note(Slot.Field field, FieldRef ref) {
        long bytes = ref.bytes().byteSize();
        String size = ref.bits()
                .map(BitField::bitSize)
                .map(bits -> bits + (bits == 1 ? " bit" : " bits"))
                .orElse(bytes + (bytes == 1 ? " byte" : " bytes"));
        return field.type().spelling() + ", " + size + " at " + ref.bytes().start() + elements(field);
    }

    /** {@return how a profile names elements of an array; empty for other fields} */
    private static String elements(Slot.Field field) {
        if (!(field.type() instanceof FieldType.Array array) || array.count() < 2) {
            return "";
        }
        String any = "; one of them: " + field.path() + "[any]";
        if (!(array.element() instanceof FieldType.Aggregate element)) {
            return any + ", [own] or [0]";
        }
        List<String> parts = element.layout().fields().stream()
                .filter(part -> !part.isPadding())
                .map(Slot.Field::path)
                .limit(MOST_PARTS)
                .toList();
        return any + (parts.isEmpty() ? "" : "." + String.join(", .", parts));
    }

    List<String> paths() {
        return List.copyOf(notes.keySet());
    }

    /** {@return the fields that operations do not name, as accesses to be moved into operations} */
    List<String> besides(List<Operation> operations) {
        Set<String> used = new HashSet<>();
        for (Operation operation : operations) {
            for (Access access : operation.accesses()) {
                used.add(access.field().replaceFirst("\\[[^\\]]*\\].*", ""));
                used.add(access.field());
            }
        }
        List<String> lines = new ArrayList<>();
        notes.forEach((path, note) -> {
            if (!used.contains(path)) {
                lines.add("  - { field: " + YamlText.word(path) + ", kind: read } # " + note);
            }
        });
        if (!lines.isEmpty()) {
            lines.add(0, "No operation above uses these fields; move here what yours do:");
        }
        return lines;
    }
}

package dev.faultline.hazard.rules.jvm;

import dev.faultline.access.object.ObjectDeclaration;
import dev.faultline.access.object.ObjectMember;
import dev.faultline.access.object.VmSizes;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Fields that the source declares between padding: one run of fields that are no padding.
 *
 * @param words the fields, in the order of the declaration
 * @param before the padding declared before them; without fields when there is none
 * @param behind the padding declared behind them; without fields when there is none
 */
record GuardedWords(List<ObjectMember> words, Pad before, Pad behind) {

    /** Padding of fewer bytes separates nothing on purpose. */
    static final int LEAST_BYTES = 16;

    /**
     * Padding fields that the source declares one after the other.
     *
     * @param paths their paths
     * @param bytes their size
     * @param words their number and type, {@code "7 longs"}
     */
    record Pad(List<String> paths, long bytes, String words) {
        static final Pad NONE = new Pad(List.of(), 0, "nothing");

        Pad {
            Objects.requireNonNull(words);
            paths = List.copyOf(paths);
        }

        boolean exists() {
            return !paths.isEmpty();
        }
    }

    GuardedWords {
        words = List.copyOf(words);
        Objects.requireNonNull(before);
        Objects.requireNonNull(behind);
    }

    /** {@return whether padding is declared on both sides} */
    boolean isEnclosed() {
        return before.exists() && behind.exists();
    }

    boolean has(String path) {
        return words.stream().anyMatch(word -> word.path().equals(path));
    }

    /** {@return the runs of a class that have padding on some side, in the order of the declaration} */
    static List<GuardedWords> of(ObjectDeclaration declaration, StructLayout layout) {
        Map<String, Slot.Field> slots = new HashMap<>();
        layout.fields().forEach(field -> slots.put(field.path(), field));
        List<GuardedWords> found = new ArrayList<>();
        List<Slot.Field> pad = new ArrayList<>();
        List<ObjectMember> words = new ArrayList<>();
        Pad before = Pad.NONE;
        for (ObjectMember member : declaration.members().toList()) {
            Slot.Field slot = slots.get(member.path());
            if (slot != null && slot.isPadding()) {
                pad.add(slot);
                continue;
            }
            Pad between = pad(pad);
            pad.clear();
            if (between.exists()) {
                add(found, words, before, between);
                before = between;
                words.clear();
            }
            words.add(member);
        }
        add(found, words, before, pad(pad));
        return found;
    }

    private static void add(List<GuardedWords> found, List<ObjectMember> words, Pad before, Pad behind) {
        if (!words.isEmpty() && (before.exists() || behind.exists())) {
            found.add(new GuardedWords(words, before, behind));
        }
    }

    private static Pad pad(List<Slot.Field> fields) {
        long bytes = fields.stream().mapToLong(Slot.Field::byteSize).sum();
        if (bytes < LEAST_BYTES) {
            return Pad.NONE;
        }
        List<String> types = fields.stream().map(GuardedWords::type).distinct().toList();
        String words = types.size() == 1 ? fields.size() + " " + types.get(0) + "s" : bytes + " bytes of padding";
        return new Pad(fields.stream().map(Slot.Field::path).collect(Collectors.toList()), bytes, words);
    }

    private static String type(Slot.Field field) {
        return field.type().spelling().replace("volatile ", "");
    }

    /** {@return whether all fields are final references to atomics, of which only what they refer to is written} */
    boolean areAtomics(VmSizes vm) {
        return words.stream()
                .allMatch(
                        word -> word.isFinal() && AtomicCell.of(word.type(), vm).isPresent());
    }
}

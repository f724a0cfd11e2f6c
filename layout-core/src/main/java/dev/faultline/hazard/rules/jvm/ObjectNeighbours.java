package dev.faultline.hazard.rules.jvm;

import dev.faultline.access.object.ObjectDeclaration;
import dev.faultline.access.object.VmSizes;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Placement;
import dev.faultline.machine.PlacementCount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a field of an object can share a line with: the header, other fields, and the objects beside it on the heap. */
final class ObjectNeighbours {

    private static final int WORD_BYTES = 8;

    /** What meets in one placement of so many is as good as apart: 56 bytes of padding of which 4 fill a gap. */
    private static final int SELDOM = 8;

    private final Map<String, Slot.Field> slots = new HashMap<>();
    private final Map<String, Integer> declared = new HashMap<>();
    private final long objectBytes;
    private final VmSizes vm;
    private final Placement placement;
    private final int lineBytes;

    /**
     * Something that a field meets.
     *
     * @param path path of another field; empty for what is no field
     * @param words the thing, {@code "the header"}
     * @param placements in how many placements they share a line
     */
    record Met(String path, String words, PlacementCount placements) {
        boolean isField() {
            return !path.isEmpty();
        }
    }

    ObjectNeighbours(
            ObjectDeclaration declaration, VmSizes vm, StructLayout layout, Placement placement, int lineBytes) {
        layout.fields().forEach(field -> slots.put(field.path(), field));
        declaration.members().forEach(member -> declared.put(member.path(), declared.size()));
        this.objectBytes = layout.byteSize();
        this.vm = vm;
        this.placement = placement;
        this.lineBytes = lineBytes;
    }

    Optional<Slot.Field> slot(String path) {
        return Optional.ofNullable(slots.get(path));
    }

    /** {@return how many bytes of some padding are before a field, or behind it} */
    long bytesOf(GuardedWords.Pad pad, Slot.Field field, boolean before) {
        return pad.paths().stream()
                .map(slots::get)
                .filter(padding -> padding != null && padding.byteOffset() < field.byteOffset() == before)
                .mapToLong(Slot.Field::byteSize)
                .sum();
    }

    /** {@return what stands on the line of a field although padding is declared between the two} */
    List<Met> beyond(GuardedWords words, String path, boolean before) {
        List<Met> met = new ArrayList<>();
        ByteRange own = slots.get(path).bytes();
        int first = declared.get(words.words().get(0).path());
        if (before) {
            PlacementCount previous = withPrevious(own);
            if (!previous.never()) { // the header alone is written seldom
                add(met, "", "the header", placement.meeting(own, ByteRange.ofSize(0, vm.headerBytes()), lineBytes));
                add(met, "", "the object before it in memory", previous);
            }
        }
        for (Slot.Field other : slots.values()) {
            Integer order = declared.get(other.path());
            if (order != null && !other.isPadding() && !words.has(other.path()) && order < first == before) {
                add(met, other.path(), other.path(), placement.meeting(own, other.bytes(), lineBytes));
            }
        }
        if (!before) {
            ByteRange next = ByteRange.ofSize(objectBytes, WORD_BYTES);
            add(met, "", "the object behind it in memory", placement.meeting(own, next, lineBytes));
        }
        return met;
    }

    private PlacementCount withPrevious(ByteRange own) {
        return placement.count(
                lineBytes,
                residue -> Placement.blockOf(-1, residue, lineBytes)
                        == Placement.blockOf(own.start(), residue, lineBytes));
    }

    private static void add(List<Met> met, String path, String words, PlacementCount placements) {
        if (placements.sharing() * SELDOM > placements.of()) {
            met.add(new Met(path, words, placements));
        }
    }
}

package dev.faultline.source.jvm;

import dev.faultline.layout.ByteRange;
import dev.faultline.source.jvm.classfile.ClassNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The places of static fields. HotSpot keeps them behind the fields of the object of type {@code java.lang.Class} that
 * stands for their class: first the references, then the primitives by falling size, of equal size in the order of
 * declaration. No gap is filled. The rules were found by observation and are tested against the VM.
 */
final class ClassMirror {

    /**
     * The bytes of an object of type {@code java.lang.Class} behind its header.
     *
     * @param withCompressedOops with references of 4 bytes
     * @param withoutCompressedOops with references of 8 bytes
     */
    private record OwnBytes(int withCompressedOops, int withoutCompressedOops) {}

    /** Of 17.0.15; those of other versions before 25 are assumed to be the same. */
    private static final OwnBytes BEFORE_25 = new OwnBytes(96, 164);

    /** Of 25.0.3; those of later versions are assumed to be the same. */
    private static final OwnBytes FROM_25 = new OwnBytes(104, 176);

    private ClassMirror() {}

    /**
     * {@return the bytes of static fields in the object of their class}
     *
     * @param descriptors types of the fields, in the order of the declaration
     * @param mode the VM
     */
    static List<ByteRange> places(List<String> descriptors, VmMode mode) {
        Comparator<Integer> referencesFirst =
                Comparator.comparing((Integer field) -> !ClassNames.isReference(descriptors.get(field)));
        List<Integer> order = IntStream.range(0, descriptors.size())
                .boxed()
                .sorted(referencesFirst.thenComparing(field -> -bytes(descriptors.get(field), mode)))
                .toList();
        Map<Integer, ByteRange> places = new HashMap<>();
        long end = startBytes(mode);
        for (int field : order) {
            int bytes = bytes(descriptors.get(field), mode);
            ByteRange place = ByteRange.ofSize(ByteRange.roundUp(end, bytes), bytes);
            places.put(field, place);
            end = place.end();
        }
        List<ByteRange> inOrder = new ArrayList<>();
        for (int i = 0; i < descriptors.size(); i++) {
            inOrder.add(places.get(i));
        }
        return inOrder;
    }

    private static long startBytes(VmMode mode) {
        OwnBytes own = mode.feature() < 25 ? BEFORE_25 : FROM_25;
        int bytes = mode.referenceBytes() == 4 ? own.withCompressedOops() : own.withoutCompressedOops();
        return ByteRange.roundUp((long) mode.headerBytes() + bytes, mode.objectByteAlignment());
    }

    private static int bytes(String descriptor, VmMode mode) {
        return ClassNames.isReference(descriptor) ? mode.referenceBytes() : ClassNames.primitiveBytes(descriptor);
    }
}

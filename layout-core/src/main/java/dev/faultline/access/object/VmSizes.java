package dev.faultline.access.object;

import dev.faultline.api.Internal;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Sizes of a VM, in bytes, and what it does with annotations.
 *
 * @param mode name of the VM mode, {@code "25-coh"}
 * @param feature the JDK's feature version
 * @param headerBytes size of the header of an object
 * @param referenceBytes size of a reference
 * @param objectAlignment alignment of objects and their sizes
 * @param contendedBytes padding on each side of a field that an annotation keeps apart
 */
@Internal
public record VmSizes(
        String mode, int feature, int headerBytes, int referenceBytes, int objectAlignment, int contendedBytes) {

    private static final int LENGTH_BYTES = 4;

    private static final Map<String, Integer> ELEMENT_BYTES = Map.ofEntries(
            Map.entry("boolean[]", 1),
            Map.entry("byte[]", 1),
            Map.entry("char[]", 2),
            Map.entry("short[]", 2),
            Map.entry("int[]", 4),
            Map.entry("float[]", 4),
            Map.entry("long[]", 8),
            Map.entry("double[]", 8),
            Map.entry("AtomicIntegerArray", 4),
            Map.entry("AtomicLongArray", 8));

    public VmSizes {
        Objects.requireNonNull(mode);
    }

    /** {@return the offset of the only field of an object, of that size} */
    public int onlyFieldOffset(int fieldBytes) {
        return up(headerBytes, fieldBytes);
    }

    /** {@return the size of an object with one field of that size} */
    public int objectBytes(int fieldBytes) {
        return up(onlyFieldOffset(fieldBytes) + fieldBytes, objectAlignment);
    }

    /** {@return the offset of element 0 of an array; the length word is right before it, or before a gap of 4 bytes} */
    public int arrayHeaderBytes(int elementBytes) {
        // Since JDK 23 elements follow the length word without a gap where their size allows (JDK-8139457).
        return up(headerBytes + LENGTH_BYTES, feature >= 23 ? elementBytes : 8);
    }

    /** {@return the size of an element of an array type or of the array in an atomic one; empty for other types} */
    public Optional<Integer> elementBytes(String type) {
        boolean references = type.equals("AtomicReferenceArray") || type.endsWith("[]");
        return Optional.ofNullable(ELEMENT_BYTES.get(type))
                .or(() -> references ? Optional.of(referenceBytes) : Optional.empty());
    }

    private static int up(int value, int multiple) {
        return (value + multiple - 1) / multiple * multiple;
    }
}

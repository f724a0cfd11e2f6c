package dev.faultline.access.object;

import dev.faultline.api.Internal;
import java.util.Objects;

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

    private static int up(int value, int multiple) {
        return (value + multiple - 1) / multiple * multiple;
    }
}

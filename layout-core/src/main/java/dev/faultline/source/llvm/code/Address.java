package dev.faultline.source.llvm.code;

import dev.faultline.source.llvm.debug.DebugType;
import dev.faultline.source.llvm.text.IrValue;

/**
 * An address as a function computes it.
 *
 * @param root what it is computed from
 * @param rootOffset bytes from there, as far as they are constant
 * @param isFixed whether nothing but constants was added to the root
 * @param view the type of what is at the address less {@code viewOffset}
 * @param viewOffset bytes from the start of that
 * @param index the number that chose an element of an array on the way; null when there is none
 * @param byteStride the distance of the elements in bytes
 */
record Address(
        AddressRoot root,
        long rootOffset,
        boolean isFixed,
        DebugType view,
        long viewOffset,
        IrValue index,
        long byteStride) {

    static Address of(AddressRoot root, DebugType view) {
        return new Address(root, 0, true, view, 0, null, 0);
    }

    Address viewedAs(DebugType other) {
        return new Address(root, rootOffset, isFixed, other, 0, index, byteStride);
    }

    /** {@return the same, possibly with more added to the root than is known} */
    Address unfixed() {
        return new Address(root, rootOffset, false, view, viewOffset, index, byteStride);
    }

    /** {@return an element of an array here; of arrays of arrays, the outermost index counts} */
    Address chosenBy(IrValue number, long bytes) {
        return index != null ? this : new Address(root, rootOffset, isFixed, view, viewOffset, number, bytes);
    }

    Address plus(long bytes, boolean stillFixed, DebugType seenAs) {
        return new Address(
                root, rootOffset + bytes, isFixed && stillFixed, seenAs, viewOffset + bytes, index, byteStride);
    }
}

package dev.faultline.source.llvm.code;

import dev.faultline.source.llvm.debug.DebugType;

/**
 * An address as a function computes it.
 *
 * @param root what it is computed from
 * @param rootOffset bytes from there, as far as they are constant
 * @param isFixed whether nothing but constants was added to the root
 * @param view the type of what is at the address less {@code viewOffset}
 * @param viewOffset bytes from the start of that
 */
record Address(AddressRoot root, long rootOffset, boolean isFixed, DebugType view, long viewOffset) {

    static Address of(AddressRoot root, DebugType view) {
        return new Address(root, 0, true, view, 0);
    }

    Address viewedAs(DebugType other) {
        return new Address(root, rootOffset, isFixed, other, 0);
    }

    Address rootedAt(AddressRoot other) {
        return new Address(other, rootOffset, isFixed, view, viewOffset);
    }

    Address plus(long bytes, boolean stillFixed, DebugType seenAs) {
        return new Address(root, rootOffset + bytes, isFixed && stillFixed, seenAs, viewOffset + bytes);
    }
}

package dev.faultline.source.llvm.code;

import dev.faultline.access.AccessKind;
import dev.faultline.access.code.CodePlace;
import dev.faultline.access.code.MemoryOrder;
import dev.faultline.access.code.StoredValue;
import dev.faultline.source.llvm.debug.StructPlace;
import java.util.List;

/**
 * An access of a function to memory.
 *
 * @param places the named structs whose bytes it touches, the outermost first; none when it is not known
 * @param root what its address is computed from
 * @param rootOffset bytes from there; -1 when they are not constant
 * @param index how it chooses an element of an array
 * @param byteSize how many bytes it touches
 * @param firstBit of a bit-field, the first bit of those that are meant, from the first byte
 * @param bitCount of a bit-field, how many bits are meant; 0 when all are
 * @param kind what is done
 * @param order how it is ordered
 * @param inLoop whether it is inside a loop
 * @param polled whether it is a read that a loop repeats until the value changes
 * @param locked whether it is between taking and releasing a lock
 * @param isConditional whether it stores only where an expected value is found
 * @param stored what a write stores
 * @param place where
 * @param inLibrary whether that is in a library, or in a function around one instruction
 */
record StructTouch(
        List<StructPlace> places,
        AddressRoot root,
        long rootOffset,
        ElementIndex index,
        long byteSize,
        int firstBit,
        int bitCount,
        AccessKind kind,
        MemoryOrder order,
        boolean inLoop,
        boolean polled,
        boolean locked,
        boolean isConditional,
        StoredValue stored,
        CodePlace place,
        boolean inLibrary) {

    StructTouch {
        places = List.copyOf(places);
    }

    /** {@return the same in a loop} */
    StructTouch looped() {
        return new StructTouch(
                places,
                root,
                rootOffset,
                index,
                byteSize,
                firstBit,
                bitCount,
                isConditional ? AccessKind.CAS_LOOP : kind,
                order,
                true,
                polled,
                locked,
                isConditional,
                stored,
                place,
                inLibrary);
    }
}

package dev.faultline.source.llvm.code;

import dev.faultline.access.code.CodePlace;
import dev.faultline.source.llvm.debug.StructPlace;
import java.util.List;

/**
 * A call of a function.
 *
 * @param callee the name for the linker; empty of a call through a pointer
 * @param through of a call through a pointer, where that was loaded from; else null
 * @param arguments what is known of its arguments
 * @param inLoop whether it is inside a loop
 * @param locked whether it is between taking and releasing a lock
 * @param touches how many accesses of the calling function stand before it
 * @param place where
 * @param inLibrary whether that is in a library, or in a function around one instruction
 */
record FunctionCall(
        String callee,
        CodePointer through,
        List<Argument> arguments,
        boolean inLoop,
        boolean locked,
        int touches,
        CodePlace place,
        boolean inLibrary) {

    FunctionCall {
        arguments = List.copyOf(arguments);
    }

    /**
     * An argument.
     *
     * @param root what it is computed from, when it is an address
     * @param rootOffset bytes from there; -1 when they are not constant
     * @param places the named structs that it points into, the outermost first
     * @param origin what it depends on, when it may tell threads apart
     * @param function the function whose address it is; empty when it is none
     */
    record Argument(AddressRoot root, long rootOffset, List<StructPlace> places, ElementIndex origin, String function) {

        Argument {
            places = List.copyOf(places);
        }
    }
}

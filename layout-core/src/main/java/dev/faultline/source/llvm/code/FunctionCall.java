package dev.faultline.source.llvm.code;

import dev.faultline.access.code.CodePlace;
import dev.faultline.source.llvm.debug.StructPlace;
import java.util.List;

/**
 * A call of a function by its name.
 *
 * @param callee the name for the linker
 * @param arguments what is known of its arguments
 * @param inLoop whether it is inside a loop
 * @param locked whether it is between taking and releasing a lock
 * @param place where
 * @param inLibrary whether that is in a library, or in a function around one instruction
 */
record FunctionCall(
        String callee, List<Argument> arguments, boolean inLoop, boolean locked, CodePlace place, boolean inLibrary) {

    FunctionCall {
        arguments = List.copyOf(arguments);
    }

    /**
     * An argument.
     *
     * @param root what it is computed from, when it is an address
     * @param rootOffset bytes from there; -1 when they are not constant
     * @param places the named structs that it points into, the outermost first
     */
    record Argument(AddressRoot root, long rootOffset, List<StructPlace> places) {

        static final Argument NONE = new Argument(AddressRoot.UNKNOWN, -1, List.of());

        Argument {
            places = List.copyOf(places);
        }
    }
}
